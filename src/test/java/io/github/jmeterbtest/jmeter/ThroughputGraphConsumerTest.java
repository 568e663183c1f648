package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jmeter.report.core.Sample;
import org.apache.jmeter.report.core.SampleException;
import org.apache.jmeter.report.core.SampleMetadata;
import org.apache.jmeter.report.processor.ListResultData;
import org.apache.jmeter.report.processor.MapResultData;
import org.apache.jmeter.report.processor.ResultData;
import org.apache.jmeter.report.processor.SampleContext;
import org.apache.jmeter.report.processor.ValueResultData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What JMeter's HTML report draws of made-up rows of a JTL file. */
class ThroughputGraphConsumerTest {
    /** Begins in the middle of a second, as tests do. */
    private static final long T0 = 1_700_000_000_345L;

    private static final long FIRST = 1_700_000_001_000L;
    private static final String SUM = "all tests together";

    private final ThroughputGraphConsumer graph = new ThroughputGraphConsumer();
    private SampleMetadata columns;
    private long row;

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private void start(String variable) {
        start(variable, "timeStamp", "elapsed", "label", "responseMessage", "threadName", '"' + variable + '"');
    }

    private void start(String variable, String... names) {
        columns = new SampleMetadata(',', names);
        graph.setName("graph");
        graph.setTitle("Some graph");
        graph.setSampleContext(new SampleContext());
        graph.setSampleVariableName(variable);
        graph.initialize();
        graph.setConsumedMetadata(columns, 0);
        graph.startConsuming();
    }

    private void row(long start, long elapsed, String thread, String value) {
        row(start, elapsed, "Uplink: interval", "whatever it says", thread, value);
    }

    private void row(long start, long elapsed, String label, String message, String thread, String value) {
        graph.consume(
                new Sample(row++, columns, Long.toString(start), Long.toString(elapsed), label, message, thread, value),
                0);
    }

    private void row(long start, long elapsed, double value) {
        row(start, elapsed, "Tests 1-1", Double.toString(value));
    }

    /** {@return the points of the sum, or of the only test, epoch ms to value} */
    private Map<Long, Double> points() {
        Map<String, Map<Long, Double>> lines = lines();
        return lines.size() == 1 ? lines.values().iterator().next() : lines.get(SUM);
    }

    /** {@return the points of each line, epoch ms to value} */
    private Map<String, Map<Long, Double>> lines() {
        graph.stopConsuming();
        MapResultData result =
                (MapResultData) graph.getSampleContext().getData().get("graph");
        Map<String, Map<Long, Double>> lines = new TreeMap<>();
        for (ResultData each : (ListResultData) result.getResult("series")) {
            MapResultData series = (MapResultData) each;
            Map<Long, Double> points = new TreeMap<>();
            for (ResultData point : (ListResultData) series.getResult("data")) {
                points.put((long) number(point, 0), number(point, 1));
            }
            lines.put((String) ((ValueResultData) series.getResult("label")).getValue(), points);
        }
        return lines;
    }

    private static double number(ResultData point, int index) {
        return (Double) ((ValueResultData) ((ListResultData) point).get(index)).getValue();
    }

    @Test
    void withSecondsEachPointIsWhatTheRowSays() {
        start("btest_rx_mbps");
        row(T0, 1000, 941.234);
        row(T0 + 1000, 1000, 0);
        row(T0 + 2000, 1000, 700);
        assertThat(points())
                .containsExactly(entry(FIRST, 941.234), entry(FIRST + 1000, 0.0), entry(FIRST + 2000, 700.0));
    }

    @Test
    void testsOfSeveralThreadsAreAddedUp() {
        start("btest_tx_mbps");
        row(T0, 1000, "Tests 1-1", "100");
        row(T0 + 300, 1000, "Tests 1-2", "200");
        row(T0 + 1000, 1000, "Tests 1-1", "110");
        row(T0 + 1300, 1000, "Tests 1-2", "220");
        assertThat(points()).containsExactly(entry(FIRST, 300.0), entry(FIRST + 1000, 330.0));
    }

    @Test
    void latenciesAreAveragedAndHaveNoSum() {
        start("btest_rtt_ms");
        row(T0, 1000, "North: interval", "", "1-1", "10");
        row(T0, 1000, "North: interval", "", "1-2", "30");
        row(T0, 1000, "South: interval", "", "1-3", "5");
        assertThat(lines()).containsOnly(entry("North", Map.of(FIRST, 20.0)), entry("South", Map.of(FIRST, 5.0)));
    }

