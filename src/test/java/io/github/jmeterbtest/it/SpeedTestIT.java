package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.it.Results.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/speed-test.jmx in a real JMeter. */
@DisabledForJreRange(minVersion = 25, disabledReason = "the Groovy of JMeter 5.6.3 does not run on Java 25")
class SpeedTestIT {
    private static final String TIMES = "-min-avg-max: \\d+\\.\\d\\d ms / \\d+\\.\\d\\d ms / \\d+\\.\\d\\d ms";

    @TempDir
    private Path directory;

    @Test
    void measuresConnectAndFourTransfersAndPrintsThemAtTheEnd() throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.run(
                JMeterProcess.example("speed-test.jmx"),
                directory,
                Results.with(
                        "btest.duration=1",
                        "btest.connects=3",
                        "btest.connections=2",
                        "btest.udpPortsFrom=" + Ports.udpPortsFrom()))) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows)
                    .filteredOn(row -> !row.isInterval())
                    .extracting(Row::label)
                    .containsExactly("connect", "tcp-download", "tcp-upload", "udp-download", "udp-upload");
            assertThat(rows.get(0).bytes()).as("a connect carries no data").isZero();
            assertThat(jmeter.output().lines().map(String::strip))
                    .contains("Speed test of 127.0.0.1 port " + port(jmeter))
                    .anyMatch(line -> line.matches("connect" + TIMES))
                    .anyMatch(line -> line.matches("jitter" + TIMES))
                    .anyMatch(line -> line.matches("tcp-download: rx .*bit/s, tx 0 bit/s.*"))
                    .anyMatch(line -> line.matches("tcp-upload: rx 0 bit/s, tx .*bit/s.*"))
                    .anyMatch(line -> line.matches("udp-download: rx .*bit/s, tx 0 bit/s, lost .*"))
                    .anyMatch(line -> line.matches("udp-upload: rx 0 bit/s, tx .*bit/s.*"));
        }
    }

    private static String port(JMeterProcess jmeter) throws InterruptedException {
        String listening = jmeter.awaitLine("listens on");
        return listening.substring(listening.lastIndexOf(':') + 1);
    }
}
