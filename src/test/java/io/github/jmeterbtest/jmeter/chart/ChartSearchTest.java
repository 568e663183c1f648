package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.end;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.failure;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.jmeterbtest.jmeter.FormTestJMeter;
import io.github.jmeterbtest.jmeter.sample.SearchSample;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.swing.JComboBox;
import javax.swing.SwingUtilities;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches over the packet size: what is drawn of them, and how. */
class ChartSearchTest {
    private static final ChartChoice OVER_SIZE =
            new ChartChoice(ChartAxis.PACKET_SIZE, Optional.empty(), Optional.empty());
    private static final ChartColours LIGHT =
            new ChartColours(Color.WHITE, Color.BLACK, new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    private static final String TABLE = "1518: NDR 34.67 Mbit/s 2889 pps, PDR 0.5 % 34.69 Mbit/s 2891 pps;"
            + " 64: NDR below 100 kbit/s, PDR 0.5 % 26.7 Mbit/s 72554 pps";

    private static final String APART =
            "1518: NDR 20 Mbit/s 1667 pps, PDR 0.5 % 34.69 Mbit/s 2891 pps; 64: NDR unknown, PDR 0.5 % 26.7 Mbit/s 72554 pps";

    @TempDir
    private Path directory;

    private final ChartRuns runs = new ChartRuns();

    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    private static SampleResult search(String label, String message) {
        return end(label, "1-1", T0, T0 + 60_000, message);
    }

    private ChartScene scene() {
        return runs.scene(OVER_SIZE, ChartPainter.MAX_STEPS);
    }

    @Test
    void eachResultIsALineOverTheSizes() {
        runs.add(search("North", TABLE));
        assertThat(runs.hasSearches()).isTrue();
        assertThat(scene().packetSizes()).containsExactly(64, 1518);
        assertThat(scene().searches()).extracting(SizeCurve::name).containsExactly("NDR · North", "PDR 0.5 % · North");
        assertThat(scene().searches().get(0).rates()).containsOnly(entry(1518, 34.67 * MEGA), entry(64, Double.NaN));
        assertThat(scene().searches().get(1).rates()).containsOnly(entry(1518, 34.69 * MEGA), entry(64, 26.7 * MEGA));
    }

    @Test
    void aFailedSearchAndOneInATransactionAreDrawnToo() {
        SampleResult stopped = failure("North", "1-1", T0, T0 + 60_000, "STOPPED");
        stopped.setResponseMessage("the search was stopped; until then: 512: NDR 5 Mbit/s 1266 pps so far");
        runs.add(stopped);
        SampleResult transaction = end("Both", "1-1", T0, T0 + 60_000, "Number of samples in transaction : 1");
        transaction.addSubResult(search("South", "256: NDR 1.25 Gbit/s 656513 pps"), false);
        runs.add(transaction);
        assertThat(scene().searches()).extracting(SizeCurve::name).containsExactly("NDR · South", "NDR · North");
        assertThat(scene().searches().get(0).rates()).containsOnly(entry(256, 1.25e9));
        assertThat(scene().searches().get(1).rates()).containsOnly(entry(512, 5 * MEGA));
    }

    @Test
    void ofTwoFilesTheOneBeforeIsEarlierAndHasTheSameColours() {
        runs.load(Path.of("before.jtl"), () -> runs.add(search("North", "64: NDR 5 Mbit/s 13587 pps")));
        runs.load(Path.of("after.jtl"), () -> runs.add(search("North", "64: NDR 6 Mbit/s 16304 pps")));
        assertThat(scene().searches()).extracting(SizeCurve::earlier).containsExactly(false, true);
        assertThat(scene().searches())
                .extracting(SizeCurve::number)
                .containsOnly(scene().searches().get(0).number());
        assertThat(SizeHover.valuesAt(scene(), 64))
                .extracting(value -> value.name() + ": " + value.rate())
                .containsExactly("NDR · North · after.jtl: 6 Mbit/s", "NDR · North · before.jtl: 5 Mbit/s");
    }

    @Test
    void aRepeatedSearchIsInFrontAndTheOldestAreForgotten() {
        for (int i = 1; i <= ChartSearches.MAX_SEARCHES + 1; i++) {
            runs.add(search("North", "64: NDR " + i + " Mbit/s 1 pps"));
        }
        assertThat(scene().searches()).hasSize(ChartSearches.MAX_SEARCHES);
        assertThat(scene().searches().get(0).earlier()).isFalse();
        assertThat(scene().searches().get(0).rates()).containsOnly(entry(64, 101 * MEGA));
        assertThat(scene().searches().subList(1, 100)).allMatch(SizeCurve::earlier);
        runs.clear();
        assertThat(runs.hasSearches()).isFalse();
    }

    /** The table has a row for it, and the reason stands below. */
    @Test
    void aSearchThatMissedItsMinimumIsAFailedTest() {
        SampleResult slow = search("North", "64: NDR 5 Mbit/s 13587 pps");
        SearchSample.fail(slow, "Minimum rate", "too slow");
        runs.add(slow);
        runs.add(search("South", TABLE));
        assertThat(scene().tests())
                .extracting(test -> test.row().name() + ", " + test.row().result() + ", "
                        + test.row().reason())
                .containsExactly("North, assertion failed, too slow", "South, OK, ");
    }

    @Test
    void otherSamplesAreNoSearch() {
        runs.add(second("North: 1518", "1-1", T0, 5 * MEGA));
        runs.add(search("Login", "OK"));
        assertThat(runs.hasSearches()).isFalse();
        assertThat(scene().isEmpty()).isTrue();
        assertThat(scene().whyEmpty()).isEqualTo("throughputChart.noSearch");
    }

    /** Also of one size, and where nothing was found. */
    @ParameterizedTest
    @ValueSource(strings = {APART, "64: NDR 5 Mbit/s 13587 pps", "64: NDR 2 Gbit/s 1 pps; 128: NDR 3 Gbit/s 1 pps"})
    void thePictureHasEachLine(String message) throws IOException {
        runs.add(search("North", message));
        BufferedImage image = new BufferedImage(800, 400, BufferedImage.TYPE_INT_RGB);
        Rectangle plot = new ChartPainter(LIGHT)
                .paint(image.createGraphics(), 800, 400, scene())
                .plots()
                .get(0);
        Set<Integer> colours = colours(image.getSubimage(plot.x, plot.y, plot.width, plot.height));
        assertThat(scene().searches())
                .allSatisfy(curve -> assertThat(colours)
                        .contains(LIGHT.ofLine(curve.number()).getRGB()));
    }

    @Test
    void aSearchThatFoundNothingHasAnEmptyPlot() throws IOException {
        runs.add(search("North", "64: NDR below 100 kbit/s; 128: NDR unknown"));
        assertThat(colours(picture())).contains(LIGHT.grid().getRGB());
        assertThat(SizeHover.valuesAt(scene(), 128))
                .extracting(SizeHover.Value::rate)
                .containsExactly("–");
    }

    /** The box appears on the half of the plot that has the room, and tells the nearest size. */
    @Test
    void thePointerFindsTheNearestSize() {
        runs.add(search("North", TABLE));
        BufferedImage image = new BufferedImage(800, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        ChartLayout layout = new ChartPainter(LIGHT).paint(graphics, 800, 400, scene());
        Rectangle plot = layout.plots().get(0);
        assertThat(layout.bandAt(plot.x, 2)).isZero();
        assertThat(layout.bandAt(plot.x + plot.width / 2 - 2, 2)).isZero();
        assertThat(layout.bandAt(plot.x + plot.width / 2 + 2, 2)).isEqualTo(1);
        assertThat(layout.bandAt(799, 2)).isEqualTo(1);
        Set<Integer> before = colours(image);
        new ChartHover(LIGHT, scene(), layout).paint(graphics, plot.x + 5, new Dimension(800, 400));
        assertThat(colours(image)).hasSizeGreaterThan(before.size());
        assertThat(SizeHover.valuesAt(scene(), 1518))
                .extracting(SizeHover.Value::rate)
                .containsExactly("34.69 Mbit/s", "34.67 Mbit/s");
    }

    @Test
    void theHoverTellsWhatTheSearchSaysOfARate() {
        runs.add(search(
                "North", "64: NDR 5 Mbit/s 13587 pps so far, PDR 0.5 % 6 Mbit/s 1 pps (limited by this machine)"));
        assertThat(SizeHover.valuesAt(scene(), 64))
                .extracting(SizeHover.Value::rate)
                .containsExactly("6 Mbit/s (limited by this machine)", "5 Mbit/s (so far)");
    }

    /** Else an earlier loop of the newest run would look like the run before. */
    @Test
    void ofSeveralRunsOnlyTheRunTellsTheDashes() {
        runs.load(Path.of("before.jtl"), () -> runs.add(search("North", "64: NDR 5 Mbit/s 13587 pps")));
        runs.load(Path.of("after.jtl"), () -> {
            runs.add(search("North", "64: NDR 6 Mbit/s 16304 pps"));
            runs.add(search("North", "64: NDR 7 Mbit/s 16304 pps"));
        });
        assertThat(scene().searches())
                .extracting(curve -> curve.run() + " " + curve.age())
                .containsExactly("after.jtl 0", "after.jtl 0", "before.jtl 1");
    }

    /** A thread searches one router after the other; two threads search two at a time. */
    @Test
    void aSearchOfAnotherThreadIsNoEarlierOne() {
        runs.add(search("North", "64: NDR 5 Mbit/s 13587 pps"));
        runs.add(end("North", "1-2", T0, T0 + 60_000, "64: NDR 6 Mbit/s 13587 pps"));
        assertThat(scene().searches()).extracting(SizeCurve::age).containsExactly(0, 0);
    }

    @Test
    void thePacketSizeIsOfferedOnlyWhereThereIsASearch() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            ChartPanel panel = new ChartPanel(file -> {});
            Container choices = (Container) ((BorderLayout) panel.getLayout()).getLayoutComponent(BorderLayout.NORTH);
            JComboBox<?> axes = (JComboBox<?>) choices.getComponent(1);
            panel.showAnew();
            assertThat(axes.getItemCount()).isEqualTo(3);
            panel.runs().add(search("North", TABLE));
            panel.showAnew();
            axes.setSelectedItem(ChartAxis.PACKET_SIZE);
            assertThat(panel.choice().axis()).isEqualTo(ChartAxis.PACKET_SIZE);
            panel.clear();
            assertThat(axes.getItemCount()).isEqualTo(3);
            assertThat(panel.choice()).isEqualTo(ChartChoice.ALL);
        });
    }

    private BufferedImage picture() throws IOException {
        Path file = directory.resolve("chart.png");
        ChartFiles.writePng(scene(), LIGHT, 900, 600, file);
        return ImageIO.read(file.toFile());
    }

    private static Set<Integer> colours(BufferedImage image) {
        return IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .boxed()
                .collect(Collectors.toSet());
    }
}
