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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which intervals count for a number of the whole test, and what is not known. */
class CountedTest {
    private static final long SECOND = 1_000_000_000;

    /** One second. Of every 10 datagrams that came one came twice; this host dropped what it is said to have. */
    private record Second(
            boolean omitted, long bytes, long packets, long lost, long dropped, int cpu, boolean limited) {
        IntervalReport at(int index) {
            return IntervalReports.of(
                    index,
                    index * SECOND,
                    SECOND,
                    bytes,
                    bytes,
                    packets,
                    packets,
                    lost,
                    0,
                    packets / 10,
                    dropped,
                    UNKNOWN,
                    false,
                    cpu,
                    0,
                    limited,
                    omitted);
        }
    }

    private static Second bytes(boolean omitted, long bytes) {
        return new Second(omitted, bytes, 0, 0, UNKNOWN, UNKNOWN, false);
    }

    private static Second packets(boolean omitted, long packets, long lost, long dropped) {
        return new Second(omitted, 0, packets, lost, dropped, UNKNOWN, false);
    }

    private static Second cpu(boolean omitted, int load, boolean limited) {
        return new Second(omitted, 0, 0, 0, UNKNOWN, load, limited);
    }

    private static TestReport report(Second... seconds) {
        return report(Protocol.UDP, true, seconds);
    }

    private static TestReport report(Protocol protocol, boolean receives, Second... seconds) {
        return report(protocol, receives, UNKNOWN, seconds);
    }

    private static TestReport report(Protocol protocol, boolean receives, double arrived, Second... seconds) {
        InetSocketAddress end = new InetSocketAddress("127.0.0.1", 2000);
        return new TestReport(
                new Command(protocol, Direction.BOTH, true, 3, 1500, 0, 0, 0),
                receives,
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
                UNKNOWN,
                UNKNOWN,
                arrived,
                null,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                IntStream.range(0, seconds.length)
                        .mapToObj(i -> seconds[i].at(i))
                        .toList());
    }

    @Test
    void whatWasAskedForIsTheCommands() {
        TestReport report = report(Protocol.TCP, true);
        assertThat(report.protocol()).isEqualTo(Protocol.TCP);
        assertThat(report.direction()).isEqualTo(Direction.BOTH);
        assertThat(report.randomData()).isTrue();
        assertThat(report.requestedConnections()).isEqualTo(3);
    }

    @Test
    void omittedIntervalsCountForTotalsOnly() {
        TestReport report = report(bytes(true, 9000), bytes(false, 1000), bytes(false, 3000));
        assertThat(report.rxBytes()).isEqualTo(13_000);
        assertThat(report.averageRxBitsPerSecond()).isEqualTo(16_000);
        assertThat(report.averageTxBitsPerSecond()).isEqualTo(16_000);
        assertThat(report.maximum(IntervalReport::rxBitsPerSecond)).isEqualTo(24_000);
    }

    @Test
    void aTestThatEndedInTheOmittedTimeHasNoOthers() {
        TestReport report = report(bytes(true, 1000), bytes(true, 3000));
        assertThat(report.averageRxBitsPerSecond()).isEqualTo(16_000);
        assertThat(report.minimum(IntervalReport::rxBitsPerSecond)).isEqualTo(8_000);
    }

    @Test
    void theStandardDeviationIsThatOfASample() {
        TestReport report = report(bytes(true, 9000), bytes(false, 2000), bytes(false, 4000), bytes(false, 9000));
        assertThat(report.standardDeviation(IntervalReport::rxBitsPerSecond)).isCloseTo(28_844.4, within(0.1));
        assertThat(report(bytes(false, 2000), bytes(false, 4000)).standardDeviation(IntervalReport::rxBitsPerSecond))
                .isCloseTo(11_313.7, within(0.1));
        assertThat(report(bytes(false, 2000)).standardDeviation(IntervalReport::rxBitsPerSecond))
                .isZero();
        assertThat(report().standardDeviation(IntervalReport::rxBitsPerSecond)).isZero();
    }

    @Test
    void lossIsAShareOfAllThatWereSentWithoutDuplicates() {
        Loss loss = report(packets(true, 500, 500, 400), packets(false, 100, 7, 2), packets(false, 50, 3, UNKNOWN))
                .loss();
        assertThat(loss).isEqualTo(new Loss(135 + 10, 10, 2));
        assertThat(loss.isKnown()).isTrue();
        assertThat(loss.percent()).isCloseTo(1000 / 145.0, within(1e-9));
        assertThat(loss.linkLostPackets()).isEqualTo(8);
        assertThat(loss.linkPercent()).isCloseTo(800 / 145.0, within(1e-9));
    }

