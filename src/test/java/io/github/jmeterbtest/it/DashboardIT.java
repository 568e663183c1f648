package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.it.CsvResults.Row;
import io.github.jmeterbtest.protocol.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.commons.lang3.StringUtils;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads and loops in a real JMeter, and the HTML report of them by jmx-examples/btest-dashboard.properties. */
class DashboardIT {
    private static final Map<String, String> GRAPHS = Map.of(
            "custom_btestRx",
            "btest_rx_mbps",
            "custom_btestTx",
            "btest_tx_mbps",
            "custom_btestUdpLoss",
            "btest_lost_packets");
    private static final Offset<Double> ROUNDING = within(1e-6);

    @TempDir
    private Path directory;

    @Test
    void threadsAndLoopsMultiplyTheTestsAndTheReportAddsThemUp() throws Exception {
        Path report = directory.resolve("report");
        List<String> options = List.of(
                "-q", JMeterProcess.example("btest-dashboard.properties").toString(), "-e", "-o", report.toString());
        try (BandwidthServer server =
                        BandwidthServer.start(ServerOptions.builder().port(0).build());
                JMeterProcess jmeter = JMeterProcess.run(
                        JMeterProcess.example("bandwidth-test.jmx"),
                        directory,
                        options,
                        "btest.port=" + server.address().getPort(),
                        "btest.threads=3",
                        "btest.loops=2",
                        "btest.duration=1",
                        "btest.direction=both",
                        "btest.localTxSpeed=10M",
                        "btest.remoteTxSpeed=20M")) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = CsvResults.read(jmeter.results());
            assertThat(rows).allMatch(Row::successful, "is successful");
            assertThat(rows).filteredOn(row -> !row.isInterval()).hasSize(6);
            assertThat(jmeter.output()).contains("OK 6");
            for (Map.Entry<String, String> graph : GRAPHS.entrySet()) {
                assertHolds(
                        onlyLine(DashboardGraphs.of(report, "customGraph.js", "response" + graph.getKey())),
                        rows,
                        graph.getValue());
            }
            assertSaysTheSame(report, rows);
            assertSummarySaysTheSame(jmeter.output(), report);
            assertChartSaysTheSame(jmeter.results(), rows);
        }
    }

    /** All tests of the plan have the same name. */
    private static Map<Long, Double> onlyLine(Map<String, Map<Long, Double>> lines) {
        assertThat(lines).hasSize(1);
        return lines.values().iterator().next();
    }

    /** From the file alone, and without our columns: the digits are those of the messages. */
    @Test
    void theReportComesFromAnyResultsFile() throws Exception {
        Path report = directory.resolve("report");
        try (BandwidthServer server =
                        BandwidthServer.start(ServerOptions.builder().port(0).build());
                JMeterProcess jmeter = JMeterProcess.run(
                        JMeterProcess.example("bandwidth-test.jmx"),
                        directory,
                        "btest.port=" + server.address().getPort(),
                        "btest.duration=1",
                        "btest.remoteTxSpeed=20M")) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            try (JMeterProcess generator = JMeterProcess.report(
                    jmeter.results(), directory, JMeterProcess.example("btest-dashboard.properties"), report)) {
                assertThat(generator.awaitEnd()).as(generator.output()).isZero();
            }
        }
        JsonNode test = json(report).at("/tests/0");
        assertThat(test.get("passed").asBoolean()).isTrue();
        assertThat(test.get("rx").asDouble()).isBetween(1e6, 30e6);
        assertThat(test.has("protocol")).isFalse();
        assertThat(dataOfPage(report)).isEqualTo(json(report));
    }

    private static JsonNode json(Path report) throws IOException {
        return new ObjectMapper().readTree(report.resolve("bandwidth.json").toFile());
    }

    /** The page shows the data that it holds; ReportPageIT looks at what it makes of them. */
    private static JsonNode dataOfPage(Path report) throws IOException {
        String page = Files.readString(report.resolve("bandwidth.html"));
        return new ObjectMapper()
                .readTree(StringUtils.substringBetween(page, "type=\"application/json\">", "</script>"));
    }

    private static void assertSummarySaysTheSame(String console, Path report) throws IOException {
        String row = console.lines()
                .filter(line -> line.contains("OK 6"))
                .findFirst()
                .orElseThrow();
        JsonNode tests = json(report).get("tests");
        assertThat(row).containsSubsequence(Rate.format(average(tests, "rx")), Rate.format(average(tests, "tx")));
    }

    private static double average(JsonNode tests, String way) {
        return StreamSupport.stream(tests.spliterator(), false)
                .mapToDouble(test -> test.get(way).asDouble())
                .average()
                .orElseThrow();
    }

    /** Rate by time is the data of the rows. */
    private void assertChartSaysTheSame(Path results, List<Row> rows) throws Exception {
        try (JMeterProcess chart = JMeterProcess.chartOf(results, directory)) {
            assertThat(chart.awaitEnd()).as(chart.output()).isZero();
            double megabits = chart.output()
                    .lines()
                    .map(line -> line.split(",", -1))
                    .filter(point -> point.length == 8
                            && point[1].equals(rows.get(0).label().replace(": interval", "")))
                    .mapToDouble(point -> Double.parseDouble(point[2]) * Double.parseDouble(point[3]))
                    .sum();
            double received = rows.stream()
                    .filter(Row::isInterval)
                    .mapToDouble(row -> row.number("btest_rx_mbps") * row.elapsed() / 1e3)
                    .sum();
            assertThat(megabits).as(chart.output()).isCloseTo(received, withinPercentage(0.1));
        }
    }

    private static void assertSaysTheSame(Path report, List<Row> rows) throws IOException {
        assertThat(dataOfPage(report)).isEqualTo(json(report));
        JsonNode tests = json(report).get("tests");
        List<Row> finals = rows.stream().filter(row -> !row.isInterval()).toList();
        assertThat(tests).hasSameSizeAs(finals);
        for (int i = 0; i < finals.size(); i++) {
            JsonNode test = tests.get(i);
            Row row = finals.get(i);
            List<Row> intervals = rows.stream()
                    .filter(each -> each.isInterval()
                            && each.columns()
                                    .get("threadName")
                                    .equals(test.get("thread").asText()))
                    .filter(each -> each.end() <= row.end() && each.end() > row.end() - row.elapsed())
                    .toList();
            assertThat(test.get("name").asText()).isEqualTo(row.label());
            assertThat(test.get("rx").asDouble()).isCloseTo(row.number("btest_avg_rx_mbps") * 1e6, within(1.0));
            assertThat(test.get("tx").asDouble()).isCloseTo(row.number("btest_avg_tx_mbps") * 1e6, within(1.0));
            assertThat(test.get("direction").asText()).isEqualTo("both");
            assertThat(test.get("intervals")).hasSameSizeAs(intervals);
            assertThat(test.get("rxBytes").asLong())
                    .isEqualTo(row.bytes()
                            + intervals.stream().mapToLong(Row::bytes).sum());
        }
        assertThat(report.resolve("bandwidth-junit.xml"))
                .content()
                .contains("tests=\"" + finals.size() + "\" failures=\"0\"");
    }

    private static void assertHolds(Map<Long, Double> graph, List<Row> rows, String variable) {
        List<Row> intervals = rows.stream().filter(Row::isInterval).toList();
        boolean rate = variable.endsWith("_mbps");
        double total = intervals.stream()
                .mapToDouble(row -> row.number(variable) * (rate ? row.elapsed() / 1e3 : 1))
                .sum();
        assertThat(total > 0).as(variable + " is something").isEqualTo(rate);
        assertThat(graph.values().stream().mapToDouble(Double::doubleValue).sum())
                .as(variable)
                .isCloseTo(total, ROUNDING);
        if (intervals.stream()
                .allMatch(row -> row.elapsed() == 1_000)) { // else a stalled machine, or a last piece of a second
            Map<Long, Double> perSecond = intervals.stream()
                    .collect(Collectors.groupingBy(
                            row -> row.end() / 1_000 * 1_000,
                            TreeMap::new,
                            Collectors.summingDouble(row -> row.number(variable))));
            assertThat(graph).as(variable).containsOnlyKeys(perSecond.keySet());
            perSecond.forEach((second, value) ->
                    assertThat(graph.get(second)).as(variable).isCloseTo(value, ROUNDING));
        }
    }
}
