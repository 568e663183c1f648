package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.jmeter.JMeter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BandwidthServerConfigTest {
    private final Listening jmeter = new Listening();

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    @BeforeEach
    void withoutGui() {
        System.setProperty(JMeter.JMETER_NON_GUI, "true");
    }

    @AfterEach
    void cleanUp() {
        RunningServers.stopAll();
        System.clearProperty(JMeter.JMETER_NON_GUI);
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
        assertThat(port).isEqualTo(jmeter.variables.get("btest_server_port_first"))
                .isNotEqualTo(jmeter.variables.get("btest_server_port_second"));
        first.testEnded();
        second.testEnded();
        assertFree(Integer.parseInt(port));
        first.testStarted();
        first.testEnded();
    }

    @Test
    void aServerThatCannotBindEndsTheRunAndLeavesNoOtherBehind() throws IOException {
        config("first", 0).testStarted();
        int port = Integer.parseInt(jmeter.variables.get("btest_server_port"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> config("second", taken.getLocalPort()).testStarted())
                    .hasMessageContainingAll("second", Integer.toString(taken.getLocalPort()), "free port");
        }
        assertFree(port);
    }

    @Test
    void twoServersOfOneNameCannotBeToldApart() {
        config("same", 0).testStarted();
        assertThatThrownBy(() -> config("same", 0).testStarted()).hasMessageContainingAll("\"same\"", "rename");
    }

    @Test
    void aWrongFieldEndsTheRun() {
        BandwidthServerConfig config = config("server", 0);
        config.setProperty(BandwidthServerConfig.AUTHENTICATION, "md5");
        assertThatThrownBy(config::testStarted).hasMessageContainingAll("user", "md5");
    }
}
