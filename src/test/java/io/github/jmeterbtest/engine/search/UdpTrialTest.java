package io.github.jmeterbtest.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the report of a trial of a second at 12 Mbit/s in packets of 1500 bytes shows: 1000 packets are due. */
class UdpTrialTest {
    private IntervalReport before;
    private static final long SECOND = 1_000_000_000;
    private static final double RATE = 12e6;
    private static final int SIZE = 1500;

    private long received;
    private long lost;
    private long dropped;
    private long sent;
    private long arrived;
    private long firstPayload;
    private boolean cpuLimited;
    private long length = SECOND;

    private Observation read(Direction direction) throws BtestException {
        return UdpTrial.read(report(direction), (long) RATE, SIZE);
    }

    private TestReport report(Direction direction) {
        IntervalReport interval = IntervalReports.of(
                0,
                0,
                length,
                received * SIZE,
                sent * SIZE,
                received,
                sent,
                lost,
                0,
                0,
                dropped,
                IntervalReport.UNKNOWN,
                false,
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN,
                cpuLimited,
                false);
        return new TestReport(
                new Command(Protocol.UDP, direction, false, 1, SIZE, 0, (long) RATE, (long) RATE),
                direction.clientReceives(),
                direction.clientTransmits(),
                Authentication.NONE,
                "",
                new InetSocketAddress("192.0.2.1", 50_000),
                new InetSocketAddress("192.0.2.2", 2000),
                2257,
                2001,
                1,
                Instant.EPOCH,
                0,
                SECOND,
                SECOND + firstPayload,
                0,
                false,
                0,
                arrived,
                0,
                ByteUnit.IP,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                before == null ? List.of(interval) : List.of(before, interval));
    }

    private static IntervalReport aSecond(long packets, long lost) {
        return IntervalReports.of(
                0,
                0,
                SECOND,
                packets * SIZE,
                0,
                packets,
                0,
                lost,
                0,
                0,
                0,
                IntervalReport.UNKNOWN,
                false,
                -1,
                -1,
                false,
                false);
    }

    private boolean isOverload(ErrorKind kind, Direction direction) {
        return UdpTrial.isOverload(
                new BtestException(kind, "it failed").with(report(direction)),
                (long) RATE,
                SIZE,
                Duration.ofSeconds(1));
    }

