package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jorphan.util.JMeterStopTestNowException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BandwidthServerConfigTest {
    private final Listening jmeter = new Listening();

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    @AfterEach
    void cleanUp() {
        RunningServers.stopAll();
    }

    private static BandwidthServerConfig config(String name, int port) {
        BandwidthServerConfig config = new BandwidthServerConfig();
        config.setName(name);
        config.setProperty(BandwidthServerConfig.PORT, Integer.toString(port));
        return config;
    }

    private static void assertFree(int port) throws IOException {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void threadsLearnTheRealPortsAndTheyAreFreeAtTheEnd() throws IOException {
        BandwidthServerConfig first = config("first", 0);
        BandwidthServerConfig second = config("second", 0);
        first.testStarted();
        second.testStarted();
        String port = jmeter.variables.get("btest_server_port");
        assertThat(port)
                .isEqualTo(jmeter.variables.get("btest_server_port_first"))
                .isNotEqualTo(jmeter.variables.get("btest_server_port_second"));
        first.testEnded();
        second.testEnded();
        assertFree(Integer.parseInt(port));
        first.testStarted();
        first.testEnded();
    }

    @Test
    void theEndTellsWhoGotNoTestAndWhy() throws IOException {
        config("server", 0).testStarted();
        int port = Integer.parseInt(jmeter.variables.get("btest_server_port"));
        try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), port)) {
            stranger.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(stranger.getInputStream().readNBytes(100)).as("HELLO").hasSize(4);
        }
        assertThat(RunningServers.stop("server"))
                .isEqualTo("0 tests; connections without a test: 1 that violated the protocol");
        assertThat(RunningServers.stop("server")).isEmpty();
    }

    @Test
    void aServerThatCannotBindFailsOnceAndEndsTheRun() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BandwidthServerConfig server = config("second", taken.getLocalPort());
            server.testStarted();
            assertEndsTheRun(server, "BIND_FAILED", Integer.toString(taken.getLocalPort()), "free port");
            assertEndsTheRun(server, "BIND_FAILED", "cannot listen");
            assertThat(jmeter.samples()).as("one for all threads").hasSize(1);
            server.testEnded();
            server.sampleStarting(null);
        }
    }

    @Test
    void twoServersOfOneNameCannotBeToldApart() {
        config("same", 0).testStarted();
        BandwidthServerConfig second = config("same", 0);
        second.testStarted();
        assertEndsTheRun(second, "INVALID_OPTION", "\"same\"", "rename");
    }

    @Test
    void aWrongFieldThatHasNoEffectEndsNoRun() {
        BandwidthServerConfig config = config("server", 0);
        config.setProperty(BandwidthServerConfig.USER, "${nobody}");
        config.setProperty(BandwidthServerConfig.PASSWORD, "${nothing}");
        config.setProperty(BandwidthServerConfig.EC_SRP5_SECRET, "${nothing}");
        config.setProperty(BandwidthServerConfig.EC_SRP5_BLINDING, "maybe");
        config.testStarted();
        config.sampleStarting(null);
        config.testEnded();
    }

    @Test
    void aWrongFieldEndsTheRun() {
        BandwidthServerConfig config = config("server", 0);
        config.setProperty(BandwidthServerConfig.AUTHENTICATION, "md5");
        config.testStarted();
        assertEndsTheRun(config, "INVALID_OPTION", "User is empty", "md5");
    }

    @Test
    void aRunThatJMeterGaveUpUntoldLeavesNoServerBehind() {
        server("server");
        int port = Integer.parseInt(jmeter.variables.get("btest_server_port"));
        Listening nextRun = new Listening();
        config("server", port).testStarted();
        assertThat(nextRun.variables.get("btest_server_port_server")).isEqualTo(Integer.toString(port));
    }

    private static BandwidthServerConfig server(String name) {
        BandwidthServerConfig config = config(name, 0);
        config.testStarted();
        return config;
    }

    private void assertEndsTheRun(BandwidthServerConfig config, String code, String... words) {
        assertThatThrownBy(() -> config.sampleStarting(null))
                .isInstanceOf(JMeterStopTestNowException.class)
                .hasMessageStartingWith(config.getName())
                .hasMessageContainingAll(words);
        SampleResult sample = jmeter.samples().get(0);
        assertThat(sample.getSampleLabel()).isEqualTo(config.getName());
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseCode()).isEqualTo(code);
        assertThat(sample.getResponseMessage()).contains(words);
    }
}
