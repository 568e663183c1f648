package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.it.Results.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/bandwidth-test.jmx in a real JMeter, against servers in this JVM or none. */
class BandwidthTestIT {
    private static final Path PLAN = JMeterProcess.example("bandwidth-test.jmx");

    @TempDir
    private Path directory;

    @Test
    void aWrongPasswordFailsAndIsNowhereToBeRead() throws Exception {
        ServerOptions options = ServerOptions.builder()
                .port(0)
                .authentication(Authentication.MD5)
                .credentials(new Credentials("admin", "right"))
                .build();
        try (BandwidthServer server = BandwidthServer.start(options);
                JMeterProcess jmeter = JMeterProcess.run(
                        PLAN,
                        directory,
                        Results.with(port(server), "btest.user=admin", "btest.password=wr0ngPassw0rd"))) {
            Row row = onlyRow(jmeter);
            assertThat(row.code()).isEqualTo("AUTHENTICATION_FAILED");
            assertThat(row.message()).contains("password");
            assertThat(Files.readString(jmeter.results())).contains("admin").doesNotContain("wr0ngPassw0rd");
            assertThat(jmeter.output()).doesNotContain("wr0ngPassw0rd");
        }
    }

    @Test
    void aClosedPortFailsAndSaysWhatToCheck() throws Exception {
        int port = Ports.freeTcp();
        try (JMeterProcess jmeter = JMeterProcess.run(PLAN, directory, Results.with("btest.port=" + port))) {
            Row row = onlyRow(jmeter);
            assertThat(row.code()).isEqualTo("CONNECT_REFUSED");
            assertThat(row.message())
                    .contains("127.0.0.1", Integer.toString(port))
                    .containsIgnoringCase("check");
            assertThat(jmeter.output()).contains("FAILED", "CONNECT_REFUSED: " + row.message());
        }
    }

    @Test
    void aWrongPropertyFailsAndNamesTheField() throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.run(PLAN, directory, Results.with("btest.direction=up"))) {
            assertThat(onlyRow(jmeter).message()).contains("Direction", "\"up\"", "receive, transmit, both");
        }
    }

    @Test
    void stopTestNowLeavesAPartialFailedRow() throws Exception {
        try (BandwidthServer server =
                        BandwidthServer.start(ServerOptions.builder().port(0).build());
                JMeterProcess jmeter =
                        JMeterProcess.start(PLAN, directory, Results.with(port(server), "btest.duration=600"))) {
            jmeter.awaitLine("  rx ");
            jmeter.control("StopTestNow");
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            Row last = rows.get(rows.size() - 1);
            assertThat(last.code()).isEqualTo("STOPPED");
            assertThat(last.successful()).isFalse();
            assertThat(Results.bytes(rows))
                    .isPositive()
                    .isEqualTo(last.json().at("/total/rxBytes").asLong());
        }
    }

    @Test
    void aTestEndsWithItsThreadGroupAndIsGood() throws Exception {
        String plan = Files.readString(PLAN)
                .replace(
                        "<boolProp name=\"ThreadGroup.scheduler\">false<",
                        "<boolProp name=\"ThreadGroup.scheduler\">true<")
                .replace("<stringProp name=\"ThreadGroup.duration\"><", "<stringProp name=\"ThreadGroup.duration\">5<");
        Path scheduled = Files.writeString(directory.resolve("scheduled.jmx"), plan);
        try (BandwidthServer server =
                        BandwidthServer.start(ServerOptions.builder().port(0).build());
                JMeterProcess jmeter =
                        JMeterProcess.run(scheduled, directory, Results.with(port(server), "btest.duration=600"))) {
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows).filteredOn(row -> !row.isInterval()).as("one test").hasSize(1);
            assertThat(rows.get(rows.size() - 1).elapsed())
                    .as("ms, of 600 s asked for")
                    .isLessThan(600_000);
        }
    }

    private static Row onlyRow(JMeterProcess jmeter) throws Exception {
        List<Row> rows = Results.read(jmeter.results());
        assertThat(rows).as(jmeter.output()).hasSize(1);
        assertThat(rows.get(0).successful()).isFalse();
        return rows.get(0);
    }

    private static String port(BandwidthServer server) {
        return "btest.port=" + server.address().getPort();
    }
}
