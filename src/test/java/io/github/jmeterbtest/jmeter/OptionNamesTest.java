package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.jmeter.field.FormField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value out of its range is named by the form's label and by RouterOS's name, with what would be right. */
class OptionNamesTest {
    private final Listening jmeter = new Listening();

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private static Arguments row(String property, String wrong, String message) {
        return Arguments.of(property, wrong, message);
    }

    static Stream<Arguments> ofTheSampler() {
        String speeds = "must be at most 4.294967295 Gbit/s, or 0 for unlimited";
        return Stream.of(
                row("server", "", "Server is empty; must be a host name or an IP address"),
                row("port", "65536", "Port is 65536; must be 1 to 65535"),
                row("duration", "0.01", "Duration is 10 ms; must be 20 ms to 604800 s"),
                row("maxBytes", "1001T", "Ends after is 1001000000000000; must be 0 to 1000000000000000"),
                row("omit", "10", "Omit is 10 s; must be 0 s to 9500 ms"),
                row("interval", "19", "Interval is 19 ms; must be 20 ms to 5 s"),
                row("connectionCount", "300", "Connections (connection-count) is 300; must be 1 to 255"),
                row("localTxSpeed", "5G", "Local TX speed (local-tx-speed) is 5 Gbit/s; " + speeds),
                row(
                        "remoteTxSpeed",
                        "4294967296",
                        "Remote TX speed (remote-tx-speed) is 4.294967296 Gbit/s; " + speeds),
                row("dscp", "64", "DSCP is 64; must be 0 to 63"),
                row(
                        "congestionControl",
                        "the best",
                        "Congestion control is \"the best\"; must be a name of Linux, such as cubic or bbr"),
                row("localUdpTxSize", "27", "Local TX size (local-udp-tx-size) is 27; must be 28 to 64000"),
                row("remoteUdpTxSize", "64001", "Remote TX size (remote-udp-tx-size) is 64001; must be 28 to 64000"),
                row("connectTimeout", "5", "Connect timeout is 5 ms; must be 20 ms to 600 s"),
                row("lostPeerTime", "0.5", "Lost-peer time (assume-lost-time) is 500 ms; must be 1 s to 600 s"),
                row("latencyProbes", "99", "Latency probes is 99 ms; must be 100 ms to 60 s"),
                row("latencyPort", "65536", "Latency port is 65536; must be 0 to 65535"));
    }

    static Stream<Arguments> ofTheServer() {
        return Stream.of(
                row("port", "65536", "Port is 65536; must be 0 to 65535"),
                row("udpPortsFrom", "65280", "UDP ports from (allocate-udp-ports-from) is 65280; must be 1 to 65279"),
                row("dscp", "64", "DSCP is 64; must be 0 to 63"),
                row("user", "", "User is empty; authentication md5 requires one"),
                row("maxSessions", "0", "Maximum sessions (max-sessions) is 0; must be 1 to 10000"),
                row("maxDuration", "0", "Maximum duration is 0 s; must be 20 ms to 604800 s"),
                row("lostPeerTime", "601", "Lost-peer time (assume-lost-time) is 601 s; must be 1 s to 600 s"));
    }

    @ParameterizedTest
    @MethodSource("ofTheSampler")
    void theSamplerNamesIt(String property, String wrong, String message) {
        BandwidthTestSampler sampler = jmeter.ready(new BandwidthTestSampler(), "Test");
        sampler.setProperty(BandwidthTestSampler.SERVER, "127.0.0.1");
        sampler.setProperty(BandwidthTestSampler.PROTOCOL, property.equals("congestionControl") ? "tcp" : "udp");
        sampler.setProperty(BandwidthTestSampler.DIRECTION, "both");
        sampler.setProperty("BandwidthTest." + property, wrong);
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseMessage()).isEqualTo(message);
        assertThat(sample.getResponseCode()).isEqualTo("INVALID_OPTION");
    }

    @ParameterizedTest
    @MethodSource("ofTheServer")
    void theServerNamesIt(String property, String wrong, String message) {
        BandwidthServerConfig server = new BandwidthServerConfig();
        server.setName("server");
        server.setProperty(BandwidthServerConfig.PORT, "0");
        server.setProperty(BandwidthServerConfig.AUTHENTICATION, "md5");
        server.setProperty(BandwidthServerConfig.USER, "admin");
        server.setProperty("BandwidthServer." + property, wrong);
        server.testStarted();
        assertThatThrownBy(() -> server.sampleStarting(null)).hasMessage("server cannot start: " + message);
    }

    @Test
    void noFieldThatTheEngineChecksIsLeftOut() {
        assertThat(checked(BandwidthTestSampler.FIELDS))
                .containsExactlyInAnyOrderElementsOf(properties(ofTheSampler()));
        assertThat(checked(BandwidthServerConfig.FIELDS))
                .containsExactlyInAnyOrderElementsOf(properties(ofTheServer()));
    }

    private static List<String> checked(List<FormField> fields) {
        return fields.stream()
                .filter(field -> !field.option().isEmpty())
                .map(field -> field.property().substring(field.property().indexOf('.') + 1))
                .toList();
    }

    private static List<String> properties(Stream<Arguments> rows) {
        return rows.map(row -> (String) row.get()[0]).toList();
    }
}
