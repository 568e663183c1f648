package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.it.Results.Row;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/server.jmx in a real JMeter, with clients in this JVM or none. */
class ServerIT {
    private static final Path PLAN = JMeterProcess.example("server.jmx");

    @TempDir
    private Path directory;

    private static TestReport test(int port, Protocol protocol, Direction direction) throws Exception {
        return new BandwidthClient(ClientOptions.builder()
                        .server("127.0.0.1")
                        .port(port)
                        .protocol(protocol)
                        .direction(direction)
                        .credentials(new Credentials("admin", "s3cret"))
                        .duration(Duration.ofSeconds(1))
                        .build())
                .run(interval -> {});
    }

    @Test
    void servesAsManySessionsAsAskedForAndReportsEach() throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.start(
                PLAN,
                directory,
                Results.with(
                        "btest.port=0",
                        "btest.sessions=2",
                        "btest.auth=md5",
                        "btest.user=admin",
                        "btest.password=s3cret",
                        "btest.udpPortsFrom=" + Ports.udpPortsFrom()))) {
            String listening = jmeter.awaitLine("listens on");
            int port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
            TestReport sent = test(port, Protocol.TCP, Direction.TRANSMIT);
            TestReport received = test(port, Protocol.UDP, Direction.RECEIVE);
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();

            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            List<Row> finals = rows.stream().filter(row -> !row.isInterval()).toList();
            assertThat(finals).hasSize(2);
            assertThat(finals.get(0).json().at("/direction").asText()).isEqualTo("transmit");
            assertThat(finals.get(0).json().at("/user").asText()).isEqualTo("admin");
            assertThat(finals.get(0).json().at("/total/rxBytes").asLong())
                    .as("of %d sent", sent.txBytes())
                    .isPositive();
            assertThat(finals.get(0).json().at("/total/txBytes").asLong()).isZero();
            assertThat(finals.get(1).json().at("/protocol").asText()).isEqualTo("udp");
            assertThat(finals.get(1).json().at("/total/txBytes").asLong())
                    .as("for %d received", received.rxBytes())
                    .isPositive();
            assertThat(finals.get(1).json().at("/total/rxBytes").asLong()).isZero();
            assertThat(Results.bytes(rows))
                    .isEqualTo(finals.get(0).json().at("/total/rxBytes").asLong());
            assertThat(Results.sentBytes(rows))
                    .isEqualTo(finals.get(1).json().at("/total/txBytes").asLong());
        }
    }

    @Test
    void aSessionSamplerWithoutAClientFails() throws Exception {
        try (JMeterProcess jmeter =
                JMeterProcess.run(PLAN, directory, Results.with("btest.port=0", "btest.wait=0.1"))) {
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).extracting(Row::code).containsExactly("NO_SESSION");
            assertThat(jmeter.output()).contains("FAILED", "NO_SESSION: no client got a test at");
        }
    }

    @Test
    void stopTestNowEndsTheWait() throws Exception {
        try (JMeterProcess jmeter =
                JMeterProcess.start(PLAN, directory, Results.with("btest.port=0", "btest.wait=600"))) {
            jmeter.awaitLine("listens on");
            jmeter.awaitLine("Waiting for possible");
            jmeter.control("StopTestNow");
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
        }
    }
}
