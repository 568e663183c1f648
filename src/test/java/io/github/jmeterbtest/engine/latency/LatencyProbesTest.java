package io.github.jmeterbtest.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LatencyProbesTest {
    private static final long SECOND = 1_000_000_000;

    private static final long LOST_MILLIS = -1;

    private static final List<Long> LOST_SIX_TIMES_BETWEEN_SHORT_ONES = Stream.of(
                    Collections.nCopies(3, 10L), Collections.nCopies(6, LOST_MILLIS), List.of(10L))
            .flatMap(List::stream)
            .toList();

    private final SimulatedClock clock = new SimulatedClock();
    private final ScriptedProbe probe = new ScriptedProbe();

    /** Takes as long as it is told to, the last time again and again. */
    private final class ScriptedProbe implements Probe {
        private final Queue<Long> millis = new ArrayDeque<>();
        private final List<Long> sentAtMillis = new ArrayList<>();
        private OptionalLong lateRoundTripMillis = OptionalLong.empty();
        private Duration closing = Duration.ZERO;
        private boolean closed;

        @Override
        public Answer ask() throws IOException {
            sentAtMillis.add(clock.elapsed() / 1_000_000);
            long next = millis.size() > 1 ? millis.remove() : millis.element();
            clock.advance(next == LOST_MILLIS ? ConnectProbe.TIMEOUT : Duration.ofMillis(next));
            if (closed) {
                throw new ClosedChannelException();
            }
            if (next == LOST_MILLIS) {
                return LOST;
            }
            clock.advance(closing);
            Answer answer = Answer.after(next * 1_000_000);
            return next < 1000 || lateRoundTripMillis.isEmpty()
                    ? answer
                    : new Answer(answer.nanos(), lateRoundTripMillis.getAsLong() * 1_000_000);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private LatencyProbes probes(Duration every, Long... millis) {
        probe.millis.addAll(List.of(millis));
        return new LatencyProbes(clock, probe, every);
    }

    /** Probes for as long as the clock says, and gives what each second has. */
    private List<Latency> seconds(LatencyProbes probes, int count, int omitted) {
        long begin = clock.nanoTime();
        List<Latency> seconds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            IntervalReport second = second(i, i < omitted);
            clock.at(
                    Duration.ofNanos(clock.elapsed()).plusSeconds(i + 1).plusMillis(1),
                    () -> seconds.add(probes.complete(second, begin + (second.index() + 1) * SECOND)
                            .latency()));
        }
        clock.at(Duration.ofNanos(clock.elapsed()).plusSeconds(count).plusMillis(2), probes::close);
        probes.probeLoaded();
        return seconds;
    }

    /** {@return the latency of a whole test, with a probe every 100 ms that takes as long} */
    private Latency loaded(int seconds, Long... millis) {
        LatencyProbes probes = probes(Duration.ofMillis(100), millis);
        seconds(probes, seconds, 0);
        return probes.result().loaded();
    }

    private static IntervalReport second(int index, boolean omitted) {
        return IntervalReports.of(
                index, index * SECOND, SECOND, 1, 1, 0, 0, 0, 0, 0, -1, -1, false, -1, -1, false, omitted);
    }

    private static long millis(long nanos) {
        return Math.round(nanos / 1e6);
    }

    @Test
    void theIdleLinkIsProbedForASecondWithoutTheFirstProbeThatMayHaveToFindTheWay() {
        LatencyProbes probes = probes(Duration.ofSeconds(10), 50L, 2L, 4L, 1L, 3L, 2L);
        probes.measureIdle();
        Latency idle = probes.result().idle();
        assertThat(idle.answered()).isEqualTo(10);
        assertThat(millis(idle.minimumNanos())).isEqualTo(1);
        assertThat(millis(idle.medianNanos())).isEqualTo(2);
        assertThat(millis(idle.maximumNanos())).isEqualTo(4);
        assertThat(Duration.ofNanos(clock.elapsed())).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1200));
    }

    @Test
    void aProbeBelongsToTheIntervalInWhichItEnds() {
        List<Latency> seconds = seconds(probes(Duration.ofMillis(400), 20L, 20L, 300L, 30L), 2, 0);
        // at 0 and 400 ms, then one from 800 to 1100 ms
        assertThat(seconds.get(0).answered()).isEqualTo(2);
        assertThat(millis(seconds.get(0).maximumNanos())).isEqualTo(20);
        assertThat(seconds.get(1).answered()).isEqualTo(3);
        assertThat(millis(seconds.get(1).maximumNanos())).isEqualTo(300);
    }

    @Test
    void thereIsNeverMoreThanOneUnderWayAndNoneIsMadeUpFor() {
        seconds(probes(Duration.ofMillis(100), 350L, 350L, 10L), 1, 0);
        assertThat(probe.sentAtMillis).containsExactly(0L, 350L, 700L, 800L, 900L, 1000L);
    }

    @Test
    void lostOnesAndLateOnesAreCounted() {
        LatencyProbes probes = probes(Duration.ofMillis(100), LOST_MILLIS, 1500L, 10L);
        List<Latency> seconds = seconds(probes, 5, 0);
        assertThat(seconds.get(2)).isEqualTo(Latency.NONE);
        assertThat(seconds.get(3)).isEqualTo(Latency.unanswered(1));
        Latency last = seconds.get(4);
        assertThat(last.late()).isEqualTo(1);
        assertThat(last.lost()).isZero();
        assertThat(millis(last.maximumNanos())).isEqualTo(1500);
        assertThat(probes.result().loaded().lost()).isEqualTo(1);
        assertThat(probes.result().loaded().late()).isEqualTo(1);
    }

    /** A client waits for the server's last status, up to two seconds. */
    @ParameterizedTest
    @CsvSource({"500, 5000, 1, 1", "500, -1, 1, 1", "500, 1700, 0, 2", "1200, 5000, 0, 1", "1200, 20, 0, 1"})
    void aProbeCountsIfItWasSentUnderLoad(int sentAtMillis, long took, int lost, int answered) {
        LatencyProbes probes = probes(Duration.ofMillis(sentAtMillis), 10L, took, 10_000L);
        Latency loaded = loadedOfOneSecond(probes, took < 0 ? 3600 : 2600);
        assertThat(loaded.lost()).isEqualTo(lost);
        assertThat(loaded.answered()).isEqualTo(answered);
    }

    /** {@return the latency of a test with data for a second, whose report is made later} */
    private Latency loadedOfOneSecond(LatencyProbes probes, int reportAtMillis) {
        long begin = clock.nanoTime();
        List<Latency> total = new ArrayList<>();
        clock.at(Duration.ofMillis(1001), () -> probes.complete(second(0, false), begin + SECOND));
        clock.at(Duration.ofMillis(reportAtMillis), () -> {
            total.add(probes.result().loaded());
            probes.close();
        });
        probes.probeLoaded();
        return total.get(0);
    }

    private static Long[] tenTimesBeforeShortOnes(long millis) {
        return Stream.concat(Collections.nCopies(10, millis).stream(), Stream.of(10L))
                .toArray(Long[]::new);
    }

    /** Three seconds of a long queue, and two of none: there are twice as many probes in these. */
    @Test
    void aProbeStandsForTheTimeThatItTook() {
        Latency loaded = loaded(5, tenTimesBeforeShortOnes(300));
        assertThat(loaded.answered()).isEqualTo(30);
        assertThat(millis(loaded.medianNanos())).isEqualTo(300);
    }

    /** What it took of the interval before is no time of this one. */
    @Test
    void aProbeStandsOnlyForTheTimeOfItsInterval() {
        LatencyProbes probes = probes(Duration.ofMillis(100), 10L, 10L, 900L, 10L);
        List<Latency> seconds = seconds(probes, 2, 0);
        assertThat(millis(seconds.get(1).maximumNanos())).isEqualTo(900);
        assertThat(millis(seconds.get(1).medianNanos())).isEqualTo(10);
    }

    @Test
    void oneHiccupIsNotTheIdleLink() {
        LatencyProbes probes = probes(Duration.ofSeconds(10), 1L, 1L, 1L, 1L, 1L, 1L, 600L);
        probes.measureIdle();
        assertThat(millis(probes.result().idle().medianNanos())).isEqualTo(1);
    }

    /** A queue that drops one packet of a few, small or large, keeps the rest for 300 ms. */
    @Test
    void lateProbesAmongShortOnesAreOfRepeatedPackets() {
        Latency loaded = loaded(9, 1300L, 300L, 2300L, 1300L, 300L);
        assertThat(loaded.late()).isEqualTo(3);
        assertThat(millis(loaded.medianNanos())).isEqualTo(300);
        assertThat(millis(loaded.percentile95Nanos())).isEqualTo(300);
        assertThat(millis(loaded.maximumNanos())).isEqualTo(2300);
    }

    /** The packet was dropped where the queue was longest, and repeated where it had shrunk. */
    @Test
    void aRepeatedPacketMayHaveMetAShorterQueue() {
        Latency loaded = loaded(9, 350L, 420L, 500L, 1350L, 1500L, 350L);
        assertThat(loaded.late()).isEqualTo(2);
        assertThat(millis(loaded.percentile95Nanos())).isBetween(350L, 500L);
    }

    /** Half of the first packets are dropped, and the system tells how long the repeated ones took. */
    @Test
    void aRepeatedPacketCountsWithTheTimeThatTheSystemTells() {
        probe.lateRoundTripMillis = OptionalLong.of(102);
        Latency loaded = loaded(5, 1100L, 100L, 1100L);
        assertThat(loaded.late()).isEqualTo(4);
        assertThat(millis(loaded.medianNanos())).isEqualTo(102);
        assertThat(millis(loaded.minimumNanos())).isEqualTo(100);
        assertThat(millis(loaded.maximumNanos())).isEqualTo(1100);
    }

    @Test
    void theTimeBeforeAPacketWasRepeatedIsNotThatOfTheQueue() {
        probe.lateRoundTripMillis = OptionalLong.of(10);
        Latency loaded = loaded(4, 1000L, 300L, 1000L, 300L, 1000L, 300L);
        assertThat(millis(loaded.medianNanos())).isEqualTo(300);
    }

    /** The time after the answer is not that of a dropped packet. */
    @Test
    void aProbeMayEndSomeTimeAfterItsAnswer() {
        probe.closing = Duration.ofMillis(3);
        Latency second = seconds(probes(Duration.ofMillis(100), 600L), 1, 0).get(0);
        assertThat(second.answered()).isEqualTo(1);
        assertThat(millis(second.medianNanos())).isEqualTo(600);
    }

    /** Perhaps the answered ones came through while no data came. */
    @Test
    void aTenthOfTheTimeMustBeThatOfPacketsWhichWereNotDropped() {
        probe.lateRoundTripMillis = OptionalLong.of(1);
        assertThat(loaded(21, tenTimesBeforeShortOnes(2001)).medianNanos()).isEqualTo(IntervalReport.UNKNOWN);
    }

    /** The first one was dropped in a queue that long. */
    @Test
    void aRepeatedPacketMayTakeLongerThanASecond() {
        probe.lateRoundTripMillis = OptionalLong.of(1200);
        assertThat(millis(loaded(9, 600L, 1200L, 1800L).medianNanos())).isEqualTo(1200);
    }

    /** Its first packet was dropped while data came, the answered one met none. */
    @Test
    void aPacketThatIsRepeatedAfterTheDataTellsNothingOfTheirQueue() {
        probe.lateRoundTripMillis = OptionalLong.of(1);
        Latency loaded = loadedOfOneSecond(probes(Duration.ofMillis(500), 100L, 1001L, 10_000L), 2600);
        assertThat(loaded.late()).isEqualTo(1);
        assertThat(millis(loaded.minimumNanos())).isEqualTo(100);
    }

    /** The system tells the same of a queue that long and of an answer that was dropped. */
    @Test
    void aSecondThatTheSystemTellsProvesNothing() {
        probe.lateRoundTripMillis = OptionalLong.of(1100);
        assertThat(loaded(5, 1100L).medianNanos()).isEqualTo(IntervalReport.UNKNOWN);
    }

    static Stream<List<Long>> longQueues() {
        return Stream.of(
                List.of(100L, 400L, 800L, 1200L),
                // TCP keeps it between these
                List.of(300L, 900L, 1200L, 1400L, 700L, 900L, 1100L, 1200L),
                // and some packets are dropped
                List.of(600L, 1200L, 2200L, 1200L, 1200L, LOST_MILLIS, 1200L));
    }

    @ParameterizedTest
    @MethodSource("longQueues")
    void lateProbesTellOfAQueueThatGrowsByDegrees(List<Long> millis) {
        assertThat(millis(loaded(13, millis.toArray(Long[]::new)).medianNanos()))
                .isEqualTo(1200);
    }

    static Stream<List<Long>> manyWithoutKnownTime() {
        return Stream.of(
                // a flood into a queue of 1.2 s, or packets that are dropped, from the beginning or later
                List.of(1200L),
                List.of(10L, 1200L),
                List.of(10L, 10L, 10L, 10L, 10L, 1200L),
                List.of(300L, 300L, 300L, 300L, 300L, 1300L),
                // a link that dies, or is as good as dead
                List.of(10L, 10L, 10L, 10L, 10L, LOST_MILLIS),
                List.of(10L, 10L, LOST_MILLIS, 10L, LOST_MILLIS),
                // half of them
                List.of(300L, 1200L, 1200L, 300L, 1200L, 1200L, 300L),
                // the data pauses before and after
                List.of(10L, 10L, 10L, 1400L, 1400L, 1400L, 1400L, 10L));
    }

    @ParameterizedTest
    @MethodSource("manyWithoutKnownTime")
    void aMedianAmongThoseWhoseTimeIsNotKnownIsNotKnown(List<Long> millis) {
        Latency loaded = loaded(6, millis.toArray(Long[]::new));
        assertThat(loaded.medianNanos()).isEqualTo(IntervalReport.UNKNOWN);
        assertThat(loaded.percentile95Nanos()).isEqualTo(IntervalReport.UNKNOWN);
    }

    @Test
    void theIncreaseOverAnUnknownMedianIsNotKnown() {
        LatencyProbes probes = probes(Duration.ofMillis(100), 1L);
        probes.measureIdle();
        probe.millis.clear();
        probe.millis.addAll(List.of(10L, 1100L));
        seconds(probes, 6, 0);
        assertThat(probes.result().loaded().isKnown()).isTrue();
        assertThat(probes.result().increaseNanos()).isEmpty();
    }

    /** What was dropped before does not excuse a link that is dead then. */
    @Test
    void manyLostProbesInARowAreNotLeftOut() {
        Latency loaded = loaded(20, LOST_SIX_TIMES_BETWEEN_SHORT_ONES.toArray(Long[]::new));
        assertThat(loaded.lost()).isEqualTo(6);
        assertThat(loaded.medianNanos()).isEqualTo(IntervalReport.UNKNOWN);
    }

    @Test
    void aFewLostProbesAreLeftOut() {
        Latency loaded = loaded(9, 20L, 20L, 20L, LOST_MILLIS, 20L, 20L, LOST_MILLIS, 20L);
        assertThat(loaded.lost()).isEqualTo(2);
        assertThat(millis(loaded.medianNanos())).isEqualTo(20);
        assertThat(millis(loaded.percentile95Nanos())).isEqualTo(20);
    }

    /** It would be of the idle link. */
    @Test
    void noProbeIsSentBeforeTheData() {
        LatencyProbes probes = probes(Duration.ofMillis(700), 10L);
        clock.at(Duration.ofSeconds(1), probes::close);
        probes.run();
        assertThat(probe.sentAtMillis).containsExactly(700L);
    }

    @Test
    void aSecondLeavesOutARepeatedPacketToo() {
        LatencyProbes probes = probes(Duration.ofMillis(100), 1100L, 10L, 10L, 1100L, 10L);
        List<Latency> seconds = seconds(probes, 4, 0);
        // at 1400 ms comes one that is answered at 2500 ms
        assertThat(seconds.get(2).late()).isEqualTo(1);
        assertThat(millis(seconds.get(2).percentile95Nanos())).isEqualTo(10);
    }

    @Test
    void theTotalLeavesOutTheOmittedTime() {
        LatencyProbes probes = probes(Duration.ofSeconds(1), 900L, 20L);
        seconds(probes, 3, 1);
        Latency loaded = probes.result().loaded();
        assertThat(loaded.answered()).isEqualTo(2);
        assertThat(millis(loaded.maximumNanos())).isEqualTo(20);
    }

    @Test
    void theIncreaseIsThatOfTheMedians() {
        LatencyProbes probes = probes(Duration.ofMillis(500), 1L, 2L);
        probes.measureIdle();
        probe.millis.clear();
        probe.millis.add(105L);
        seconds(probes, 2, 0);
        assertThat(millis(probes.result().increaseNanos().orElseThrow())).isEqualTo(103);
    }

    @Test
    void withoutAnAnswerNothingIsKnown() {
        LatencyProbes probes = probes(Duration.ofMillis(100), LOST_MILLIS);
        seconds(probes, 7, 0);
        LatencyUnderLoad result = probes.result();
        assertThat(result.isMeasured()).isTrue();
        // the third had been under way for two seconds
        assertThat(result.loaded()).isEqualTo(Latency.unanswered(3));
        assertThat(result.increaseNanos()).isEmpty();
    }

    @Test
    void aTestThatEndsWithinItsOmittedTimeHasTheLatencyOfThat() {
        LatencyProbes probes = probes(Duration.ofSeconds(1), 20L);
        seconds(probes, 2, 2);
        assertThat(probes.result().loaded().answered()).isPositive();
    }

    @Test
    void aLinkThatDoesNotAnswerIsNotProbedForLong() {
        LatencyProbes probes = probes(Duration.ofSeconds(1), LOST_MILLIS);
        probes.measureIdle();
        assertThat(probes.result().idle()).isEqualTo(Latency.unanswered(1));
        assertThat(probe.sentAtMillis).hasSize(1);
    }

    @Test
    void anInterruptEndsTheWaitForTheIdleLink() {
        LatencyProbes probes = probes(Duration.ofSeconds(1), 1L);
        Thread.currentThread().interrupt();
        try {
            probes.measureIdle();
            assertThat(clock.elapsed()).isLessThan(SECOND / 10);
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        }
    }

    @Test
    void withoutAProbeNothingIsMeasured() {
        assertThat(LatencyUnderLoad.NONE.isMeasured()).isFalse();
    }
}
