package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jmeterbtest.it.Results.Row;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/loopback.jmx in a real JMeter. */
class LoopbackIT {
    private static final List<String> TESTS = List.of(
            "TCP receive",
            "TCP transmit",
            "TCP both",
            "UDP receive",
            "UDP transmit",
            "UDP both",
            "TCP receive with MD5",
            "TCP receive with EC-SRP5",
            "TCP both with 4 connections");

    @Test
    void everyTestHasARowASecondAndRowsThatAddUp(@TempDir Path directory) throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.run(
                JMeterProcess.example("loopback.jmx"),
                directory,
                Results.with("btest.duration=2", "btest.udpPortsFrom=" + Ports.udpPortsFrom()))) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows)
                    .filteredOn(row -> !row.isInterval())
                    .extracting(Row::label)
                    .containsExactlyElementsOf(TESTS);
            for (String test : TESTS) {
                List<Row> ofTest = rows.stream()
                        .filter(row -> row.label().equals(test) || row.label().equals(test + ": interval"))
                        .toList();
                assertAddsUp(test, ofTest);
                assertThat(jmeter.output().lines())
                        .as("a line a second, and a row at the end")
                        .filteredOn(line -> line.matches("(\\d\\d:\\d\\d:\\d\\d  )?" + test + "  .*bit/s.*"))
                        .hasSize(3);
            }
        }
    }

    @Test
    void runsOverIpv6(@TempDir Path directory) throws Exception {
        try (JMeterProcess jmeter = JMeterProcess.run(
                JMeterProcess.example("loopback.jmx"),
                directory,
                Results.with("btest.duration=1", "btest.host=::1", "btest.udpPortsFrom=" + Ports.udpPortsFrom()))) {
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows)
                    .filteredOn(row -> !row.isInterval())
                    .extracting(Row::label)
                    .containsExactlyElementsOf(TESTS);
            assertThat(rows.get(1).json().at("/peer").asText()).startsWith("[");
        }
    }

    private static void assertAddsUp(String test, List<Row> rows) throws Exception {
        assertThat(rows).as(test).extracting(Row::isInterval).containsExactly(true, true, false);
        JsonNode json = rows.get(2).json();
        assertThat(Results.bytes(rows))
                .as(test)
                .isEqualTo(json.at("/total/rxBytes").asLong());
        assertThat(Results.sentBytes(rows))
                .as(test)
                .isEqualTo(json.at("/total/txBytes").asLong());
        assertThat(json.at("/authentication").asText())
                .isEqualTo(test.contains("MD5") ? "md5" : test.contains("EC-SRP5") ? "ec-srp5" : "none");
        assertThat(json.at("/connections").asInt()).isEqualTo(test.contains("4 connections") ? 4 : 1);
        assertThat(rows.get(2).elapsed()).as("a final row lasts the whole test").isGreaterThanOrEqualTo(2_000);
        for (Row interval : rows.subList(0, 2)) {
            assertThat(interval.bytes() > 0).as(test + " received").isEqualTo(!test.contains("transmit"));
            assertThat(interval.sentBytes() > 0).as(test + " sent").isEqualTo(!test.contains("receive"));
        }
        assertThat(rows.get(1).end() - rows.get(1).elapsed())
                .as("stamped one behind the other")
                .isEqualTo(rows.get(0).end());
        assertThat(rows.get(0).elapsed() + rows.get(1).elapsed())
                .as("ms in both seconds")
                .isGreaterThanOrEqualTo(2_000);
    }

    @Test
    void aServerThatCannotListenIsOneFailedRowAndTheEnd(@TempDir Path directory) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                JMeterProcess jmeter = JMeterProcess.run(
                        JMeterProcess.example("loopback.jmx"),
                        directory,
                        Results.with("btest.md5Port=" + taken.getLocalPort()))) {
            assertThat(jmeter.output()).contains("md5 cannot start", "port " + taken.getLocalPort(), "free port");
            List<Row> rows = Results.read(jmeter.results());
            assertThat(rows)
                    .extracting(Row::label, Row::code, Row::successful)
                    .containsExactly(tuple("md5", "BIND_FAILED", false));
            assertThat(rows.get(0).message()).contains("port " + taken.getLocalPort());
        }
    }
}
