package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jmeterbtest.harness.GuiMain;
import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The throughput chart in a real JMeter. */
class ThroughputChartIT {
    private static final int FIRST_LINE = 0xFF3D94F6;

    @Test
    void withoutGuiItOnlyWritesItsFile(@TempDir Path directory) throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.run(ChartPlan.write(directory, 1, directory.resolve("chart.jtl").toString()), directory,
                "btest.udpPortsFrom=" + Ports.udpPortsFrom())) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<String> rows = Files.readAllLines(directory.resolve("chart.jtl"));
            assertThat(rows).hasSizeGreaterThan(6).containsExactlyInAnyOrderElementsOf(Files.readAllLines(jmeter.results()));
            assertThat(Files.readAllLines(directory.resolve("jmeter.log"))).noneMatch(line -> line.contains(" ERROR "));
        }
    }

    /** With {@code -Dbtest.pictures=docs/images}: JMeter's own window on a virtual screen, while the tests run. */
    @Test
    void showsRunningTestsInJMetersWindow(@TempDir Path directory) throws Exception {
        String pictures = System.getProperty("btest.pictures");
        assumeTrue(pictures != null, "no pictures are asked for");
        Path home = Path.of(System.getProperty("jmeter.home", "target/jmeter")).toAbsolutePath();
        Path picture = Path.of(pictures, "throughput-chart.png").toAbsolutePath();
        String jars = String.join(File.pathSeparator, home + "/bin/ApacheJMeter.jar", home + "/lib/*", home + "/lib/ext/*",
                Path.of(GuiMain.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
        Process jmeter = new ProcessBuilder("xvfb-run", "-a", "-s", "-screen 0 1700x960x24",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", jars, GuiMain.class.getName(),
                home.toString(), ChartPlan.write(directory, 50, "").toString(), "MikroTik Throughput Chart", "42", picture.toString(),
                "btest.udpPortsFrom=" + Ports.udpPortsFrom())
                .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(directory.resolve("out").toFile()).start();
        try {
            assertThat(jmeter.waitFor(240, TimeUnit.SECONDS)).as("JMeter ends").isTrue();
            assertThat(jmeter.exitValue()).as(Files.readString(directory.resolve("out"))).isZero();
        } finally {
            jmeter.descendants().forEach(ProcessHandle::destroyForcibly);
            jmeter.destroyForcibly();
        }
        BufferedImage image = ImageIO.read(picture.toFile());
        assertThat(IntStream.of(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())).boxed().toList())
                .as("a line").contains(FIRST_LINE);
    }
}
