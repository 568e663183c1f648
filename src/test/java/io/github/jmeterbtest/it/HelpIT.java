package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Help in JMeter's window. In a JMeter of its own: an error dialog of a run would keep the focus. */
class HelpIT {
    @Test
    void helpIsOursForOurElements(@TempDir Path directory) throws Exception {
        Path plan = Plan.write(
                directory,
                Plan.element("BandwidthTestDefaults", "Defaults", "BandwidthTest", "server", "127.0.0.1"),
                Plan.element("BandwidthTestSampler", "Test", "BandwidthTest"),
                Plan.element("ThroughputChart", "Chart", ""));
        try (VirtualScreen screen = VirtualScreen.open();
                JMeterProcess jmeter = JMeterProcess.gui(screen, plan, directory)) {
            jmeter.awaitLine(GuiDriver.READY);
            for (String command : new String[] {
                "select Test",
                "help menu",
                "help popup",
                "help BandwidthTest.omit",
                "select Defaults",
                "help menu",
                "select Chart",
                "help popup"
            }) {
                jmeter.tell(command);
            }
            assertThat(jmeter.awaitLines(GuiDriver.HELPED, 5))
                    .extracting(line -> line.substring(GuiDriver.HELPED.length()))
                    .satisfiesExactly(
                            menu -> assertThat(menu).isEqualTo("MikroTik Bandwidth Test"),
                            popup -> assertThat(popup).isEqualTo("MikroTik Bandwidth Test"),
                            key -> assertThat(key).startsWith("MikroTik Bandwidth Test, Omit (s): "),
                            menu -> assertThat(menu).isEqualTo("MikroTik Bandwidth Test Defaults"),
                            popup -> assertThat(popup).isEqualTo("MikroTik Throughput Chart"));
        }
    }
}
