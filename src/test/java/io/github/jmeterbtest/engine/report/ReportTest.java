package io.github.jmeterbtest.engine.report;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From counters to intervals to a whole test. */
class ReportTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void rateIsBytesOverTheTimeThatReallyPassed() {
        IntervalReport interval = interval(0, SECOND / 2, 500, 0);
        assertThat(interval.rxBitsPerSecond()).isEqualTo(8000);
        assertThat(interval.txBitsPerSecond()).isEqualTo(16000);
    }

    @Test
    void aSettledIntervalHasDroppedNoMoreThanItHasLost() {
        IntervalReport told =
                IntervalReports.of(0, 0, SECOND, 0, 0, 9, 0, 5, 0, 0, 4, UNKNOWN, false, 0, 0, false, false);
        assertThat(told.settled(3, UNKNOWN, false).hostDroppedPackets()).isEqualTo(3);
        assertThat(told.settled(5, UNKNOWN, false).hostDroppedPackets()).isEqualTo(4);
        IntervalReport unknown = interval(0, SECOND, 1, 5);
        assertThat(unknown.settled(0, UNKNOWN, false).hostDroppedPackets()).isEqualTo(UNKNOWN);
    }

    @Test
    void totalsAreTheSumsOfTheIntervals() {
        TestReport report =
                report(interval(0, SECOND, 100, 7), interval(1, SECOND, 200, 8), interval(2, SECOND / 2, 300, 9));
        assertThat(report.rxBytes()).isEqualTo(600);
        assertThat(report.txBytes()).isEqualTo(1200);
        assertThat(report.lostPackets()).isEqualTo(24);
        assertThat(report.transferNanos()).isEqualTo(5 * SECOND / 2);
        assertThat(report.sum(IntervalReport::duplicatePackets)).isEqualTo(3);
        assertThat(report.averageRxBitsPerSecond()).isCloseTo(600 * 8 / 2.5, within(1e-6));
        assertThat(report.averageTxBitsPerSecond()).isCloseTo(1200 * 8 / 2.5, within(1e-6));
    }

    @Test
    void totalsDoNotFitThirtyTwoBits() {
        long bytes = 7_000_000_000L;
        TestReport report = report(interval(0, SECOND, bytes, 0), interval(1, SECOND, bytes, 0));
        assertThat(report.rxBytes()).isEqualTo(14_000_000_000L);
        assertThat(report.averageRxBitsPerSecond()).isCloseTo(56e9, within(1.0));
    }

    @Test
    void aShortLastIntervalCountsNeitherForTheLeastNorForTheLargestRate() {
        TestReport report =
                report(interval(0, SECOND, 1000, 0), interval(1, SECOND, 3000, 0), interval(2, SECOND / 1000, 100, 0));
        assertThat(report.minimum(IntervalReport::rxBitsPerSecond)).isEqualTo(8000);
        assertThat(report.maximum(IntervalReport::rxBitsPerSecond)).isEqualTo(24000);
    }

    @Test
    void aLongLastIntervalCountsAndSoDoesAShortOneThatIsTheOnlyOne() {
        TestReport longLast = report(interval(0, SECOND, 3000, 0), interval(1, SECOND * 6 / 10, 600, 0));
        assertThat(longLast.minimum(IntervalReport::rxBitsPerSecond)).isCloseTo(8000, within(1e-6));
        TestReport only = report(interval(0, SECOND / 10, 100, 0));
        assertThat(only.minimum(IntervalReport::rxBitsPerSecond)).isCloseTo(8000, within(1e-6));
        assertThat(only.maximum(IntervalReport::rxBitsPerSecond)).isCloseTo(8000, within(1e-6));
    }

    @Test
    void aTestWithoutIntervalsHasNothingButZeros() {
        TestReport report = report();
        assertThat(report.rxBytes()).isZero();
        assertThat(report.averageRxBitsPerSecond()).isZero();
        assertThat(report.minimum(IntervalReport::rxBitsPerSecond)).isZero();
        assertThat(report.maximum(IntervalReport::txBitsPerSecond)).isZero();
    }

    @Test
    void whatNoIntervalKnowsIsNoZero() {
        TestReport silent = report(interval(0, SECOND, 1000, 0), interval(1, SECOND, 3000, 0));
        assertThat(silent.minimum(IntervalReport::arrivedBitsPerSecond)).isNaN();
        assertThat(silent.maximum(IntervalReport::arrivedBitsPerSecond)).isNaN();
        assertThat(silent.standardDeviation(IntervalReport::arrivedBitsPerSecond))
                .isNaN();
        assertThat(report().minimum(IntervalReport::arrivedBitsPerSecond)).isZero();
    }

    @Test
    void noMoreArrivedThanWasSent() {
        // of the better one of two seconds the peer spoke
        assertThat(arrived(3000).averageArrivedBitsPerSecond()).hasValue(2000);
        assertThat(arrived(1500).averageArrivedBitsPerSecond()).hasValue(1500);
        assertThat(arrived(IntervalReport.UNKNOWN).averageArrivedBitsPerSecond())
                .isEmpty();
        assertThat(arrived(IntervalReport.UNKNOWN).averageDeliveredBitsPerSecond())
                .isEqualTo(2000);
    }

    /** 2000 bit/s were sent. */
    private static TestReport arrived(double bitsPerSecond) {
        return report(List.of(interval(0, SECOND, 175, 0), interval(1, SECOND, 75, 0)), bitsPerSecond);
    }

    @Test
    void aReportDoesNotChangeWithTheListItWasMadeOf() {
        List<IntervalReport> intervals = new ArrayList<>(List.of(interval(0, SECOND, 100, 0)));
        TestReport report = report(intervals);
        intervals.add(interval(1, SECOND, 100, 0));
        assertThat(report.intervals()).hasSize(1);
    }

    private static IntervalReport interval(int index, long length, long rx, long lost) {
        return IntervalReports.of(
                index,
                index * SECOND,
                length,
                rx,
                2 * rx,
                0,
                0,
                lost,
                2,
                1,
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN,
                false,
                0,
                0,
                false,
                false);
    }

    private static TestReport report(IntervalReport... intervals) {
        return report(List.of(intervals));
    }

    private static TestReport report(List<IntervalReport> intervals) {
        return report(intervals, IntervalReport.UNKNOWN);
    }

    private static TestReport report(List<IntervalReport> intervals, double arrived) {
        InetSocketAddress end = new InetSocketAddress("127.0.0.1", 2000);
        return new TestReport(
                new Command(Protocol.TCP, Direction.BOTH, false, 0, 0x8000, 0, 0, 0),
                true,
                true,
                Authentication.NONE,
                "",
                end,
                end,
                0,
                0,
                1,
                Instant.EPOCH,
                0,
                0,
                0,
                0,
                false,
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN,
                arrived,
                null,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                intervals);
    }
}
