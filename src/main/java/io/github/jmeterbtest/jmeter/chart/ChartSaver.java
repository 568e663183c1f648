package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import javax.swing.JFileChooser;
import javax.swing.SwingWorker;
import org.apache.jmeter.gui.util.FileDialoger;
import org.apache.jmeter.util.JMeterUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves what a chart shows, beside Swing's thread. */
public final class ChartSaver {
    private static final Logger log = LoggerFactory.getLogger(ChartSaver.class);
    private static final int MIN_WIDTH = 800;
    private static final int MIN_HEIGHT = 500;

    private final ChartPanel panel;

    /** @param panel what is saved */
    public ChartSaver(ChartPanel panel) {
        this.panel = panel;
    }

    void choosePng() {
        choose("throughput.png", this::savePng);
    }

    void chooseCsv() {
        choose("throughput.csv", this::saveCsv);
    }

    @FunctionalInterface
    private interface Saving {
        SwingWorker<Void, Void> to(Path file);
    }

    private static void choose(String name, Saving saving) {
        JFileChooser chosen = FileDialoger.promptToSaveFile(name);
        if (chosen != null && chosen.getSelectedFile() != null) {
            saving.to(chosen.getSelectedFile().toPath()).execute();
        }
    }

    /** {@return a job that writes what is to be seen now as a picture} */
    public SwingWorker<Void, Void> savePng(Path file) {
        ChartScene scene = panel.runs().scene(panel.choice(), ChartPainter.MAX_STEPS);
        ChartColours colours = ChartColours.ofLook();
        int width = Math.max(panel.view().getWidth(), MIN_WIDTH);
        int height = Math.max(panel.view().getHeight(), MIN_HEIGHT);
        return saving(file, () -> ChartFiles.writePng(scene, colours, width, height, file));
    }

    /** {@return a job that writes all that is known of the runs that are shown as CSV} */
    public SwingWorker<Void, Void> saveCsv(Path file) {
        ChartChoice choice = panel.choice();
        return saving(file, () -> ChartFiles.writeCsv(panel.runs(), choice, file));
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static SwingWorker<Void, Void> saving(Path file, Writing writing) {
        return new SwingWorker<>() {
            @Override
            protected Void doInBackground() throws IOException {
                writing.run();
                return null;
            }

            @Override
            protected void done() {
                try {
                    get();
                } catch (ExecutionException e) {
                    log.warn("Cannot write {}", file, e.getCause());
                    JMeterUtils.reportErrorToUser(Messages.text(
                            "throughputChart.notSaved", file, e.getCause().getMessage()));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
