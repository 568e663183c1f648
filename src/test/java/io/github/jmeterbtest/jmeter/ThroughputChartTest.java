package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.chart.ChartSamples;
import io.github.jmeterbtest.jmeter.chart.ChartSaver;
import java.awt.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JSplitPane;
import javax.swing.SwingUtilities;
import javax.swing.SwingWorker;
import javax.swing.event.ChangeEvent;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The element and its form together. */
class ThroughputChartTest {
    private static final String CSV = """
            timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect
            1700000000000,1000,North: interval,200,"rx 100.0 Mbit/s, tx 0 bit/s, lost 2",1-1,text,true,,12500000,0,2,2,null,0,0,0
            1700000000000,1000,North: interval,200,"rx 100.0 Mbit/s, tx 0 bit/s, lost 0, limited by this machine's CPU",1-2,text,true,,12500000,0,2,2,null,0,0,0
            1699999999990,1011,North,200,"rx 100.0 Mbit/s, tx 0 bit/s, lost 2",1-1,text,true,,0,0,2,2,null,5,0,2
            1699999999990,1011,North,200,"rx 100.0 Mbit/s, tx 0 bit/s, lost 0",1-2,text,true,,0,0,2,2,null,5,0,2
            1700000000000,150,Login page,200,OK,1-1,text,true,,500,100,2,2,null,5,0,2
            1700000003000,1,South,CONNECT_REFUSED,nobody listens,2-1,text,false,,0,0,1,1,null,0,0,0
            """;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    private List<String> csv(ThroughputChartGui form) throws Exception {
        Path file = directory.resolve("saved.csv");
        SwingWorker<Void, Void> saving = new ChartSaver(form.chart()).saveCsv(file);
        saving.execute();
        saving.get();
        return Files.readAllLines(file);
    }

    @Test
    void showsAResultsFileOnceHoweverOftenItIsLoaded() throws Exception {
        Path file = Files.writeString(directory.resolve("results.jtl"), CSV);
        ThroughputChartGui form = new ThroughputChartGui();
        form.setFile(file.toString());
        form.stateChanged(new ChangeEvent(form));
        form.stateChanged(new ChangeEvent(form));
        // whether timeStamp is the begin or the end depends on which test loaded JMeter's classes first
        assertThat(csv(form))
                .map(line -> line.substring(line.indexOf(',') + 1))
                .containsExactly(
                        "test,measured_seconds,rx_mbps,tx_mbps,lost_packets,rtt_ms,run",
                        "North,1.000,200.000000,0.000000,2.000,,results.jtl",
                        "(sum),1.000,200.000000,0.000000,2.000,,results.jtl");
        Path picture = directory.resolve("saved.png");
        SwingWorker<Void, Void> saving = new ChartSaver(form.chart()).savePng(picture);
        saving.execute();
        saving.get();
        assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThanOrEqualTo(800);
    }

    /** What JMeter's window leaves to a form on a screen of 1366x768. */
    @Test
    void aSmallWindowHasRoomForPlotsTableAndButtons() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            ThroughputChartGui form = new ThroughputChartGui();
            assertThat(form.getPreferredSize().height).as("no scrolling").isLessThanOrEqualTo(525);
            form.setSize(780, 525);
            layOut(form);
            JSplitPane both = (JSplitPane) Stream.of(form.chart().getComponents())
                    .filter(JSplitPane.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(both.getTopComponent().getHeight()).as("plots").isGreaterThanOrEqualTo(170);
            assertThat(both.getBottomComponent().getHeight()).as("table").isGreaterThanOrEqualTo(90);
        });
    }

    private static void layOut(Container container) {
        container.doLayout();
        Stream.of(container.getComponents())
                .filter(Container.class::isInstance)
                .forEach(part -> layOut((Container) part));
    }

    @Test
    void theElementOfAFormGivesItItsSamples() throws Exception {
        ThroughputChartGui form = new ThroughputChartGui();
        ThroughputChart element = (ThroughputChart) form.createTestElement();
        element.sampleOccurred(new SampleEvent(ChartSamples.second("North", "1-1", ChartSamples.T0, 5e6), "group"));
        element.sampleOccurred(new SampleEvent(
                ChartSamples.end(
                        "North", "1-1", ChartSamples.T0, ChartSamples.T0 + 1000, "rx 5.0 Mbit/s, tx 0 bit/s, lost 0"),
                "group"));
        assertThat(csv(form)).hasSize(3);
        form.clearData();
        assertThat(csv(form)).hasSize(1);
    }

    @Test
    void withoutAFormTheElementPassesSamplesOver() {
        SampleResult sample = ChartSamples.second("North", "1-1", ChartSamples.T0, 5e6);
        ThroughputChart element = new ThroughputChart();
        element.testStarted();
        element.sampleOccurred(new SampleEvent(sample, "group"));
        element.testEnded();
        assertThat(element.clone()).isExactlyInstanceOf(ThroughputChart.class);
    }

    @Test
    void selectingAnotherElementAndComingBackKeepsTheChart() throws Exception {
        ThroughputChartGui form = new ThroughputChartGui();
        form.add(ChartSamples.second("North", "1-1", ChartSamples.T0, 5e6));
        form.clearGui();
        form.configure(form.createTestElement());
        assertThat(csv(form)).hasSize(3);
    }
}