    @Test
    void aLatencyWithoutAProbeIsNoPointAndAShortIntervalIsNoDip() {
        start("btest_rtt_ms");
        String said = "rx 20.0 Mbit/s, tx 0 bit/s, lost 0";
        row(T0, 1000, "North: interval", said + ", rtt 10.0 ms", "1-1", "null");
        row(T0 + 1000, 1000, "North: interval", said + ", rtt unknown", "1-1", "null");
        row(T0 + 2000, 1000, "North: interval", said, "1-1", "null");
        row(T0 + 3000, 300, "North: interval", said + ", rtt 40.0 ms", "1-1", "null");
        assertThat(points()).containsExactly(entry(FIRST, 10.0), entry(FIRST + 3000, 40.0));
    }

    @Test
    void eachTestHasALineAndTheirSumTheLast() {
        start("btest_rx_mbps");
        for (String name : new String[] {"North", "South", "North"}) {
            row(T0, 1000, name + ": interval", "", name + row, "100");
        }
        assertThat(lines())
                .containsOnly(
                        entry("North", Map.of(FIRST, 200.0)),
                        entry("South", Map.of(FIRST, 100.0)),
                        entry(SUM, Map.of(FIRST, 300.0)));
    }

    @Test
    void aTestWithTheNameOfTheSumIsNotAddedToIt() {
        start("btest_rx_mbps");
        row(T0, 1000, SUM + ": interval", "", "Tests 1-1", "100");
        row(T0, 1000, "South: interval", "", "Tests 1-2", "200");
        assertThat(lines())
                .containsEntry(SUM, Map.of(FIRST, 100.0))
                .containsEntry("sum of " + SUM, Map.of(FIRST, 300.0));
    }

    @Test
    void aFleetHasOnlyTheSum() {
        start("btest_rx_mbps");
        for (int i = 0; i < 500; i++) {
            row(T0, 1000, "r" + i + ": interval", "", "Tests 1-" + i, "2");
        }
        assertThat(lines()).containsExactly(entry(SUM, Map.of(FIRST, 1000.0)));
    }

    @Test
    void sessionsThatOneThreadReportsAfterEachOtherButRanAtOnceAreAddedUp() {
        start("btest_rx_mbps");
        row(T0, 1000, 100);
        row(T0 + 1000, 1000, 100);
        row(T0 + 100, 1000, 50);
        row(T0 + 1100, 1000, 50);
        assertThat(points()).containsExactly(entry(FIRST, 150.0), entry(FIRST + 1000, 150.0));
    }

    @Test
    void aTestThatFollowsAnotherIsDrawnBehindIt() {
        start("btest_rx_mbps");
        row(T0, 1000, 100);
        row(T0 + 1040, 1000, 200);
        assertThat(points()).containsExactly(entry(FIRST, 100.0), entry(FIRST + 1000, 200.0));
    }

    @ParameterizedTest
    @CsvSource({"20", "200", "300", "999", "1000", "1500", "2000", "5000"})
    void aConstantRateIsFlatWhateverTheInterval(long interval) {
        start("btest_rx_mbps");
        for (long at = 0; at < 30_000; at += interval) {
            row(T0 + at, Math.min(interval, 30_000 - at), 100);
        }
        Map<Long, Double> points = points();
        assertThat(points).hasSize(30);
        assertThat(points.values()).allSatisfy(value -> assertThat(value).isCloseTo(100, within(1e-6)));
    }

