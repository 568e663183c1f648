package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.chart.ChartSaver;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.swing.SwingWorker;
import javax.swing.event.ChangeEvent;
import org.apache.jmeter.util.JMeterUtils;

/** Loads a results file into a throughput chart, as JMeter's window does, and prints its points as CSV. */
public final class ChartOfFile {
    private ChartOfFile() {}

    /** @param arguments JMeter's home, the results file, a file to write */
    public static void main(String[] arguments) throws Exception {
        JMeterUtils.setJMeterHome(arguments[0]);
        JMeterUtils.loadJMeterProperties(arguments[0] + "/bin/jmeter.properties");
        JMeterUtils.initLocale();
        ThroughputChartGui form = new ThroughputChartGui();
        form.setFile(arguments[1]);
        form.stateChanged(new ChangeEvent(form));
        SwingWorker<Void, Void> saving = new ChartSaver(form.chart()).saveCsv(Path.of(arguments[2]));
        saving.execute();
        saving.get();
        Files.readAllLines(Path.of(arguments[2])).forEach(System.out::println);
        System.exit(0);
    }
}
