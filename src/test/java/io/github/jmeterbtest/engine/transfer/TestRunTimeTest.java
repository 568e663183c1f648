package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a run ends and when it closes its intervals, over hours of a clock that passes in milliseconds. */
@Timeout(20)
class TestRunTimeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Command UDP = new Command(Protocol.UDP, Direction.RECEIVE, false, 1, 1500, 0, 0, 0);

    private final SimulatedClock clock = new SimulatedClock();
    private final List<IntervalReport> intervals = new ArrayList<>();

    private TestRun run(Transfer transfer, Duration duration, Duration silence) {
        return run(transfer, duration, SECOND, silence);
    }

    private TestRun run(Transfer transfer, Duration duration, Duration interval, Duration silence) {
        return new TestRun(
                transfer,
                SpeedCaps.of(Side.CLIENT, UDP),
                new Timing(duration, Duration.ZERO, interval, silence),
                intervals::add);
    }

    private TestRun limited(Transfer transfer, long maxBytes) {
        return new TestRun(
                transfer,
                SpeedCaps.of(Side.CLIENT, UDP),
                new Timing(HOUR, Duration.ZERO, SECOND, maxBytes, HOUR, false),
                intervals::add);
    }

    private static Duration at(int seconds, int millis) {
        return Duration.ofSeconds(seconds).plusMillis(millis);
    }

    /** A peer counts as lost once its time is over, and a second for the status that may be on its way. */
    @Test
    void aPeerThatNeverSaysAnythingIsLostAfterAnHourAndASecond() throws BtestException {
        TestRun run = run(new SimulatedTransfer(clock, false), WEEK, LostPeerTimeout.of(Side.CLIENT, HOUR, UDP));
        assertThat(run.run()).isEqualTo(TestRun.Ending.PEER_SILENT);
        assertThat(clock.elapsed()).isEqualTo(HOUR.plus(SECOND).toNanos());
        assertThat(intervals).hasSize(3601);
    }

    /** Data is seen when the run wakes, a status has the time at which it came. */
    @ParameterizedTest
    @CsvSource({"data, 3613", "status, 3613", "both, 3613"})
    void theHourBeginsAnewWithWhatIsHeard(String heard, int end) throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, false);
        if (!heard.equals("status")) {
            transfer.receives(() -> clock.elapsed() >= at(12, 340).toNanos() ? 1500 : 0);
        }
        if (!heard.equals("data")) {
            transfer.peerReportsAt(at(12, 340), 0);
        }
        assertThat(run(transfer, WEEK, HOUR).run()).isEqualTo(TestRun.Ending.PEER_SILENT);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(end).toNanos());
    }

    @Test
    void aPeerThatIsHeardEachHourIsNotLost() throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, false);
        transfer.receives(() -> clock.elapsed() / HOUR.minus(SECOND).toNanos());
        assertThat(run(transfer, Duration.ofDays(1), HOUR).run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofDays(1).toNanos());
    }

    /** Whatever the sleeps take: intervals do not drift, and their bytes belong to the time that really passed. */
    @ParameterizedTest
    @CsvSource({"1000, 0", "1000, 7", "1000, 130", "250, 7", "20, 3"})
    void lateWakeUpsMoveNoIntervalAndNoRate(int intervalMillis, int lateMillis) throws BtestException {
        clock.wakeLate(Duration.ofMillis(lateMillis));
        SimulatedTransfer transfer = new SimulatedTransfer(clock, false);
        transfer.receives(() -> clock.elapsed() / 1000);
        run(transfer, HOUR, Duration.ofMillis(intervalMillis), HOUR).run();
        assertThat(intervals).hasSize(3_600_000 / intervalMillis);
        for (IntervalReport interval : intervals) {
            long end = interval.startNanos() + interval.lengthNanos();
            long due = (interval.index() + 1L) * intervalMillis;
            assertThat(end).isEqualTo(Duration.ofMillis(due + lateMillis).toNanos());
            assertThat(interval.rxBitsPerSecond()).isCloseTo(8e6, withinPercentage(0.01));
        }
        assertThat(intervals.stream().mapToLong(IntervalReport::rxBytes).sum())
                .isEqualTo(HOUR.plusMillis(lateMillis).toNanos() / 1000);
    }

    @Test
    void aStallMakesOneLongIntervalAndTheNextOneEndsOnTimeAgain() throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, false);
        transfer.receives(() -> clock.elapsed() / 1000);
        clock.at(at(100, 500), () -> clock.advance(at(4, 200)));
        run(transfer, at(110, 0), HOUR).run();
        assertThat(intervals.get(100).startNanos()).isEqualTo(at(100, 0).toNanos());
        assertThat(intervals.get(100).lengthNanos()).isEqualTo(at(4, 700).toNanos());
        assertThat(intervals.get(100).rxBitsPerSecond()).isCloseTo(8e6, within(1.0));
        assertThat(intervals.get(101).index()).isEqualTo(104);
        assertThat(intervals.get(101).lengthNanos()).isEqualTo(at(0, 300).toNanos());
        assertThat(intervals).hasSize(107);
    }

    @Test
    void aWallClockThatJumpsChangesNoNumber() throws BtestException {
        List<IntervalReport> undisturbed = minuteOf(new SimulatedClock());
        SimulatedClock jumping = new SimulatedClock();
        jumping.at(at(10, 500), () -> jumping.jump(HOUR));
        jumping.at(at(20, 0), () -> jumping.jump(Duration.ofDays(-400)));
        jumping.at(at(30, 1), () -> jumping.jump(SECOND));
        assertThat(minuteOf(jumping))
                .hasSize(60)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("localCpu", "cpuLimited")
                .isEqualTo(undisturbed);
    }

    /** Of a test in both directions; {@return its intervals} */
    private List<IntervalReport> minuteOf(SimulatedClock time) throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(time, true);
        transfer.receives(() -> time.elapsed() / 1000);
        transfer.sends(() -> time.elapsed() / 2000);
        for (int i = 1; i <= 60; i++) {
            transfer.peerReportsAt(at(i, 3), 500_000);
        }
        Instant started = time.now();
        intervals.clear();
        run(transfer, Duration.ofMinutes(1), at(5, 0)).run();
        assertThat(transfer.startedAt()).isEqualTo(started);
        assertThat(intervals).extracting(IntervalReport::remoteRxBytes).containsOnly(500_000L);
        return List.copyOf(intervals);
    }

    @Test
    void theLastIntervalIsAsLongAsTheTestLasts() throws BtestException {
        run(new SimulatedTransfer(clock, false), at(10, 250), Duration.ofMillis(500), HOUR)
                .run();
        assertThat(intervals).hasSize(21);
        assertThat(intervals.get(20).lengthNanos())
                .isEqualTo(Duration.ofMillis(250).toNanos());
        assertThat(clock.elapsed()).isEqualTo(at(10, 250).toNanos());
    }

    /**
     * It is as long as the volume lasts, its last interval is shorter, and what comes too much is less than 1 ms of it.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 5500000, 5500",
        "1, 7000000, 7000",
        "1000, 503000000, 503",
        "1000, 77000000, 77",
        "1000, 2500000000, 2500",
        "1000, 1, 1",
        "0, 1, 3600000"
    })
    void aTestEndsOnceItHasMovedSoManyBytes(int bytesPerMicro, long maxBytes, int millis) throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, false);
        transfer.receives(() -> clock.elapsed() / 1000 * bytesPerMicro);
        assertThat(limited(transfer, maxBytes).run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        assertThat(clock.elapsed())
                .isBetween(
                        Duration.ofMillis(millis).toNanos(),
                        Duration.ofMillis(millis + 1L).toNanos());
        assertThat(intervals).hasSize((millis + 999) / 1000);
        assertThat(intervals.stream().mapToLong(IntervalReport::rxBytes).sum())
                .isBetween(bytesPerMicro == 0 ? 0 : maxBytes, maxBytes + bytesPerMicro * 1000L);
        assertThat(intervals.stream().mapToLong(IntervalReport::lengthNanos).sum())
                .isEqualTo(clock.elapsed());
    }

    /** TCP takes 2 MB at once, and the link carries 1 MB a second. */
    @Test
    void whatTcpHasTakenCountsWhenItHasArrived() throws BtestException {
        SimulatedTransfer transfer = new BufferedTransfer();
        transfer.sends(() -> 2_000_000);
        transfer.peerReportsAt(at(1, 3), 1_000_000);
        transfer.peerReportsAt(at(2, 3), 1_000_000);
        TestRun run = limited(transfer, 2_000_000);
        assertThat(run.run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        assertThat(clock.elapsed()).isBetween(at(2, 3).toNanos(), at(2, 30).toNanos());
        assertThat(transfer.sendingIsOver()).isTrue();
        assertThat(run.delivery().arrivedBytes()).isEqualTo(2_000_000);
        assertThat(run.delivery().arrivedBitsPerSecond(Duration.ZERO)).isCloseTo(8e6, Percentage.withPercentage(1));
    }

    /** The peer reports once a second, and the limit is reached within one. */
    @ParameterizedTest
    @CsvSource({"0, 3", "1, 2", "3, 0", "10, 0"})
    void theSecondInWhichAllHasArrivedIsLeftOutOfTheRate(int omit, int counted) throws BtestException {
        SimulatedTransfer transfer = new BufferedTransfer();
        transfer.sends(() -> Math.min(3_600_000, clock.elapsed() / 1000));
        for (int second = 1; second <= 4; second++) {
            transfer.peerReportsAt(at(second, 3), second < 4 ? 1_000_000 : 600_000);
        }
        TestRun run = new TestRun(
                transfer,
                SpeedCaps.of(Side.CLIENT, UDP),
                new Timing(HOUR, Duration.ofSeconds(omit), SECOND, 3_600_000, HOUR, false),
                intervals::add);
        assertThat(run.run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        List<IntervalReport> settled = run.delivery().settle(intervals);
        assertThat(settled.stream()
                        .filter(i -> !i.omitted() && i.remoteRxBytes() == 1_000_000)
                        .count())
                .isEqualTo(counted);
        assertThat(settled.stream().filter(i -> !i.omitted() && i.remoteRxBytes() != 1_000_000))
                .as("the end")
                .isEmpty();
        assertThat(run.delivery().arrivedBitsPerSecond(Duration.ofSeconds(omit)))
                .isCloseTo(8e6, Percentage.withPercentage(1));
    }

    @Test
    void whatNeverArrivesIsNotWaitedForForEver() throws BtestException {
        SimulatedTransfer transfer = new BufferedTransfer();
        transfer.sends(() -> 2_000_000);
        transfer.peerReportsAt(at(1, 3), 1_000_000);
        assertThat(limited(transfer, 2_000_000).run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        assertThat(clock.elapsed()).isBetween(at(3, 0).toNanos(), at(6, 0).toNanos());
    }

    private final class BufferedTransfer extends SimulatedTransfer {
        BufferedTransfer() {
            super(clock, true);
        }

        @Override
        boolean sendsThroughBuffers() {
            return true;
        }
    }

    @Test
    void whatIsReceivedAndWhatIsSentCountTogether() throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, true);
        transfer.receives(() -> clock.elapsed() / 1000);
        transfer.sends(() -> clock.elapsed() / 500);
        for (int second = 1; second <= 3; second++) {
            transfer.peerReportsAt(at(second, 3), 2_000_000);
        }
        assertThat(limited(transfer, 9_900_000).run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        assertThat(clock.elapsed()).isBetween(at(3, 300).toNanos(), at(3, 301).toNanos());
    }

    /** Nothing is moved for seconds, then all at once: looking becomes no rarer than each 20 ms. */
    @Test
    void aBurstAfterALongSilenceEndsTheTestSoon() throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, false);
        transfer.receives(() -> clock.elapsed() < at(10, 5).toNanos() ? 1 : 1_000_000);
        assertThat(limited(transfer, 1_000_000).run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        assertThat(clock.elapsed()).isBetween(at(10, 5).toNanos(), at(10, 25).toNanos());
    }

    /** Three times as long as a status mostly takes: it counts in the second that it tells of all the same. */
    @ParameterizedTest
    @ValueSource(ints = {3, 300, 700})
    void aLateStatusCountsInTheSecondThatItTellsOf(int lateMillis) throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, true);
        transfer.sends(() -> clock.elapsed() / 1000);
        int seconds = 3600;
        for (int second = 1; second <= seconds; second++) {
            transfer.peerReportsAt(at(second, lateMillis), 1_000_000 - second);
        }
        TestRun run = run(transfer, Duration.ofSeconds(seconds).plusMillis(900), HOUR);
        run.run();
        List<IntervalReport> settled = run.delivery().settle(intervals);
        for (int i = 0; i < seconds; i++) {
            assertThat(settled.get(i).remoteRxBytes()).as("at the end").isEqualTo(1_000_000 - (i + 1));
            assertThat(intervals.get(i).lengthNanos()).isEqualTo(SECOND.toNanos());
            if (i > 0 || lateMillis < 250) {
                assertThat(intervals.get(i).remoteRxBytes()).as("at once").isEqualTo(1_000_000 - (i + 1));
            }
        }
        assertThat(run.delivery().arrivedBytes()).isEqualTo(seconds * 1_000_000L - seconds * (seconds + 1L) / 2);
    }

    /** An interval waits for the status on it, and while it does nothing else is late. */
    @Test
    void whileAStatusIsAwaitedOurOwnGoOutOnTime() throws BtestException {
        List<Long> sentAt = new ArrayList<>();
        SimulatedTransfer transfer = new SimulatedTransfer(clock, true) {
            @Override
            void sendStatus(Status status) {
                sentAt.add(clock.elapsed());
            }
        };
        for (int second = 1; second <= 60; second++) {
            transfer.peerReportsAt(at(second, 300), 1000);
        }
        run(transfer, at(60, 500), HOUR).run();
        assertThat(sentAt).hasSize(60);
        for (int i = 0; i < sentAt.size(); i++) {
            assertThat(sentAt.get(i)).isEqualTo(Duration.ofSeconds(i + 1).toNanos());
        }
    }

    /** At the end two seconds are allowed for statuses that are owed, and no more. */
    @ParameterizedTest
    @CsvSource({"11999, 11999, false", "12001, 12000, true"})
    void aTestWaitsTwoSecondsForWhatThePeerOwes(int comesAtMillis, int endsAtMillis, boolean lost)
            throws BtestException {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, true);
        transfer.sends(() -> clock.elapsed() / 1000);
        for (int second = 1; second <= 7; second++) {
            transfer.peerReportsAt(Duration.ofSeconds(second), 1_000_000);
        }
        for (int second = 8; second <= 10; second++) {
            transfer.peerReportsAt(Duration.ofMillis(comesAtMillis), 1_000_000);
        }
        TestRun run = run(transfer, Duration.ofSeconds(10), HOUR);
        assertThat(run.run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
        assertThat(run.delivery().peerIsLost()).isEqualTo(lost);
        assertThat(clock.elapsed())
                .isGreaterThanOrEqualTo(Duration.ofMillis(endsAtMillis).toNanos());
        assertThat(clock.elapsed())
                .isLessThan(Duration.ofMillis(endsAtMillis + 750).toNanos());
    }

    /** A run that lasts an hour waits for nobody who takes the intervals. */
    @Test
    void aListenerThatHangsDelaysNothingButItself() throws Exception {
        SimulatedTransfer transfer = new SimulatedTransfer(clock, false);
        transfer.receives(() -> clock.elapsed() / 1000);
        Recording recording = new Recording();
        TestRun run = new TestRun(
                transfer,
                SpeedCaps.of(Side.CLIENT, UDP),
                new Timing(HOUR, Duration.ZERO, SECOND, HOUR),
                recording::add);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        CompletableFuture<List<IntervalReport>> taken =
                CompletableFuture.supplyAsync(() -> take(recording, began, ended));
        clock.at(at(10, 0), () -> await(began));
        recording.record(
                () -> {
                    run.run();
                    return null;
                },
                () -> null);
        assertThat(clock.elapsed()).isEqualTo(HOUR.toNanos());
        ended.countDown();
        assertThat(taken.get(10, TimeUnit.SECONDS)).hasSize(3600).isEqualTo(recording.intervals());
    }

    private static List<IntervalReport> take(Recording recording, CountDownLatch began, CountDownLatch ended) {
        List<IntervalReport> taken = new ArrayList<>();
        try {
            for (IntervalReport next = recording.await(0); next != null; next = recording.await(taken.size())) {
                taken.add(next);
                began.countDown();
                await(ended);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return taken;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
