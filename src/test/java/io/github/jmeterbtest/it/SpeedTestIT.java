package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.it.Results.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/speed-test.jmx in a real JMeter. */
class SpeedTestIT {
    @TempDir
    private Path directory;

    @Test
    void measuresLatencyAndFourTransfersAndPrintsThemAtTheEnd() throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.run(
                JMeterProcess.example("speed-test.jmx"),
                directory,
                Results.with(
                        "btest.duration=1", "btest.connections=2", "btest.udpPortsFrom=" + Ports.udpPortsFrom()))) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows)
                    .filteredOn(row -> !row.isInterval())
                    .extracting(Row::label)
                    .containsExactly("tcp-download", "tcp-upload", "udp-download", "udp-upload");
            assertThat(rows)
                    .filteredOn(row -> !row.isInterval())
                    .allMatch(row -> row.message().matches(".*, rtt \\S+ ms under load, \\S+ ms idle.*"));
            assertThat(jmeter.output().lines().map(String::strip))
                    .anyMatch(line -> line.matches("tcp-download +OK .*"))
                    .anyMatch(line -> line.matches("latency \\S+ ms idle, \\S+ ms under load: \\S+ ms more, .*"));
        }
    }
}