    @Test
    void whatATestMovedIsDrawnOnceEvenIfItsIntervalsAreUneven() {
        start("btest_rx_mbps");
        row(T0, 2700, 100);
        row(T0 + 2700, 300, 50);
        row(T0 + 3000, 401, 1000);
        Map<Long, Double> points = points();
        assertThat(points).containsOnlyKeys(FIRST, FIRST + 1000, FIRST + 2000, FIRST + 3000);
        assertThat(points.get(FIRST + 2000)).as("of both intervals in it").isCloseTo(85, within(1e-6));
        assertThat(points.values().stream().mapToDouble(Double::doubleValue).sum())
                .as("Mbit in all")
                .isCloseTo(270 + 15 + 401, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(longs = {500, 1000, 10_000, 60_000})
    void theAreaBelowTheGraphIsTheSameAtEveryGranularity(long granularity) {
        graph.setGranularity(granularity);
        start("btest_tx_mbps");
        for (int second = 0; second < 20; second++) {
            row(T0 + second * 1000L, 1000, second);
        }
        double sum = points().values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(sum * granularity / 1000).as("Mbit in all").isCloseTo(190, within(1e-6));
    }

    @Test
    void lostPacketsAreCountedPerSecond() {
        start("btest_lost_packets");
        for (int i = 0; i < 10; i++) {
            row(T0 + i * 200L, 200, "Tests 1-1", i < 5 ? "3" : "1");
        }
        row(T0 + 2000, 0, "Tests 1-1", "7");
        assertThat(points()).containsExactly(entry(FIRST, 15.0), entry(FIRST + 1000, 5.0), entry(FIRST + 2000, 7.0));
    }

    @Test
    void rowsWithoutTheVariableMakeNoPoint() {
        start("btest_rx_mbps");
        row(T0, 1000, 100);
        row(T0 - 20, 1030, "Uplink", "rx 200.0 Mbit/s, tx 0 bit/s, lost 0", "Tests 1-1", "null");
        row(T0, 50, "Poll: interval", "OK", "Others 1-1", "");
        assertThat(points()).containsExactly(entry(FIRST, 100.0));
    }

    @ParameterizedTest
    @CsvSource({"btest_rx_mbps, 100, 90", "btest_tx_mbps, 20, 30", "btest_lost_packets, 3, 4"})
    void anIntervalWithoutVariablesIsDrawnByItsMessage(String variable, double first, double second) {
        start(variable);
        row(T0, 1000, "Uplink: interval", "rx 100.0 Mbit/s, tx 20.0 Mbit/s, lost 3", "Tests 1-1", "null");
        row(T0 + 1000, 1000, "Uplink: interval", "rx 90.0 Mbit/s, tx 30.0 Mbit/s, lost 4", "Tests 1-1", "null");
        assertThat(points()).containsExactly(entry(FIRST, first), entry(FIRST + 1000, second));
    }

    /** Half a sum would look like a dip; a test whose peer keeps quiet for a second keeps its place, too. */
    @Test
    void whatOneOfTheTestsDoesNotKnowNobodyKnows() {
        start("btest_tx_mbps");
        String unknown = "rx 0 bit/s, tx unknown, lost 0";
        for (long i = 0; i < 6; i++) {
            row(T0 + i * 1500, 1500, "North: interval", "rx 0 bit/s, tx 20.0 Mbit/s, lost 0", "Tests 1-1", "20");
            row(T0 + i * 1500, 1500, "South: interval", unknown, "Tests 1-2", i == 3 ? "null" : "10");
        }
        assertThat(points())
                .containsOnlyKeys(
                        FIRST, FIRST + 1000, FIRST + 2000, FIRST + 3000, FIRST + 6000, FIRST + 7000, FIRST + 8000)
                .allSatisfy((second, value) -> assertThat(value).isCloseTo(30, within(1e-6)));
    }

    @Test
    void resultsWithoutMessagesAreDrawnToo() {
        start("btest_rx_mbps", "timeStamp", "elapsed", "label", "threadName", "\"btest_rx_mbps\"");
        graph.consume(new Sample(0, columns, Long.toString(T0), "1000", "Uplink: interval", "1-1", "null"), 0);
        graph.consume(new Sample(1, columns, Long.toString(T0 + 1000), "1000", "Uplink: interval", "1-1", "70"), 0);
        assertThat(points()).containsExactly(entry(FIRST + 1000, 70.0));
    }

    @Test
    void resultsWithoutTheColumnAreRefused() {
        start("btest_rx_mbps");
        graph.setConsumedMetadata(new SampleMetadata(',', "timeStamp", "elapsed", "label"), 0);
        assertThatThrownBy(graph::startConsuming)
                .isInstanceOf(SampleException.class)
                .hasMessageContainingAll(
                        "Some graph", "\"btest_rx_mbps\"", "sample_variables", "btest-dashboard.properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "-1", "NaN", "Infinity", "1e99"})
    void aValueThatIsNoneIsRefused(String value) {
        start("btest_rx_mbps");
        row(T0, 1000, 1);
        assertThatThrownBy(() -> row(T0, 1000, "Tests 1-1", value))
                .isInstanceOf(SampleException.class)
                .hasMessageContainingAll("Row 1", "btest_rx_mbps");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_000_000_000_001L})
    void aLengthThatNoIntervalHasIsRefused(long elapsed) {
        start("btest_rx_mbps");
        assertThatThrownBy(() -> row(T0, elapsed, 1))
                .isInstanceOf(SampleException.class)
                .hasMessageContaining("elapsed");
    }

    @Test
    void otherVariablesAndNoGranularityAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.setSampleVariableName("btest_local_cpu"))
                .withMessageContainingAll(
                        "btest_local_cpu", "btest_lost_packets, btest_rtt_ms, btest_rx_mbps, btest_tx_mbps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.setGranularity(0))
                .withMessageContaining("granularity: 0");
    }
}
