package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.it.CsvResults.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** jmx-examples/grafana.jmx in a real JMeter: what its backend listeners send is what the JTL holds. */
class GrafanaIT {
    private static final String INFLUX_INTERVAL =
            "jmeter,application=btest,transaction=Bandwidth\\ test\\ 1:\\ interval,statut=all ";
    private static final String RAW_INTERVAL = "samples,status=ok,transaction=Bandwidth\\ test\\ 1:\\ interval,";
    private static final String GRAPHITE_INTERVAL = "jmeter.Bandwidth-test-1:-interval.";
    private static final int SECONDS = 3;

    @TempDir
    private Path directory;

    @Test
    void influxdbAndGraphiteGetEverySecondOnce() throws Exception {
        Path plan = Files.writeString(
                directory.resolve("both.jmx"),
                Files.readString(JMeterProcess.example("grafana.jmx"))
                        .replace("testname=\"Graphite\" enabled=\"false\"", "testname=\"Graphite\"")
                        .replace("latency\" enabled=\"false\"", "latency\""));
        List<String> options =
                List.of("-q", JMeterProcess.example("grafana.properties").toString());
        try (MetricsServer influxdb = MetricsServer.influxdb();
                MetricsServer graphite = MetricsServer.graphite();
                JMeterProcess jmeter = JMeterProcess.start(
                        plan,
                        directory,
                        options,
                        "btest.duration=600",
                        "btest.latencyProbes=100",
                        "grafana.influxdbUrl=http://127.0.0.1:" + influxdb.port() + "/write?db=jmeter",
                        "grafana.graphitePort=" + graphite.port(),
                        "btest.udpPortsFrom=" + Ports.udpPortsFrom())) {
            influxdb.await(SECONDS, line -> line.startsWith(INFLUX_INTERVAL));
            influxdb.await(SECONDS, line -> line.startsWith(RAW_INTERVAL));
            graphite.await(SECONDS, line -> line.startsWith(GRAPHITE_INTERVAL + "rb.bytes "));
            jmeter.control("StopTestNow");
            assertThat(jmeter.awaitEnd()).as(jmeter.output()).isZero();

            List<Row> intervals = CsvResults.read(jmeter.results()).stream()
                    .filter(Row::isInterval)
                    .toList();
            assertThat(intervals).hasSizeGreaterThanOrEqualTo(SECONDS);
            assertInfluxdbGot(influxdb.allLines(), intervals);
            assertInfluxdbGotLatency(influxdb.allLines(), intervals);
            assertGraphiteGot(graphite.allLines(), intervals);
        }
    }

    private static void assertInfluxdbGot(List<String> all, List<Row> intervals) {
        assertThat(all)
                .filteredOn(line -> line.startsWith("events,application=btest,"))
                .as("start and end")
                .hasSize(2);
        assertThat(all)
                .anyMatch(line ->
                        line.matches("jmeter,application=btest,transaction=internal .*startedT=1,endedT=0 \\d+"));
        assertThat(all)
                .anyMatch(
                        line -> line.startsWith(
                                "jmeter,application=btest,transaction=Bandwidth\\ test\\ 1,responseCode=STOPPED,responseMessage="));
        List<String> lines =
                all.stream().filter(line -> line.startsWith(INFLUX_INTERVAL)).toList();
        assertThat(lines)
                .allMatch(line -> line.matches("\\S+(?:\\\\ \\S+)* \\S+ \\d{13}000000"), "is line protocol with ns");
        assertThat(lines.stream().mapToLong(line -> (long) field(line, "count")).sum())
                .isEqualTo(intervals.size());
        assertThat(lines.stream().mapToLong(line -> (long) field(line, "rb")).sum())
                .isEqualTo(sum(intervals, Row::bytes))
                .isPositive();
        assertThat(lines.stream().mapToLong(line -> (long) field(line, "sb")).sum())
                .isEqualTo(sum(intervals, Row::sentBytes))
                .isPositive();
        assertThat(lines.stream()
                        .mapToDouble(line -> field(line, "count") * field(line, "avg"))
                        .sum())
                .as("ms, by which Grafana divides")
                .isCloseTo((double) sum(intervals, Row::elapsed), within(1e-6));
    }

    /** The raw client does not wait at the end until all has been sent. */
    private static void assertInfluxdbGotLatency(List<String> all, List<Row> intervals) {
        List<Long> connects =
                intervals.stream().limit(SECONDS).map(Row::connectMillis).toList();
        assertThat(connects).as("ms, of whole seconds with probes").allMatch(millis -> millis > 0);
        assertThat(all.stream()
                        .filter(line -> line.startsWith(RAW_INTERVAL))
                        .limit(SECONDS)
                        .map(line -> (long) field(line, "connectTime")))
                .containsExactlyElementsOf(connects);
    }

    private static void assertGraphiteGot(List<String> all, List<Row> intervals) {
        assertThat(all).allMatch(line -> line.matches("\\S+ \\S+ \\d{10}"), "is a plain text line of Graphite");
        assertThat(graphiteSum(all, "a.count")).isEqualTo(intervals.size());
        assertThat(graphiteSum(all, "rb.bytes")).isEqualTo(sum(intervals, Row::bytes));
        assertThat(graphiteSum(all, "sb.bytes")).isEqualTo(sum(intervals, Row::sentBytes));
    }

    private static long graphiteSum(List<String> all, String metric) {
        return all.stream()
                .filter(line -> line.startsWith(GRAPHITE_INTERVAL + metric + ' '))
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[1]))
                .sum();
    }

    private static double field(String line, String name) {
        Matcher field = Pattern.compile("[ ,]" + name + "=([\\d.]+)").matcher(line);
        assertThat(field.find()).as("%s in %s", name, line).isTrue();
        return Double.parseDouble(field.group(1));
    }

    private static long sum(List<Row> rows, ToLongFunction<Row> column) {
        return rows.stream().mapToLong(column).sum();
    }
}
