package io.github.jmeterbtest.engine.transfer;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.engine.transfer.Upload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TcpPath;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known during a test of what arrived at the peer, and which report is missing. */
class DeliveryTest {
    private static final long MILLI = SECOND / 1000;

    private final Upload upload = Upload.overTcp();
    private final Delivery delivery = new Delivery(upload, SECOND);

    private static Interval interval(long from, long to) {
        return new Interval(
                0, from, to, new Snapshot(0, 0, 0, 0, 0, 0, 0), UNKNOWN, UNKNOWN, false, false, TcpPath.NONE, UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "true, true, true, false, true",
        "true, true, false, true, true",
        "true, true, false, false, false",
        "true, false, true, true, false",
        "false, true, true, true, false"
    })
    void aReportIsExpectedFromAPeerThatMustReportOrHas(
            boolean tells, boolean credible, boolean must, boolean hasReported, boolean expected) {
        upload.tells = tells;
        upload.credible = credible;
        upload.must = must;
        if (hasReported) {
            upload.reported(1, 1000, SECOND);
        }
        assertThat(delivery.isReportExpected()).isEqualTo(expected);
        assertThat(delivery.secondsMissing(4 * SECOND)).isEqualTo(expected ? (hasReported ? 3 : 4) : 0);
    }

    @Test
    void onlyWholeSecondsInWhichThisEndSentCanBeMissing() {
        upload.reportedUntil(2, 1000);
        assertThat(delivery.secondsMissing(3 * SECOND - 1)).isZero();
        assertThat(delivery.secondsMissing(5 * SECOND)).isEqualTo(3);
        assertThat(delivery.secondsMissing(SECOND)).isZero();
        upload.sendsUntil(4 * SECOND);
        assertThat(delivery.secondsMissing(60 * SECOND)).isEqualTo(2);
    }

    @Test
    void twoSecondsAreLostOrTheFirstOneOfAPeerThatHasSaidNothing() {
        assertThat(delivery.isLost(SECOND - 1)).isFalse();
        assertThat(delivery.isLost(SECOND)).isTrue();
        upload.reportedUntil(2, 1000);
        assertThat(delivery.isLost(4 * SECOND - 1)).isFalse();
        assertThat(delivery.isLost(4 * SECOND)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1000, true",
        "0, 1249, true",
        "0, 1250, false",
        "0, 751, true",
        "0, 750, false",
        "600, 1000, false",
        "400, 1000, true",
        "1000, 3000, true"
    })
    void anIntervalThatEndsNearAWholeSecondIsToldByThePeersSeconds(long from, long to, boolean whole) {
        assertThat(delivery.isWholeSeconds(from * MILLI, to * MILLI)).isEqualTo(whole);
        assertThat(new Delivery(upload, SECOND / 2).isWholeSeconds(from * MILLI, to * MILLI))
                .isFalse();
        upload.tells = false;
        assertThat(delivery.isWholeSeconds(from * MILLI, to * MILLI)).isFalse();
    }

    /** One that is up to 50 ms longer or shorter is taken for a second. */
    @ParameterizedTest
    @CsvSource({"1000, 1000", "1050, 1000", "950, 1000", "1051, 1051", "949, 949", "1200, 1200"})
    void anIntervalThatIsNotAsLongAsItsSecondsGetsItsShare(long to, long bytes) {
        upload.reported(1, 1000, SECOND);
        assertThat(delivery.arrived(0, to * MILLI)).isEqualTo(bytes);
    }

    @Test
    void aSecondInWhichTheSendingEndedIsAsLongAsThat() {
        upload.reportedUntil(3, 1000);
        assertThat(delivery.arrived(2 * SECOND, 2800 * MILLI)).isEqualTo(800);
        upload.sendsUntil(2800 * MILLI);
        assertThat(delivery.arrived(2 * SECOND, 2800 * MILLI)).isEqualTo(1000);
    }

