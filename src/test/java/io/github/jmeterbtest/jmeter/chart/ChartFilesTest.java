package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.interval;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.harness.FullDisk;
import io.github.jmeterbtest.jmeter.FormTestJMeter;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is saved. */
class ChartFilesTest {
    private static final ChartColours DARK =
            new ChartColours(new Color(0x3C3F41), new Color(0xBBBBBB), new Font(Font.SANS_SERIF, Font.PLAIN, 12));

    @TempDir
    private Path directory;

    private final ChartRuns model = new ChartRuns();

    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    @Test
    void csvHasARowForEachMeasuredSecondOfEachLine() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            model.add(interval("North, \"old\"", "1-1", T0, T0 + 1000, 941.25 * MEGA, 0, 2));
            model.add(interval("South", "1-2", T0 + 500, T0 + 2500, 10.5 * MEGA, 1.25 * MEGA, 4));
            model.add(ChartSamples.end("North, \"old\"", "1-1", T0, T0 + 1000, "rx 941.3 Mbit/s, tx 0 bit/s, lost 2"));
            model.add(ChartSamples.end("South", "1-2", T0, T0 + 2500, "rx 10.5 Mbit/s, tx 1.3 Mbit/s, lost 4"));
            Path file = directory.resolve("chart.csv");
            ChartFiles.writeCsv(model, ChartChoice.ALL, file);
            assertThat(Files.readAllLines(file))
                    .map(ChartFilesTest::withoutTheClockOfTheRun)
                    .containsExactly(
                            "time,test,measured_seconds,rx_mbps,tx_mbps,lost_packets,rtt_ms,run",
                            "2023-11-14T22:13:20Z,\"North, \"\"old\"\"\",1.000,941.250000,0.000000,2.000,,Run 1",
                            "2023-11-14T22:13:20Z,South,0.500,10.500000,1.250000,1.000,,Run 1",
                            "2023-11-14T22:13:21Z,South,1.000,10.500000,1.250000,2.000,,Run 1",
                            "2023-11-14T22:13:22Z,South,0.500,10.500000,1.250000,1.000,,Run 1",
                            "2023-11-14T22:13:20Z,(sum),1.000,951.750000,1.250000,3.000,,Run 1",
                            "2023-11-14T22:13:21Z,(sum),1.000,10.500000,1.250000,2.000,,Run 1",
                            "2023-11-14T22:13:22Z,(sum),0.500,10.500000,1.250000,1.000,,Run 1");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatThePeerOwesIsEmpty() throws IOException {
        model.add(ChartSamples.owed("North", "1-1", T0, 5 * MEGA));
        model.add(ChartSamples.end("North", "1-1", T0, T0 + 1000, "rx 5.0 Mbit/s, tx 9.0 Mbit/s, lost 0"));
        Path file = directory.resolve("chart.csv");
        ChartFiles.writeCsv(model, ChartChoice.ALL, file);
        assertThat(Files.readAllLines(file))
                .map(ChartFilesTest::withoutTheClockOfTheRun)
                .endsWith("2023-11-14T22:13:20Z,(sum),1.000,5.000000,,0.000,,Run 1");
        picture();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void pictureHasEveryLineInItsColour(int tests) throws IOException {
        IntStream.range(0, tests)
                .forEach(i -> IntStream.range(0, 120)
                        .forEach(second -> model.add(interval(
                                "test " + i,
                                "1-" + i,
                                T0 + second * 1000L,
                                T0 + second * 1000L + 1000,
                                (i + 1) * 10 * MEGA,
                                (i + 1) * MEGA,
                                0))));
        BufferedImage picture = picture();
        assertThat(picture.getWidth()).isEqualTo(900);
        assertThat(colours(picture)).contains(DARK.background().getRGB());
        model.scene(ChartChoice.ALL, 100).curves().stream()
                .filter(curve -> curve.number() < ChartColours.DISTINCT)
                .forEach(curve -> assertThat(colours(picture))
                        .as(curve.name())
                        .contains(DARK.ofLine(curve.number()).getRGB()));
    }

    /** As low as in JMeter's window on a small screen: three plots have room, the lowest for its title too. */
    @Test
    void aLowPictureHasEveryPlot() throws IOException {
        IntStream.range(1, 20)
                .forEach(second -> model.add(interval(
                        "North",
                        "1-1",
                        T0 + second * 1000L,
                        T0 + second * 1000L + 1000,
                        second * MEGA,
                        second * MEGA,
                        second)));
        BufferedImage picture = picture(760, 210);
        for (int top : new int[] {30, 97, 165}) {
            assertThat(colours(picture.getSubimage(0, top, 760, 45)))
                    .as("plot at %d", top)
                    .contains(north());
        }
    }

    @Test
    void anEmptyChartSaysSo() throws IOException {
        assertThat(colours(picture()).size()).isGreaterThan(2);
    }

    @Test
    void aChartOfOnePointOrOfNothingKnownYetIsPaintedToo() throws IOException {
        model.add(interval("North", "1-1", T0, T0 + 400, MEGA, 0, 0));
        picture();
        model.add(interval("North", "1-1", T0 + 400, T0 + 1000, MEGA, 0, 0));
        assertThat(colours(picture())).contains(north());
    }

    @Test
    void tellsWhyItCannotWrite() {
        Path nowhere = directory.resolve("none/chart.png");
        assertThatThrownBy(() -> ChartFiles.writePng(ChartScene.EMPTY, DARK, 900, 600, nowhere))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ChartFiles.writeCsv(model, ChartChoice.ALL, nowhere))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static int north() {
        return DARK.ofLine(new LineNumbers().of("North")).getRGB();
    }

    private static String withoutTheClockOfTheRun(String row) {
        return row.replaceFirst("\"Run 1, .*\"$", "Run 1");
    }

    @Test
    void aFullDiskIsToldAndTheNextFileIsWhole() throws IOException {
        model.add(interval("North", "1-1", T0, T0 + 1000, MEGA, 0, 0));
        ChartScene scene = model.scene(ChartChoice.ALL, ChartPainter.MAX_STEPS);
        assertThatThrownBy(() -> ChartFiles.writeCsv(model, ChartChoice.ALL, FullDisk.file()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ChartFiles.writePng(scene, DARK, 900, 600, FullDisk.file()))
                .isInstanceOf(IOException.class);
        Path file = directory.resolve("chart.csv");
        ChartFiles.writeCsv(model, ChartChoice.ALL, file);
        assertThat(Files.readAllLines(file)).hasSize(3);
        picture();
    }

    private BufferedImage picture() throws IOException {
        return picture(900, 600);
    }

    private BufferedImage picture(int width, int height) throws IOException {
        Path file = directory.resolve("chart.png");
        ChartFiles.writePng(model.scene(ChartChoice.ALL, ChartPainter.MAX_STEPS), DARK, width, height, file);
        return ImageIO.read(file.toFile());
    }

    private static Set<Integer> colours(BufferedImage image) {
        return IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .distinct()
                .boxed()
                .collect(Collectors.toSet());
    }
}
