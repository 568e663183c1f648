package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.it.Results.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real JMeter on every Java of this machine that the plugin is made for; one is enough. */
class JavaVersionsIT {
    @TempDir
    private Path directory;

    static List<Path> homes() throws IOException {
        return Javas.homes();
    }

    @ParameterizedTest
    @MethodSource("homes")
    void serverAndClientWork(Path java) throws Exception {
        List<Row> rows = run(
                java,
                "remote.jmx",
                "btest.duration=1",
                "btest.protocol=udp",
                "btest.localTxSpeed=20M",
                "btest.remoteTxSpeed=20M",
                "btest.clientDelay=0");
        assertThat(rows)
                .filteredOn(row -> !row.isInterval())
                .extracting(Row::label)
                .containsExactlyInAnyOrder("Session", "Test");
        assertThat(rows)
                .filteredOn(Row::isInterval)
                .extracting(Row::label)
                .contains("Session: interval", "Test: interval");
        if (!java.equals(Javas.homes().get(0))) {
            // every protocol, direction and login, which LoopbackIT does on the first one
            assertThat(run(java, "loopback.jmx", "btest.duration=0.3"))
                    .filteredOn(row -> !row.isInterval())
                    .hasSize(9);
        }
    }

    private List<Row> run(Path java, String plan, String... properties) throws Exception {
        List<String> options = List.of("-f", "-Jbtest.udpPortsFrom=" + Ports.udpPortsFrom());
        try (JMeterProcess jmeter =
                JMeterProcess.start(java, JMeterProcess.example(plan), directory, options, Results.with(properties))) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).as(jmeter.output()).allMatch(Row::successful, "is successful");
            return rows;
        }
    }
}