    @Test
    void anIntervalIsCompleteWithTheReportOnItsLastSecond() {
        upload.reportedUntil(2, 1000);
        assertThat(delivery.isComplete(0, 2 * SECOND)).isTrue();
        assertThat(delivery.arrived(0, 2 * SECOND)).isEqualTo(2000);
        assertThat(delivery.isComplete(2 * SECOND, 3 * SECOND)).isFalse();
        assertThat(delivery.arrived(2 * SECOND, 3 * SECOND)).isEqualTo(UNKNOWN);
        assertThat(delivery.isComplete(0, 500 * MILLI)).isFalse();
        assertThat(delivery.arrived(0, 500 * MILLI)).isEqualTo(UNKNOWN);
    }

    @Test
    void inTheFirstSecondAnotherConnectionMayStillReport() {
        PeerStatus two = new PeerStatus(false, 2, null);
        Upload several = new Upload(new SimulatedClock(), two);
        several.reported(1, 1000, SECOND);
        assertThat(new Delivery(several, SECOND).arrived(0, SECOND)).isEqualTo(1000);
        assertThat(new Delivery(several, SECOND).isComplete(0, SECOND)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, 250", "150, 250", "151, 251", "400, 500", "650, 750", "700, 750"})
    void anIntervalIsHeldBackAsLongAsTheLastStatusTook(long late, long millis) {
        upload.reported(1, 1000, SECOND + late * MILLI);
        assertThat(delivery.statusWait(SECOND, 2 * SECOND)).isEqualTo(millis * MILLI);
        assertThat(delivery.statusWait(SECOND, 1500 * MILLI)).isZero();
    }

    @Test
    void onAPeerThatNeedNotReportThereIsNoWaitingAfterTheFirstSecond() {
        assertThat(delivery.statusWait(SECOND, 2 * SECOND)).isEqualTo(250 * MILLI);
        upload.must = false;
        assertThat(delivery.statusWait(0, SECOND)).isEqualTo(250 * MILLI);
        assertThat(delivery.statusWait(SECOND, 2 * SECOND)).isZero();
    }

    @Test
    void anIntervalSaysWhatArrivedOrThatTheReportIsMissing() {
        upload.reportedUntil(2, 1000);
        IntervalReport known = delivery.report(interval(SECOND, 2 * SECOND));
        assertThat(known.remoteRxBytes()).isEqualTo(1000);
        assertThat(known.reportOverdue()).isFalse();
        IntervalReport missing = delivery.report(interval(2 * SECOND, 3 * SECOND));
        assertThat(missing.remoteRxBytes()).isEqualTo(UNKNOWN);
        assertThat(missing.reportOverdue()).isTrue();
        upload.credible = false;
        IntervalReport doubtful = delivery.report(interval(SECOND, 2 * SECOND));
        assertThat(doubtful.remoteRxBytes()).isEqualTo(UNKNOWN);
        assertThat(doubtful.reportOverdue()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2950, 2999, false", "2950, 3000, true", "2500, 3999, false", "2500, 4000, true"})
    void aReportIsMissingWhenItsSecondIsOverOrTwoOfAPartAre(long to, long now, boolean missing) {
        upload.reportedUntil(2, 1000);
        assertThat(delivery.isReportMissing(2 * SECOND, to * MILLI, now * MILLI))
                .isEqualTo(missing);
        upload.tells = false;
        assertThat(delivery.isReportMissing(2 * SECOND, to * MILLI, now * MILLI))
                .isFalse();
    }

    @Test
    void theSameHoldsForEverySecondOfALongTest() {
        IntStream.rangeClosed(1, 5000).forEach(second -> {
            upload.reported(second, second, second * SECOND);
            assertThat(delivery.arrived((second - 1) * SECOND, second * SECOND)).isEqualTo(second);
        });
        assertThat(delivery.arrivedBytes()).isEqualTo(5000 * 5001 / 2);
    }
}
