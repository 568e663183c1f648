package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.jmeterbtest.it.CsvResults.Row;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Intervals inside the final sample: in a real JMeter's files, in its HTML report and in a chart of its files. */
class SubResultsIT {
    /** A row of an interval has its nominal time, and a rate of four digits. */
    private static final Percentage ROUNDING = withinPercentage(3);

    @TempDir
    private Path directory;

    private Path plan;

    @BeforeEach
    void write() throws Exception {
        plan = Plan.write(
                directory,
                Plan.element(
                        "BandwidthServerConfig",
                        "server",
                        "BandwidthServer",
                        "port",
                        "0",
                        "udpPortsFrom",
                        Integer.toString(Ports.udpPortsFrom())),
                Plan.element(
                        "BandwidthTestSampler",
                        "Uplink",
                        "BandwidthTest",
                        "server",
                        "127.0.0.1",
                        "port",
                        "${btest_server_port}",
                        "protocol",
                        "udp",
                        "direction",
                        "both",
                        "duration",
                        "3",
                        "localTxSpeed",
                        "1M",
                        "remoteTxSpeed",
                        "2M",
                        "intervalReporting",
                        "sub-results"));
    }

    @Test
    void aCsvFileItsReportAndItsChartCountOnce() throws Exception {
        Path report = directory.resolve("report");
        List<String> options = List.of(
                "-q", JMeterProcess.example("btest-dashboard.properties").toString(), "-e", "-o", report.toString());
        try (JMeterProcess jmeter = JMeterProcess.run(plan, directory, options)) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Row> rows = CsvResults.read(jmeter.results());
            List<Row> intervals = rows.stream().filter(Row::isInterval).toList();
            Row whole = rows.get(0);
            assertThat(rows)
                    .as("JMeter writes what is inside behind the sample")
                    .hasSize(1 + intervals.size());
            assertThat(intervals)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .allSatisfy(row -> assertThat(row.bytes() + row.sentBytes())
                            .as("the final sample has them")
                            .isZero());
            double seconds = intervals.stream().mapToLong(Row::elapsed).sum() / 1e3;
            assertThat(whole.bytes() * 8 / seconds / 1e6).isCloseTo(whole.number("btest_avg_rx_mbps"), ROUNDING);

            assertThat(sum(DashboardGraphs.of(report, "graph.js", "bytesThroughputOverTime")
                            .get("Bytes received per second")
                            .values()))
                    .as("JMeter's own graph")
                    .isEqualTo((double) whole.bytes());
            Collection<Double> drawn = DashboardGraphs.of(report, "customGraph.js", "responsecustom_btestRx")
                    .values()
                    .iterator()
                    .next()
                    .values();
            assertThat(drawn).as("each interval has its point").hasSizeGreaterThanOrEqualTo(3);
            assertThat(sum(drawn)).isCloseTo(whole.bytes() * 8 / 1e6, ROUNDING);
            assertChart(jmeter.results(), whole.bytes(), whole.sentBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anXmlFileAndItsChartCountOnce(boolean withJson) throws Exception {
        String[] properties = withJson ? Results.with() : new String[] {"jmeter.save.saveservice.output_format=xml"};
        try (JMeterProcess jmeter = JMeterProcess.run(plan, directory, properties)) {
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();
            List<Results.Row> rows = Results.read(jmeter.results());
            Results.Row whole = rows.get(0);
            assertThat(rows).hasSizeGreaterThanOrEqualTo(4);
            assertThat(Results.bytes(rows)).isEqualTo(whole.bytes()).isPositive();
            assertThat(Results.sentBytes(rows)).isEqualTo(whole.sentBytes()).isPositive();
            if (withJson) {
                JsonNode json = whole.json();
                assertThat(whole.bytes()).isEqualTo(json.at("/total/rxBytes").asLong());
            }
            assertChart(jmeter.results(), whole.bytes(), whole.sentBytes());
        }
    }

    private void assertChart(Path results, long bytes, long sentBytes) throws Exception {
        try (JMeterProcess chart = JMeterProcess.chartOf(results, directory)) {
            assertThat(chart.awaitEnd()).as(chart.output()).isZero();
            List<String[]> points = chart.output()
                    .lines()
                    .filter(line -> line.contains(",(sum),"))
                    .map(line -> line.split(",", -1))
                    .toList();
            assertThat(points).as(chart.output()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(megabits(points, 3)).as(chart.output()).isCloseTo(bytes * 8 / 1e6, ROUNDING);
            assertThat(megabits(points, 4)).as(chart.output()).isCloseTo(sentBytes * 8 / 1e6, ROUNDING);
        }
    }

    private static double megabits(List<String[]> points, int column) {
        return points.stream()
                .mapToDouble(point -> Double.parseDouble(point[2]) * Double.parseDouble(point[column]))
                .sum();
    }

    private static double sum(Collection<Double> points) {
        return points.stream().mapToDouble(Double::doubleValue).sum();
    }
}
