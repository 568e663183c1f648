package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.it.Results.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bandwidth test as a class of JMeter's Java Request, in a real JMeter. */
class JavaRequestIT {
    @Test
    void runsATestAndTellsNobodyThePassword(@TempDir Path directory) throws Exception {
        Path plan = Plan.write(
                directory,
                Plan.element(
                        "BandwidthServerConfig",
                        "server",
                        "BandwidthServer",
                        "port",
                        "0",
                        "authentication",
                        "md5",
                        "user",
                        "admin",
                        "password",
                        "s3cret"),
                Plan.javaRequest(
                        "server",
                        "127.0.0.1",
                        "port",
                        "${btest_server_port}",
                        "user",
                        "admin",
                        "password",
                        "s3cret",
                        "direction",
                        "transmit",
                        "duration",
                        "1",
                        "interval",
                        "500"));
        try (JMeterProcess jmeter = JMeterProcess.run(plan, directory, Results.with())) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).extracting(Row::label).containsExactly("Java: interval", "Java: interval", "Java");
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows.get(2).json().at("/direction").asText()).isEqualTo("transmit");
            assertThat(Results.sentBytes(rows))
                    .isEqualTo(rows.get(2).json().at("/total/txBytes").asLong())
                    .isPositive();
            assertThat(Files.readString(jmeter.results())
                            + jmeter.output()
                            + Files.readString(directory.resolve("jmeter.log")))
                    .contains("user: admin")
                    .doesNotContain("s3cret");
        }
    }
}
