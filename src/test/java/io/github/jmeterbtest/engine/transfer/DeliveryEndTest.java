package io.github.jmeterbtest.engine.transfer;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.engine.transfer.Upload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TcpPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known when a test has ended, and what will never be: what a lost peer did not report did not arrive. */
class DeliveryEndTest {
    private static final long TIMEOUT = 5 * SECOND;

    private final Upload upload = Upload.overTcp();
    private final Delivery delivery = new Delivery(upload, SECOND);

    private static IntervalReport interval(long from, long length, long lost) {
        Snapshot counted = new Snapshot(0, 0, 0, 0, lost, 0, 0);
        return new Interval(0, from, from + length, counted, UNKNOWN, UNKNOWN, false, false, TcpPath.NONE, UNKNOWN)
                .report(UNKNOWN, false, 0);
    }

    private static List<IntervalReport> intervals(int count, long length) {
        List<IntervalReport> intervals = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            intervals.add(interval(i * length, length, 0));
        }
        return intervals;
    }

    private static List<Long> arrived(Delivery of, List<IntervalReport> intervals) {
        return of.settle(intervals).stream().map(IntervalReport::remoteRxBytes).toList();
    }

    @Test
    void whatALostPeerDidNotReportDidNotArrive() {
        upload.reportedUntil(2, 1000);
        delivery.end(5 * SECOND, 2 * SECOND, TIMEOUT);
        assertThat(delivery.peerIsLost()).isTrue();
        assertThat(arrived(delivery, intervals(5, SECOND))).containsExactly(1000L, 1000L, 0L, 0L, 0L);
        assertThat(delivery.arrivedBytes()).isEqualTo(2000);
        assertThat(delivery.arrivedBitsPerSecond(Duration.ZERO)).isEqualTo(2000 * 8 / 5.0);
        assertThat(delivery.arrivedBitsPerSecond(Duration.ofSeconds(1))).isEqualTo(1000 * 8 / 4.0);
    }

    @Test
    void oneReportMayBeOnItsWayWhenATestEnds() {
        upload.reportedUntil(4, 1000);
        delivery.end(5 * SECOND, 4 * SECOND, TIMEOUT);
        assertThat(delivery.peerIsLost()).isFalse();
        List<IntervalReport> settled = delivery.settle(intervals(5, SECOND));
        assertThat(settled.get(4).remoteRxBytes()).isEqualTo(UNKNOWN);
        assertThat(settled.get(4).reportOverdue()).isTrue();
        assertThat(settled.get(3).reportOverdue()).isFalse();
        assertThat(delivery.arrivedBitsPerSecond(Duration.ZERO)).isEqualTo(8000);
    }

    @Test
    void aReportOnASecondThatWasNotOverIsNotOverdue() {
        upload.reportedUntil(4, 1000);
        delivery.end(5 * SECOND - 1, 4 * SECOND, TIMEOUT);
        assertThat(delivery.settle(intervals(5, SECOND)).get(4).reportOverdue()).isFalse();
    }

    @Test
    void aPeerThatNeverReportedReceivedNothing() {
        assertThat(delivery.arrivedBytes()).as("as long as it may").isEqualTo(UNKNOWN);
        delivery.end(SECOND, SECOND, TIMEOUT);
        assertThat(delivery.peerIsLost())
                .as("one second is not enough for that")
                .isFalse();
        assertThat(delivery.arrivedBytes()).isZero();
        assertThat(delivery.arrivedBitsPerSecond(Duration.ZERO)).isZero();
        assertThat(arrived(delivery, intervals(1, SECOND))).containsExactly(0L);
    }

    @Test
    void ofAPeerThatNeedNotReportNothingIsKnown() {
        upload.must = false;
        delivery.end(5 * SECOND, 0, TIMEOUT);
        assertThat(delivery.peerIsLost()).isFalse();
        assertThat(delivery.arrivedBytes()).isEqualTo(UNKNOWN);
        assertThat(delivery.arrivedBitsPerSecond(Duration.ZERO)).isEqualTo(UNKNOWN);
        assertThat(delivery.settle(intervals(2, SECOND)))
                .allMatch(interval -> interval.remoteRxBytes() == UNKNOWN && !interval.reportOverdue());
    }

    @Test
    void whatCannotBeTrueIsNotKnown() {
        upload.reportedUntil(2, 1000);
        upload.credible = false;
        delivery.end(5 * SECOND, 2 * SECOND, TIMEOUT);
        assertThat(delivery.arrivedBytes()).isEqualTo(UNKNOWN);
        assertThat(delivery.arrivedBitsPerSecond(Duration.ZERO)).isEqualTo(UNKNOWN);
        assertThat(arrived(delivery, intervals(2, SECOND))).containsExactly(-1L, -1L);
    }

    @Test
    void anEndThatOnlyReceivesIsToldNothing() {
        upload.reportedUntil(2, 1000);
        upload.tells = false;
        assertThat(delivery.unit()).isNull();
        assertThat(delivery.arrivedBytes()).isEqualTo(UNKNOWN);
        assertThat(delivery.arrivedBitsPerSecond(Duration.ZERO)).isEqualTo(UNKNOWN);
    }

    @Test
    void theUnitIsThePeers() {
        ByteUnitDetector detector = new ByteUnitDetector(1500, 1472);
        Upload udp = new Upload(new SimulatedClock(), new PeerStatus(false, 1, detector));
        assertThat(new Delivery(udp, SECOND).unit()).isEqualTo(ByteUnit.UNKNOWN);
    }

    /** Of a last second that was not sent to its end, only the part that was. */
    @Test
    void theAverageIsOverTheTimeOfSending() {
        upload.reportedUntil(3, 1000);
        upload.sendsUntil(5 * SECOND / 2);
        delivery.end(3 * SECOND, 3 * SECOND, TIMEOUT);
        assertThat(delivery.arrivedBitsPerSecond(Duration.ZERO)).isCloseTo(3000 * 8 / 2.5, within(1e-6));
    }

    @Test
    void ofAnIntervalThatEndsBehindTheLastReportWhatWasReportedCounts() {
        Delivery longIntervals = new Delivery(upload, 2 * SECOND);
        upload.reportedUntil(3, 1000);
        longIntervals.end(8 * SECOND, 3 * SECOND, TIMEOUT);
        assertThat(arrived(longIntervals, intervals(4, 2 * SECOND))).containsExactly(2000L, 1000L, 0L, 0L);
    }

    @Test
    void shortIntervalsAreKnownToBeEmptyBehindTheLastReportOnly() {
        Delivery shortIntervals = new Delivery(upload, SECOND / 2);
        upload.reportedUntil(1, 1000);
        shortIntervals.end(3 * SECOND, SECOND, TIMEOUT);
        assertThat(arrived(shortIntervals, intervals(4, SECOND / 2))).containsExactly(-1L, -1L, 0L, 0L);
        assertThat(shortIntervals.settle(intervals(1, SECOND / 2)).get(0).reportOverdue())
                .isFalse();
    }

    /** More than two seconds, and more than half of what it may be. */
    @ParameterizedTest
    @CsvSource({"0, 0, false", "8, 0, false", "7, 0, true", "7, 6, false", "6, 6, true", "6, 4, true"})
    void aPeerWasSilentAfterASignOfLife(long sign, long timeout, boolean silent) {
        delivery.end(10 * SECOND, sign * SECOND, timeout * SECOND);
        assertThat(delivery.peerWasSilent()).isEqualTo(silent);
    }

    @ParameterizedTest
    @CsvSource({"6, 5, false", "6, 4, true", "7, 6, true"})
    void whereStatusesStandInLineTheyMayBeAsLateAsTheLastOneAndTwoMore(long at, long sign, boolean lost) {
        Upload behindData = Upload.inLine();
        behindData.reported(1, 1000, SECOND);
        behindData.reported(2, 1000, 4 * SECOND);
        Delivery late = new Delivery(behindData, SECOND);
        late.end(at * SECOND, sign * SECOND, TIMEOUT);
        assertThat(late.peerIsLost()).isEqualTo(lost);
    }

    @Test
    void whereStatusesStandInLineNoneNeedHaveComeAsLongAsDataDoes() {
        Delivery late = new Delivery(Upload.inLine(), SECOND);
        late.end(60 * SECOND, 59 * SECOND, TIMEOUT);
        assertThat(late.peerIsLost()).isFalse();
        assertThat(late.arrivedBytes()).isEqualTo(UNKNOWN);
        delivery.end(60 * SECOND, 59 * SECOND, TIMEOUT);
        assertThat(delivery.peerIsLost()).as("else they come in time").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"12, 3, 4, 5", "8, 3, 4, 1", "7, 3, 4, 0", "2, 2, 0, 0", "0, 0, 0, 0", "20, 3, 4, 5"})
    void lossThatCameAfterAllIsTakenFromTheLastIntervals(long lostInAll, long first, long second, long third) {
        upload.lost = lostInAll;
        List<IntervalReport> settled = delivery.settle(
                List.of(interval(0, SECOND, 3), interval(SECOND, SECOND, 4), interval(2 * SECOND, SECOND, 5)));
        assertThat(settled).extracting(IntervalReport::lostPackets).containsExactly(first, second, third);
    }
}