    @Test
    void aFloodedLinkLosesThePeer() {
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.RECEIVE)).isTrue();
        received = 30;
        lost = 970;
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.RECEIVE)).isTrue();
        sent = 1000;
        arrived = 30L * SIZE;
        assertThat(isOverload(ErrorKind.NO_DATA, Direction.TRANSMIT)).isTrue();
        arrived = IntervalReport.UNKNOWN;
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.TRANSMIT)).isTrue();
    }

    /** Such as one with a maximum duration that is shorter than a final trial. */
    @Test
    void aServerThatEndsATestOfWhichMostArrivedIsNotFlooded() {
        received = 990;
        lost = 10;
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.RECEIVE)).isFalse();
        sent = 1000;
        arrived = 990L * SIZE;
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.TRANSMIT)).isFalse();
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.BOTH)).isFalse();
        arrived = IntervalReport.UNKNOWN;
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.BOTH)).isTrue();
        assertThat(isOverload(ErrorKind.CONNECT_REFUSED, Direction.BOTH)).isFalse();
    }

    /** Such as one without a free session. */
    @Test
    void aServerThatClosesAtOnceIsNotFlooded() {
        length = SECOND / 2;
        assertThat(isOverload(ErrorKind.PEER_LOST, Direction.RECEIVE)).isFalse();
        assertThat(isOverload(ErrorKind.NO_DATA, Direction.RECEIVE)).isTrue();
    }

    @Test
    void gapsInTheSequenceAreTheLossOfTheLink() throws BtestException {
        received = 990;
        lost = 10;
        assertThat(read(Direction.RECEIVE)).isEqualTo(new Observation(RATE, 1000, 0.01, 0.01, Limit.SERVER_OR_QUEUE));
    }

    /** In the first second the queue fills, and the sequence numbers that stand in it are not seen. */
    @Test
    void whatStandsInAQueueAtTheEndWasOfferedAllTheSame() throws BtestException {
        before = aSecond(900, 0);
        received = 900;
        lost = 100;
        assertThat(read(Direction.RECEIVE).offeredBitsPerSecond()).isEqualTo(RATE);
        assertThat(read(Direction.RECEIVE).arrivedBitsPerSecond()).isEqualTo(RATE * 0.9);
        lost = 0;
        assertThat(read(Direction.RECEIVE).offeredBitsPerSecond()).isLessThan(RATE * 0.95);
    }

    /** A server that catches up after a stall sends more than it does on average, and that overflows a queue once. */
    @Test
    void aSecondOfABurstIsNotTheRateThatWasOffered() throws BtestException {
        before = aSecond(940, 4);
        received = 900;
        lost = 0;
        Observation seen = read(Direction.RECEIVE);
        assertThat(seen.offeredBitsPerSecond()).isCloseTo(RATE * 1844 / 2000, within(1.0));
        assertThat(seen.arrivedBitsPerSecond()).isCloseTo(RATE * 1840 / 2000, within(1.0));
    }

    @Test
    void ofWhatWasNotSentNothingArrived() throws BtestException {
        sent = 0;
        arrived = 0;
        assertThat(read(Direction.TRANSMIT)).isEqualTo(Observation.nothingArrived(1000, Limit.THIS_MACHINE));
    }

    @Test
    void whatThisMachineDroppedTheLinkNeedNotHaveLost() throws BtestException {
        received = 960;
        lost = 40;
        dropped = 30;
        assertThat(read(Direction.RECEIVE)).isEqualTo(new Observation(RATE, 1000, 0.01, 0.04, Limit.SERVER_OR_QUEUE));
    }

    @Test
    void aMachineWithoutCpuTimeMayHaveLostItAllUnlessTheSystemTells() throws BtestException {
        received = 960;
        lost = 40;
        cpuLimited = true;
        assertThat(read(Direction.RECEIVE).minLoss()).isEqualTo(0.04);
        dropped = IntervalReport.UNKNOWN;
        assertThat(read(Direction.RECEIVE).minLoss()).isZero();
        assertThat(read(Direction.RECEIVE).maxLoss()).isEqualTo(0.04);
        cpuLimited = false;
        assertThat(read(Direction.RECEIVE).minLoss()).isEqualTo(0.04);
    }

    @Test
    void aServerThatSendsLessIsSeen() throws BtestException {
        received = 900;
        assertThat(read(Direction.RECEIVE).offeredBitsPerSecond()).isCloseTo(0.9 * RATE, within(1.0));
        assertThat(read(Direction.RECEIVE).source()).isEqualTo(Limit.SERVER_OR_QUEUE);
        cpuLimited = true;
        assertThat(read(Direction.RECEIVE).source()).isEqualTo(Limit.THIS_MACHINE);
    }

    /** Else a server that starts late would seem to be slow. */
    @Test
    void timeCountsFromTheFirstDatagram() throws BtestException {
        received = 900;
        firstPayload = SECOND / 10;
        assertThat(read(Direction.RECEIVE).offeredBitsPerSecond()).isEqualTo(RATE);
    }

    @Test
    void aServerThatMakesUpForALateStartIsNoFasterThanAskedFor() throws BtestException {
        received = 1000;
        firstPayload = SECOND / 10;
        assertThat(read(Direction.RECEIVE).offeredBitsPerSecond()).isEqualTo(RATE);
        received = 1100;
        assertThat(read(Direction.RECEIVE).offeredBitsPerSecond()).isCloseTo(1.1 * RATE, within(1.0));
    }

    @Test
    void aPacketAtEachEndIsNoOtherRate() throws BtestException {
        received = 998;
        assertThat(read(Direction.RECEIVE).offeredBitsPerSecond()).isEqualTo(RATE);
    }

    @Test
    void nothingReceivedIsAllLost() throws BtestException {
        assertThat(read(Direction.RECEIVE)).isEqualTo(new Observation(0, 1000, 1, 1, Limit.SERVER_OR_QUEUE));
    }

    @Test
    void ofWhatWasSentTheServerTellsWhatArrived() throws BtestException {
        sent = 1000;
        arrived = 995L * SIZE;
        Observation seen = read(Direction.TRANSMIT);
        assertThat(seen.minLoss()).isCloseTo(0.005, within(1e-12)).isEqualTo(seen.maxLoss());
        assertThat(seen.offeredBitsPerSecond()).isEqualTo(RATE);
        assertThat(seen.source()).isEqualTo(Limit.THIS_MACHINE);
    }

    @Test
    void duplicatesAreNoNegativeLoss() throws BtestException {
        sent = 1000;
        arrived = 1001L * SIZE;
        assertThat(read(Direction.TRANSMIT).minLoss()).isZero();
    }

    @Test
    void aServerThatDoesNotReportMakesNoResult() {
        sent = 1000;
        arrived = IntervalReport.UNKNOWN;
        assertThatThrownBy(() -> read(Direction.TRANSMIT)).hasMessageContaining("did not report what it received");
    }

    @Test
    void inBothDirectionsTheWorseOneCounts() throws BtestException {
        sent = 1000;
        arrived = 950L * SIZE;
        received = 890;
        lost = 10;
        Observation seen = read(Direction.BOTH);
        assertThat(seen.maxLoss()).isCloseTo(0.05, within(1e-12));
        assertThat(seen.offeredBitsPerSecond()).isCloseTo(0.9 * RATE, within(1.0));
        assertThat(seen.source()).isEqualTo(Limit.SERVER_OR_QUEUE);
    }
}
