package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start, Stop, Shutdown and the scheduler in every phase of a test, again and again in one JMeter with its GUI. After
 * each run no thread of ours is left, and the ports are free. Without Xvfb all of it is skipped.
 */
class GuiIT {
    private static final byte[] HELLO = {1, 0, 0, 0};
    private static VirtualScreen screen;
    private static JMeterProcess jmeter;
    private static int serverPort;
    private static int runs;

    @BeforeAll
    static void startJMeter(@TempDir Path directory) throws Exception {
        screen = VirtualScreen.open();
        String plan = Files.readString(JMeterProcess.example("remote.jmx"))
                .replace(
                        "<boolProp name=\"ThreadGroup.scheduler\">false<",
                        "<boolProp name=\"ThreadGroup.scheduler\">true<")
                .replace(
                        "<stringProp name=\"ThreadGroup.duration\"><",
                        "<stringProp name=\"ThreadGroup.duration\">${__P(lasts)}<")
                .replace(
                        "<stringProp name=\"LoopController.loops\">1<", "<stringProp name=\"LoopController.loops\">-1<")
                .replace(
                        "<stringProp name=\"BandwidthTest.server\">${host}<",
                        "<stringProp name=\"BandwidthTest.server\"><")
                .replaceFirst(
                        "(</io.github.jmeterbtest.jmeter.BandwidthTestSampler>\\s*<hashTree)/>",
                        "$1>"
                                + Matcher.quoteReplacement(Plan.element(
                                                "BandwidthAssertion",
                                                "Fast enough",
                                                "BandwidthAssertion",
                                                "minRxSpeed",
                                                "${__P(min)}")
                                        + "</hashTree>"))
                .replace(
                        "<io.github.jmeterbtest.jmeter.BandwidthSummariser ",
                        Plan.element("BandwidthTestDefaults", "Defaults", "BandwidthTest", "server", "127.0.0.1")
                                + "<io.github.jmeterbtest.jmeter.BandwidthSummariser ");
        jmeter = JMeterProcess.gui(screen, Files.writeString(directory.resolve("gui.jmx"), plan), directory);
        serverPort = Ports.freeTcp();
        jmeter.awaitLine(GuiDriver.READY);
    }

    @AfterAll
    static void stopJMeter() {
        if (jmeter != null) {
            jmeter.close();
        }
        if (screen != null) {
            screen.close();
        }
    }

    @BeforeEach
    void setDefaults() throws IOException {
        set(
                "lasts=3600",
                "btest.duration=600",
                "btest.wait=600",
                "btest.port=" + serverPort,
                "btest.serverPort=" + serverPort,
                "btest.clients=1",
                "btest.sessions=1",
                "btest.localTxSpeed=50M",
                "btest.remoteTxSpeed=50M",
                "btest.interval=100",
                "btest.clientDelay=0",
                "min=1");
    }

    private static void set(String... properties) throws IOException {
        for (String property : properties) {
            jmeter.tell(property);
        }
    }

    /** {@return what JMeter printed since the start} */
    private static String run(Phase untilItEnds) throws Exception {
        int before = jmeter.output().length();
        jmeter.tell("start");
        untilItEnds.play();
        runs++;
        assertThat(jmeter.awaitLines(GuiDriver.ENDED, runs).get(runs - 1)).endsWith("[]");
        new ServerSocket(serverPort, 1, InetAddress.getLoopbackAddress()).close();
        return jmeter.output().substring(before);
    }

    /** What happens between start and end. */
    private interface Phase {
        void play() throws Exception;
    }

    @Test
    void stopWhileTheServerSaysNothing() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            set("btest.serverPort=" + mute.getLocalPort(), "btest.sessions=0");
            assertThat(run(() -> {
                        try (Socket client = mute.accept()) {
                            jmeter.tell("stop");
                            assertThat(client.getInputStream().read())
                                    .as("closed")
                                    .isEqualTo(-1);
                        }
                    }))
                    .contains("STOPPED: the test was stopped before the transfer began");
        }
    }

    @Test
    void stopDuringTheHandshake() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            set("btest.serverPort=" + slow.getLocalPort(), "btest.sessions=0");
            assertThat(run(() -> {
                        try (Socket client = slow.accept()) {
                            client.getOutputStream().write(HELLO);
                            assertThat(client.getInputStream().readNBytes(16))
                                    .as("the command")
                                    .hasSize(16);
                            jmeter.tell("stop");
                            assertThat(client.getInputStream().read())
                                    .as("closed")
                                    .isEqualTo(-1);
                        }
                    }))
                    .contains("STOPPED: the test was stopped before the transfer began");
        }
    }

    @Test
    void stopDuringTheTransferOnBothSides() throws Exception {
        assertThat(run(() -> {
                    awaitFurtherLine("  Test  ");
                    awaitFurtherLine("  Session  ");
                    jmeter.tell("stop");
                }))
                .containsPattern("Test +FAILED")
                .containsPattern("Session +FAILED")
                .contains("STOPPED: ");
    }

    @Test
    void stopWhileASessionSamplerWaits() throws Exception {
        set("btest.clients=0");
        assertThat(run(() -> {
                    jmeter.tell("await Server side");
                    awaitFurtherLine(GuiDriver.WAITING);
                    jmeter.tell("stop");
                }))
                .contains("STOPPED: stopped while waiting for a client");
    }

    @Test
    void stopRightAfterTheStart() throws Exception {
        run(() -> jmeter.tell("stop"));
    }

    @Test
    void shutdownLetsTheTestFinishAndStartsNoOther() throws Exception {
        set("btest.sessions=0", "btest.duration=1");
        assertThat(run(() -> {
                    awaitFurtherLine("  Test  ");
                    jmeter.tell("shutdown");
                }))
                .containsPattern("Test +OK ")
                .doesNotContain("FAILED");
    }

    /** By the server's name from the defaults, which all of these tests have, to the assertion and the chart. */
    @Test
    void theOtherElementsTakePart() throws Exception {
        set("btest.sessions=0", "btest.duration=1", "min=900G");
        assertThat(run(() -> {
                    awaitFurtherLine("  Test  ");
                    jmeter.tell("shutdown");
                }))
                .containsPattern("Test +FAILED")
                .contains("an assertion failed: receive rate: wanted at least 900 Gbit/s, measured ");
        jmeter.tell("chart");
        assertThat(jmeter.awaitLine(GuiDriver.CHARTED)).endsWith("Test: assertion failed");
    }

    @Test
    void theSchedulerEndsTheTestAndItIsGood() throws Exception {
        set("btest.sessions=0", "lasts=4");
        assertThat(run(() -> awaitFurtherLine("  Test  ")))
                .containsPattern("Test +OK ")
                .doesNotContain("FAILED");
    }

    @Test
    void aServerThatCannotListenEndsTheRunAndTheNextOneIsGood() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            set("btest.port=" + taken.getLocalPort());
            assertThat(run(() -> {})).contains("BIND_FAILED: the server cannot listen");
        }
        set("btest.port=" + serverPort);
        assertThat(run(() -> {
                    awaitFurtherLine("  Test  ");
                    jmeter.tell("stop");
                }))
                .contains("STOPPED: ");
    }

    private static void awaitFurtherLine(String text) throws InterruptedException {
        jmeter.awaitLines(
                text,
                (int) jmeter.output()
                                .lines()
                                .filter(line -> line.contains(text))
                                .count()
                        + 1);
    }
}
