package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ServerOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File → New MikroTik bandwidth plan, in JMeter's window. Without Xvfb it is skipped. */
class NewPlanIT {
    private static VirtualScreen screen;

    @TempDir
    private Path directory;

    private JMeterProcess jmeter;
    private int states;

    @BeforeAll
    static void openScreen() throws Exception {
        screen = VirtualScreen.open();
    }

    @AfterAll
    static void closeScreen() {
        if (screen != null) {
            screen.close();
        }
    }

    @BeforeEach
    void startJMeter() throws Exception {
        jmeter = JMeterProcess.gui(screen, JMeterProcess.example("remote.jmx"), directory);
        jmeter.awaitLine(GuiDriver.READY);
        tell("menu Router");
    }

    @AfterEach
    void stopJMeter() {
        jmeter.close();
    }

    private void tell(String... lines) throws Exception {
        for (String line : lines) {
            jmeter.tell(line);
        }
    }

    private String state() throws Exception {
        tell("state");
        states++;
        return jmeter.awaitLines(GuiDriver.STATE, states).get(states - 1);
    }

    /** README's first plan. */
    @Test
    void threeFieldsMakeTheRouterPlanRun() throws Exception {
        assertThat(state())
                .endsWith("no file, unchanged, shows Bandwidth test, has [Test Plan, Router, Tests, Bandwidth test, "
                        + "MikroTik Throughput Chart, MikroTik Bandwidth Summary]");
        ServerOptions.Builder login = ServerOptions.builder().port(0).credentials(new Credentials("admin", "secret"));
        try (BandwidthServer router = BandwidthServer.start(login.build())) {
            tell(
                    "type BandwidthTest.server 127.0.0.1",
                    "type BandwidthTest.user admin",
                    "type BandwidthTest.password secret",
                    // unlike a router's, and to be brief
                    "type BandwidthTest.port " + router.address().getPort(),
                    "type BandwidthTest.duration 1",
                    "start",
                    "press No",
                    "chart OK");
            assertThat(jmeter.awaitLine(GuiDriver.CHARTED)).endsWith("Bandwidth test: OK");
            jmeter.awaitLine(GuiDriver.ENDED);
        }
    }

    @Test
    void theOtherPlansAreNewOnesToo() throws Exception {
        tell("menu Self-test");
        assertThat(state()).contains("no file, unchanged, shows MikroTik Throughput Chart, has [Test Plan, Loopback, ");
        tell("menu Throughput search");
        assertThat(state())
                .contains("no file, unchanged, shows Throughput search, has [Test Plan, Throughput search, Search, ");
        tell("menu Server");
        assertThat(state()).contains("no file, unchanged, shows Properties, has [Test Plan, Bandwidth server, ");
    }

    @Test
    void aChangedPlanIsNotLostWithoutAQuestion() throws Exception {
        tell("type BandwidthTest.server router.example", "menu Self-test", "press Cancel");
        assertThat(state()).contains("no file, changed, shows Bandwidth test, has [Test Plan, Router, ");
        tell("menu Self-test", "press No");
        assertThat(state()).contains("no file, unchanged, ", "[Test Plan, Loopback, ");
    }

    @Test
    void theFleetPlanTakesAFileOrTheExample() throws Exception {
        Path routers = directory.resolve("my routers.csv");
        tell("menu Fleet", "press Cancel");
        assertThat(state()).contains("[Test Plan, Router, ");
        tell("menu Fleet", "press Save the example file…", "file " + routers);
        assertThat(state()).contains("no file, unchanged, shows Routers, has [Test Plan, Fleet, ");
        assertThat(routers).hasSameBinaryContentAs(JMeterProcess.example("routers.csv"));

        tell("menu Fleet", "press Open a file…", "file " + routers);
        assertThat(state()).contains("no file, unchanged, shows Routers, has [Test Plan, Fleet, ");
        tell("btest.duration=1", "btest.udpPortsFrom=" + Ports.udpPortsFrom(), "start", "press No");
        jmeter.awaitLine(GuiDriver.ENDED);
        assertThat(jmeter.output()).containsPattern("north +OK ").containsPattern("west +FAILED ");
    }
}
