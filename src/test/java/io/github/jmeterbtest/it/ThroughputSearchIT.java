package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.jmeterbtest.it.Results.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/rfc2544.jmx in a real JMeter, at rates that any machine can do. */
class ThroughputSearchIT {
    @TempDir
    private Path directory;

    private JMeterProcess search(String... properties) throws Exception {
        return JMeterProcess.run(
                JMeterProcess.example("rfc2544.jmx"),
                directory,
                Results.with(
                        "btest.packetSizes=512,1518",
                        "btest.highestRate=1M",
                        "btest.shortTrial=0.2",
                        "btest.finalTrial=0.4",
                        "btest.pause=0",
                        "btest.udpPortsFrom=" + Ports.udpPortsFrom(),
                        properties[0],
                        properties[1]));
    }

    @Test
    void findsTheHighestRateAndPrintsTheTable() throws Exception {
        Path table = directory.resolve("table.csv");
        try (JMeterProcess jmeter = search("btest.csvFile=" + table, "btest.minRate=200k")) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows)
                    .extracting(Row::label)
                    .contains("Throughput: 512", "Throughput: 1518", "Throughput: 1518: interval")
                    .endsWith("Throughput");
            assertThat(jmeter.output()).containsPattern(" 1518: NDR \\S+ [kM]bit/s \\d+ pps .*, PDR 0.5 % ");
            assertThat(Files.readAllLines(table)).hasSize(5);
            assertThat(VerdictProcess.of(directory, jmeter.results(), "--tests", "1"))
                    .singleElement(as(STRING))
                    .matches("1 test, 0 failed \\(\\d+ search trials? not counted\\)");
        }
    }

    @Test
    void failsWhereTheMinimumRateIsNotShown() throws Exception {
        try (JMeterProcess jmeter = search("btest.minRate=200k", "btest.maxTrials=1")) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            assertThat(Results.read(jmeter.results()))
                    .filteredOn(row -> !row.successful())
                    .extracting(Row::label)
                    .containsExactly("Throughput");
            assertThat(jmeter.output())
                    .as("the table has the search too")
                    .containsPattern(
                            "(?m)^Throughput +FAILED .*\\R +512: NDR .*\\R +1518: NDR .*\\R +not finished\\R.*but the search is not finished");
            assertThat(jmeter.results())
                    .content()
                    .containsPattern(
                            "packets of 1518 bytes, NDR: wanted at least 200 kbit/s, measured (nothing|\\S+ [kM]bit/s) so far, but the search is not finished");
        }
    }
}
