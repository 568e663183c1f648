package io.github.jmeterbtest.jmeter.sample;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.jmeter.sample.Reports.SECOND;
import static io.github.jmeterbtest.jmeter.sample.Reports.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.TcpPath;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.jmeter.Listening;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.jmeter.threads.JMeterVariables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variables that stay after a test. */
class BtestVariablesTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 2000);

    /** What made-up reports do not know. */
    private static final Set<String> UNKNOWN_TO_REPORTS = Set.of(
            BtestVariables.TOTAL_HOST_DROPPED_PACKETS,
            BtestVariables.TOTAL_TCP_RETRANSMITS,
            BtestVariables.AVERAGE_JITTER_MILLIS,
            BtestVariables.CONGESTION_CONTROL);

    private final Listening jmeter = new Listening();
    private final BtestVariables variables = new BtestVariables(jmeter.variables);

    private static TestReport report(
            Protocol protocol, boolean receives, long connectNanos, List<IntervalReport> intervals) {
        Command command =
                new Command(protocol, receives ? Direction.RECEIVE : Direction.TRANSMIT, false, 0, 1500, 0, 0, 0);
        return new TestReport(
                command,
                receives,
                !receives,
                Authentication.NONE,
                "",
                PEER,
                PEER,
                0,
                0,
                1,
                Instant.EPOCH,
                connectNanos,
                2,
                3,
                UNKNOWN,
                false,
                IntervalReport.UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                null,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                intervals);
    }

    private static IntervalReport datagrams(long received, long lost) {
        return IntervalReports.of(
                0,
                0,
                SECOND,
                received * 1500,
                0,
                received,
                0,
                lost,
                0,
                0,
                UNKNOWN,
                UNKNOWN,
                false,
                UNKNOWN,
                UNKNOWN,
                false,
                false);
    }

    @Test
    void tellsTheLatency() {
        Latency idle = new Latency(10, 0, 0, 900_000, 1_000_000, 1_100_000, 2_000_000);
        Latency loaded = new Latency(20, 1, 2, 20_000_000, 105_700_000, 110_000_000, 1_020_000_000);
        variables.set(second(0, 1, 1).with(loaded));
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_rtt_ms", "105.700")
                .containsEntry("btest_rtt_min_ms", "20.000")
                .containsEntry("btest_rtt_p95_ms", "110.000")
                .containsEntry("btest_rtt_max_ms", "1020.000")
                .containsEntry("btest_rtt_lost", "2");
        variables.set(second(1, 1, 1).with(Latency.unanswered(1)));
        assertThat(jmeter.btestVariables())
                .doesNotContainKeys("btest_rtt_ms", "btest_rtt_max_ms")
                .containsEntry("btest_rtt_lost", "1");
        variables.set(second(2, 1, 1));
        assertThat(jmeter.btestVariables()).doesNotContainKey("btest_rtt_lost");
        variables.set(Reports.of(new LatencyUnderLoad(idle, loaded), List.of(second(0, 1, 1))));
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_rtt_idle_ms", "1.000")
                .containsEntry("btest_rtt_loaded_ms", "105.700")
                .containsEntry("btest_rtt_loaded_p95_ms", "110.000")
                .containsEntry("btest_rtt_increase_ms", "104.700")
                .containsEntry("btest_total_rtt_lost", "2");
    }

    @Test
    void tellsTheWholeTest() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            variables.set(Reports.of(List.of(second(0, 250_000, 125_000), second(1, 125_000, 375_000))));
            List<String> known = BtestVariables.OF_TEST.stream()
                    .filter(name -> !UNKNOWN_TO_REPORTS.contains(name)
                            && !name.startsWith("btest_rtt")
                            && !name.equals(BtestVariables.RTT_TOTAL_LOST))
                    .toList();
            assertThat(jmeter.btestVariables())
                    .containsOnlyKeys(known)
                    .containsEntry("btest_avg_rx_mbps", "1.500")
                    .containsEntry("btest_avg_tx_mbps", "2.000")
                    .containsEntry("btest_min_rx_mbps", "1.000")
                    .containsEntry("btest_min_tx_mbps", "1.000")
                    .containsEntry("btest_total_lost_packets", "6")
                    .containsEntry("btest_loss_percent", "33.333")
                    .containsEntry("btest_connect_ms", "1.500")
                    .containsEntry("btest_auth", "md5");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theSlowestIntervalIsOneThatCountsAndSentIsWhatArrived() {
        variables.set(Reports.of(List.of(
                sent(0, 1_000, UNKNOWN, true),
                sent(1, 500_000, 250_000, false),
                sent(2, 400_000, 375_000, false),
                Reports.interval(3, 3 * SECOND, SECOND / 10, 1, 1))));
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_min_rx_mbps", "4.000")
                .containsEntry("btest_min_tx_mbps", "2.000");
    }

    @Test
    void theJitterOfAnIntervalAndOfTheTestIsSet() {
        IntervalReport interval = IntervalReports.with(TcpPath.NONE, 1_234_000, Reports.second(0, 1, 1));
        variables.set(interval);
        variables.set(Reports.of(List.of(interval)));
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_jitter_ms", "1.234")
                .containsEntry("btest_avg_jitter_ms", "1.234");
    }

    @Test
    void whatTcpKnowsOfAnIntervalIsSet() {
        variables.set(IntervalReports.with(
                new TcpPath(20_400_000, 30_000_000, 5), IntervalReport.UNKNOWN, Reports.second(0, 1, 1)));
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_tcp_rtt_ms", "20.400")
                .containsEntry("btest_tcp_retransmits", "5");
    }

    @Test
    void whatThePeerOwesIsNotSet() {
        variables.set(Reports.owed(0, 250_000, 125_000));
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_rx_mbps", "2.000")
                .doesNotContainKey("btest_tx_mbps");
        variables.set(Reports.of(List.of(Reports.owed(0, 250_000, 125_000), second(1, 250_000, 125_000))));
        assertThat(jmeter.btestVariables()).containsEntry("btest_min_tx_mbps", "1.000");
        variables.set(Reports.of(List.of(Reports.owed(0, 250_000, 125_000))));
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_min_rx_mbps", "2.000")
                .doesNotContainKey("btest_min_tx_mbps");
    }

    private static IntervalReport sent(int index, long bytes, long arrived, boolean omitted) {
        return IntervalReports.of(
                index,
                index * SECOND,
                SECOND,
                omitted ? 0 : 500_000,
                bytes,
                1,
                1,
                0,
                0,
                0,
                UNKNOWN,
                arrived,
                false,
                1,
                1,
                false,
                omitted);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "UDP, true, 99, 1, 1.000",
                "UDP, true, 100, 0, 0.000",
                "UDP, true, 0, 0, -",
                "UDP, false, 0, 0, -",
                "TCP, true, 0, 0, -",
            })
    void lossIsToldWhereDatagramsCame(Protocol protocol, boolean receives, long received, long lost, String percent) {
        variables.set(report(protocol, receives, 1, List.of(datagrams(received, lost))));
        assertThat(jmeter.btestVariables().get("btest_loss_percent")).isEqualTo(percent);
    }

    @Test
    void aServerDoesNotConnect() {
        variables.set(report(Protocol.TCP, true, 0, List.of(second(0, 1, 0))));
        assertThat(jmeter.btestVariables())
                .doesNotContainKey("btest_connect_ms")
                .containsKey("btest_auth");
    }

    @Test
    void nothingStaysForTheNextTest() {
        variables.set(Reports.of(List.of(second(0, 1, 1))));
        new BtestVariables(jmeter.variables).beginTest();
        assertThat(jmeter.btestVariables()).isEmpty();
    }

    /** As in a Parallel Controller. Each would stand in the rows of the other. */
    @Test
    void testsThatShareTheirVariablesAtTheSameTimeSetNone() {
        TestReport report = Reports.of(List.of(second(0, 1, 1)));
        BtestVariables other = new BtestVariables(jmeter.variables);
        variables.beginTest();
        other.beginTest();
        other.set(report);
        other.endTest();
        variables.set(report);
        variables.endTest();
        assertThat(jmeter.btestVariables()).isEmpty();

        BtestVariables after = new BtestVariables(jmeter.variables);
        after.beginTest();
        after.set(report);
        after.endTest();
        assertThat(jmeter.btestVariables()).isNotEmpty();
    }

    @Test
    void testsWithVariablesOfTheirOwnDoNotDisturbEachOther() {
        BtestVariables other = new BtestVariables(new JMeterVariables());
        variables.beginTest();
        other.beginTest();
        variables.set(Reports.of(List.of(second(0, 1, 1))));
        assertThat(jmeter.btestVariables()).isNotEmpty();
        other.endTest();
        variables.endTest();
    }
}
