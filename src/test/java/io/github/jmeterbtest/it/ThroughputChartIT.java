package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The throughput chart in a real JMeter. */
class ThroughputChartIT {
    /** That of "Head office". */
    private static final int LINE = 0xFFE667AF;

    private static final int PDR_LINE = 0xFF4F6BED;

    @Test
    void withoutGuiItOnlyWritesItsFile(@TempDir Path directory) throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.run(
                ChartPlan.write(directory, 1, directory.resolve("chart.jtl").toString()),
                directory,
                "btest.udpPortsFrom=" + Ports.udpPortsFrom())) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<String> rows = Files.readAllLines(directory.resolve("chart.jtl"));
            assertThat(rows)
                    .hasSizeGreaterThan(6)
                    .containsExactlyInAnyOrderElementsOf(Files.readAllLines(jmeter.results()));
            assertThat(Files.readAllLines(directory.resolve("jmeter.log"))).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    /**
     * With {@code -Dbtest.pictures=docs/images}: JMeter's own window on a virtual screen, a form and then running
     * tests.
     */
    @Test
    void showsRunningTestsInJMetersWindow(@TempDir Path directory) throws Exception {
        String pictures = System.getProperty("btest.pictures");
        assumeTrue(pictures != null, "no pictures are asked for");
        Path chart = Path.of(pictures, "throughput-chart.png").toAbsolutePath();
        Path sampler = Path.of(pictures, "jmeter-gui.png").toAbsolutePath();
        try (VirtualScreen screen = VirtualScreen.open();
                JMeterProcess jmeter = JMeterProcess.gui(
                        screen,
                        ChartPlan.write(directory, 50, ""),
                        directory,
                        "btest.udpPortsFrom=" + Ports.udpPortsFrom())) {
            jmeter.awaitLine(GuiDriver.READY);
            jmeter.tell("size 1200 780");
            jmeter.tell("select Branch north");
            jmeter.tell("picture " + sampler);
            jmeter.awaitLine(GuiDriver.DRAWN + sampler);
            jmeter.tell("size 1600 880");
            jmeter.tell("select MikroTik Throughput Chart");
            jmeter.tell("start");
            jmeter.awaitLines("  Head office  ", 40);
            jmeter.tell("picture " + chart);
            jmeter.awaitLine(GuiDriver.DRAWN + chart);
        }
        assertThat(pixels(LINE, chart)).as("a line").isPositive();
    }

    /** With {@code -Dbtest.pictures=docs/images}: searches of two results files over the packet size. */
    @Test
    void showsSearchesInJMetersWindow(@TempDir Path directory) throws Exception {
        String pictures = System.getProperty("btest.pictures");
        assumeTrue(pictures != null, "no pictures are asked for");
        Path picture = Path.of(pictures, "throughput-search-chart.png").toAbsolutePath();
        Path before = SearchFile.write(directory.resolve("before.jtl"), 90_000, 100_000);
        Path after = SearchFile.write(directory.resolve("after.jtl"), 230_000, 250_000);
        try (VirtualScreen screen = VirtualScreen.open();
                JMeterProcess jmeter = JMeterProcess.gui(screen, JMeterProcess.example("rfc2544.jmx"), directory)) {
            jmeter.awaitLine(GuiDriver.READY);
            jmeter.tell("size 1280 800");
            jmeter.tell("select MikroTik Throughput Chart");
            for (Path file : List.of(before, after)) {
                jmeter.tell("click Open results…");
                jmeter.tell("file " + file);
                jmeter.tell("pick " + file.getFileName());
            }
            jmeter.tell("pick all, over each other");
            jmeter.tell("pick packet size in bytes");
            jmeter.tell("picture " + picture);
            jmeter.awaitLine(GuiDriver.DRAWN + picture);
        }
        assertThat(pixels(PDR_LINE, picture))
                .as("more than its chip in the legend")
                .isGreaterThan(200);
    }

    private static long pixels(int colour, Path picture) throws IOException {
        BufferedImage image = ImageIO.read(picture.toFile());
        return IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(each -> each == colour)
                .count();
    }
}