    @Test
    void withoutADatagramLossIsNotKnown() {
        assertThat(report(packets(false, 0, 0, UNKNOWN)).loss().isKnown()).isFalse();
        assertThat(report(packets(false, 0, 0, UNKNOWN)).loss().percent()).isNaN();
        assertThat(new Loss(4, 1, UNKNOWN).linkLostPackets()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"TCP, true", "TCP, false", "UDP, false"})
    void onlyAnEndThatReceivesDatagramsKnowsWhatWasLost(Protocol protocol, boolean receives) {
        TestReport report = report(protocol, receives, packets(false, 100, 7, 2));
        assertThat(report.loss()).isEqualTo(Loss.UNKNOWN);
    }

    @Test
    void theCpuWasTheLimitInHalfOfTheIntervalsOrMore() {
        Second limited = cpu(false, UNKNOWN, true);
        Second idle = cpu(false, UNKNOWN, false);
        assertThat(report(limited, idle).cpuLimited()).isTrue();
        assertThat(report(limited, idle, idle).cpuLimited()).isFalse();
        assertThat(report(cpu(true, UNKNOWN, true), idle).cpuLimited()).isFalse();
        assertThat(report(limited, limited, limited).cpuLimited()).isTrue();
        assertThat(report().cpuLimited()).isFalse();
    }

    @Test
    void theHighestCpuLoadIsThatOfTheIntervalsThatCount() {
        assertThat(report(cpu(true, 99, false), cpu(false, 3, false), cpu(false, UNKNOWN, false))
                        .highestRemoteCpu())
                .isEqualTo(3);
        assertThat(report(cpu(false, UNKNOWN, false)).highestRemoteCpu()).isEqualTo(UNKNOWN);
        assertThat(report().highestRemoteCpu()).isEqualTo(UNKNOWN);
    }

    @Test
    void aSumIsOfWhatIsKnown() {
        List<IntervalReport> intervals = report(
                        packets(false, 0, 0, 4), packets(false, 0, 0, UNKNOWN), packets(false, 0, 0, 0))
                .intervals();
        assertThat(IntervalReport.sumOfKnown(intervals, IntervalReport::hostDroppedPackets))
                .isEqualTo(4);
        assertThat(IntervalReport.sumOfKnown(intervals, interval -> UNKNOWN)).isEqualTo(UNKNOWN);
    }

    @Test
    void whatAnIntervalDoesNotKnowCountsNeitherForTheMinimumNorForTheMaximum() {
        TestReport report = report(bytes(false, 1000), bytes(false, 2000));
        assertThat(report.minimum(interval -> interval.index() == 0 ? Double.NaN : 7))
                .isEqualTo(7);
        assertThat(report.maximum(interval -> interval.index() == 1 ? Double.NaN : 8))
                .isEqualTo(8);
    }

    @Test
    void aFailureKeepsWhatWasMeasured() {
        TestReport report = report(bytes(false, 1000));
        assertThat(new BtestException(ErrorKind.PEER_LOST, "gone").with(report).report())
                .contains(report);
    }

    /** What arrived, if that is known; what was sent, if nobody has to say what arrived. */
    @ParameterizedTest
    @CsvSource({"500, false, 4000", "500, true, 4000", "0, true, 0", "-1, false, 8000", "-1, true, NaN"})
    void whatWasDeliveredIsNeverMoreThanIsKnown(long arrived, boolean overdue, Double bitsPerSecond) {
        IntervalReport interval = bytes(false, 1000).at(0).settled(0, arrived, overdue);
        assertThat(interval.deliveredBitsPerSecond()).isEqualTo(bitsPerSecond);
        assertThat(interval.arrivedBitsPerSecond()).isEqualTo(arrived < 0 ? Double.valueOf(Double.NaN) : bitsPerSecond);
        assertThat(report(bytes(false, 1000)).averageDeliveredBitsPerSecond()).isEqualTo(8000);
    }

    @ParameterizedTest
    @EnumSource
    void wordsAreLowerCase(Authentication authentication) {
        assertThat(authentication.word())
                .isEqualToIgnoringCase(authentication.name().replace('_', '-'))
                .isLowerCase()
                .isEqualTo(authentication.toString());
        assertThat(ByteUnit.PAYLOAD.word()).isEqualTo("payload");
    }

    /** A peer that reports on the better seconds only says too much; TCP may have taken more before than in them. */
    @ParameterizedTest
    @CsvSource({"UDP, 8000", "TCP, 16000"})
    void noMoreArrivesThanWasSent(Protocol protocol, double most) {
        TestReport report = report(
                protocol, true, 90_000, bytes(true, 2000), bytes(false, 1000), bytes(false, 1000), bytes(true, 9));
        assertThat(report.averageArrivedBitsPerSecond()).hasValue(most);
    }
}
