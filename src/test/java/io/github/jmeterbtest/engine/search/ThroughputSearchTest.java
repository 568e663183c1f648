package io.github.jmeterbtest.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThroughputSearchTest {
    private static final double PRECISION = 0.01;
    private static final Duration FINAL = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration DECISIVE = Duration.ofSeconds(10);
    private static final long LOWEST = 1_000_000;
    private static final long HIGHEST = 1_000_000_000;

    private static SearchSettings settings(Double... acceptedLosses) {
        return settings(100, acceptedLosses);
    }

    private static SearchSettings settings(int maxTrials, Double... acceptedLosses) {
        return new SearchSettings(
                List.of(acceptedLosses),
                LOWEST,
                HIGHEST,
                PRECISION,
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                maxTrials);
    }

    private static SearchSettings settings(long lowest, Duration finalTrial) {
        return new SearchSettings(
                List.of(0.0, 0.005), lowest, HIGHEST, PRECISION, Duration.ofSeconds(1), finalTrial, 100);
    }

    private static SearchResult search(SimulatedLink link, Double... acceptedLosses) throws BtestException {
        ThroughputSearch search = new ThroughputSearch(settings(acceptedLosses));
        search.run(link);
        return search.result();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.3e6, 35e6, 240e6, 987e6})
    void findsTheRateOfAShaperWithinThePrecision(double rate) throws BtestException {
        SearchResult result = search(new SimulatedLink(rate), 0.0, 0.005);
        assertThat(result.finished()).isTrue();
        assertThat(result.goals()).extracting(GoalResult::acceptedLoss).containsExactly(0.0, 0.005);
        assertThat(result.goals()).allSatisfy(goal -> {
            assertThat(goal.limit()).contains(Limit.LINK);
            assertThat(goal.throughputBitsPerSecond().orElseThrow()).isCloseTo(rate, within(rate * PRECISION));
            assertThat(goal.length()).isEqualTo(Duration.ofSeconds(60));
        });
        GoalResult noLoss = result.goals().get(0);
        assertThat(noLoss.lowerBitsPerSecond().orElseThrow()).isLessThanOrEqualTo(rate);
        assertThat(noLoss.upperBitsPerSecond().orElseThrow()).isGreaterThan(rate);
        assertThat(noLoss.upperBitsPerSecond().orElseThrow())
                .isLessThanOrEqualTo(noLoss.lowerBitsPerSecond().orElseThrow() * (1 + PRECISION));
        assertThat(noLoss.loss()).hasValue(0);
    }

    @Test
    void beginsWithTheHighestRateAndWhatArrivedOfIt() throws BtestException {
        SimulatedLink link = new SimulatedLink(35e6);
        search(link, 0.0);
        assertThat(link.wanted.subList(0, 2)).containsExactly(HIGHEST, 35_000_000L);
    }

    private static Optional<Long> next(Trial... trials) {
        return new GoalSearch(
                        settings(LOWEST, DECISIVE),
                        0.0,
                        new Phase(DECISIVE, PRECISION),
                        new ArrayList<>(List.of(trials)))
                .next();
    }

    private static Trial good(double rate, Duration length) {
        return new Trial(rate, length, new Observation(rate, 1e5, 0, 0, Limit.SERVER_OR_QUEUE));
    }

    private static Trial bad(double rate, Duration length, double loss) {
        return new Trial(rate, length, lost(rate, loss));
    }

    /** A queue lets short trials pass at rates that a long trial finds too high. */
    @Test
    void aRateThatIsHardlyLowerIsNoStep() {
        Trial tooHigh = bad(35.07e6, DECISIVE, 0.03);
        assertThat(next(good(35.01e6, SHORT), good(35.07e6, SHORT), tooHigh))
                .as("what arrived")
                .hasValue(34_017_900L);
        assertThat(next(good(20e6, SHORT), good(35.01e6, SHORT), good(35.07e6, SHORT), tooHigh))
                .as("what arrived, not far below")
                .hasValue(34_017_900L);
        assertThat(next(good(34.5e6, SHORT), good(35.07e6, SHORT), tooHigh))
                .as("what a shorter trial found")
                .hasValue(34_500_000L);
    }

    /** What arrived is hardly lower here. */
    @Test
    void whatAShorterTrialFoundIsTriedUnlessItIsFarBelow() {
        Trial tooHigh = bad(35.07e6, DECISIVE, 0.006);
        assertThat(next(good(34.5e6, SHORT), tooHigh, tooHigh)).hasValue(34_500_000L);
        assertThat(next(good(20e6, SHORT), good(35.01e6, SHORT), tooHigh, tooHigh))
                .as("a step lower")
                .hasValue(34_722_772L);
        assertThat(next(good(34.85e6, SHORT), good(35.01e6, SHORT), tooHigh, tooHigh))
                .as("nearer than a step")
                .hasValue(34_850_000L);
    }

    @Test
    void whatArrivedIsThatOfTheLongestTrialThatMakesTheBound() {
        assertThat(next(
                        bad(1e9, SHORT, 0.965),
                        bad(35e6, SHORT, 0.15),
                        good(35e6, SHORT),
                        bad(35e6, DECISIVE, 0.0199),
                        bad(35e6, DECISIVE, 0.0195)))
                .hasValue(34_317_500L);
    }

    @Test
    void whatArrivedOfAFloodIsTriedHoweverManyTrialsItTook() throws BtestException {
        SimulatedLink link = new SimulatedLink(250e6).offeredAtMost(300e6, Limit.SERVER_OR_QUEUE);
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run(link);
        assertThat(link.wanted.subList(0, 3)).containsExactly(HIGHEST, HIGHEST, 250_000_000L);
        assertThat(link.wanted).hasSizeLessThan(15);
    }

    /** Rates are whole bits a second, and one of them is no reason for another trial. */
    @Test
    void aStepOfThePrecisionIsPreciseEnough() {
        assertThat(next(good(34_752_475, DECISIVE), bad(35_100_000, DECISIVE, 0.5)))
                .isEmpty();
        Bounds bounds = Bounds.of(List.of(good(34_752_475, DECISIVE), bad(35_100_000, DECISIVE, 0.5)), 0, DECISIVE);
        assertThat(bounds.isWithin(PRECISION)).isTrue();
    }

    @Test
    void whatWasFoundForOneLossIsNotLostWithAnother() throws BtestException {
        Limit source = Limit.SERVER_OR_QUEUE;
        for (int maxTrials = 4; maxTrials < 60; maxTrials++) {
            ThroughputSearch search = new ThroughputSearch(settings(maxTrials, 0.0, 0.005));
            search.run((rate, length) -> Optional.of(
                    new Observation((double) rate, 1e6, rate > 35e6 ? 0.001 : 0, rate > 35e6 ? 0.001 : 0, source)));
            SearchResult result = search.result();
            assertThat(result.goals().get(1).finished())
                    .as("the highest rate, after %d trials", maxTrials)
                    .isEqualTo(result.trials().stream().anyMatch(trial -> trial.isAsLongAs(FINAL)));
            assertThat(result.goals().get(1).limit())
                    .isEqualTo(result.goals().get(1).finished() ? Optional.of(Limit.HIGHEST_RATE) : Optional.empty());
        }
    }

    @Test
    void decidesWithFinalTrialsOnlyAndNarrowsWithShortOnes() throws BtestException {
        SimulatedLink link = new SimulatedLink(35e6);
        SearchResult result = search(link, 0.0);
        assertThat(link.lengths).isSorted().startsWith(Duration.ofSeconds(1)).endsWith(Duration.ofSeconds(60));
        assertThat(link.lengths.stream().filter(Duration.ofSeconds(60)::equals)).hasSizeLessThanOrEqualTo(4);
        assertThat(result.trials()).hasSameSizeAs(link.wanted);
        assertThat(result.trialTime()).isEqualTo(link.time());
    }

    @Test
    void findsBothRatesOfALinkThatLosesAtRandom() throws BtestException {
        SearchResult result = search(new SimulatedLink(35e6).losing(0.003), 0.0, 0.005);
        GoalResult noLoss = result.goals().get(0);
        assertThat(noLoss.limit()).contains(Limit.LOWEST_RATE);
        assertThat(noLoss.best()).isEmpty();
        assertThat(noLoss.upperBitsPerSecond()).hasValue((double) LOWEST);
        GoalResult someLoss = result.goals().get(1);
        assertThat(someLoss.limit()).contains(Limit.LINK);
        assertThat(someLoss.throughputBitsPerSecond().orElseThrow())
                .as("as precise as asked for, and what is lost at random is missing")
                .isBetween(35e6 * 0.985, 35e6);
        assertThat(someLoss.loss().orElseThrow()).isBetween(0.002, 0.005);
        assertThat(result.finished()).isTrue();
    }

    /** A search makes dozens of trials, so what happens once in a thousand trials happens. */
    @ParameterizedTest
    @ValueSource(ints = {10, 60})
    void noChanceTakesTheRateOfALinkThatLosesAtRandomAway(int finalSeconds) throws BtestException {
        for (long seed = 0; seed < 300; seed++) {
            ThroughputSearch search = new ThroughputSearch(settings(100_000, Duration.ofSeconds(finalSeconds)));
            search.run(new SimulatedLink(35e6).losing(0.003).seeded(seed));
            GoalResult someLoss = search.result().goals().get(1);
            assertThat(someLoss.finished()).as("seed %d", seed).isTrue();
            assertThat(someLoss.lowerBitsPerSecond().orElse(0))
                    .as("seed %d", seed)
                    .isCloseTo(35e6, Percentage.withPercentage(100 * PRECISION));
        }
    }

    /** On its way down, the search for no loss comes to loads of which one lost packet is more than 0.5 %. */
    @Test
    void aLostPacketAtALowLoadIsNoBoundOfAnAcceptedLoss() {
        List<Trial> trials = List.of(
                new Trial(36e6, FINAL, new Observation(36e6, 15_000, 0.03, 0.03, Limit.SERVER_OR_QUEUE)),
                new Trial(34e6, FINAL, new Observation(34e6, 14_000, 0.003, 0.003, Limit.SERVER_OR_QUEUE)),
                new Trial(225e3, FINAL, new Observation(225e3, 94, 1 / 94.0, 1 / 94.0, Limit.SERVER_OR_QUEUE)));
        Bounds bounds = Bounds.of(trials, 0.005, FINAL);
        assertThat(bounds.lower()).hasValue(34e6);
        assertThat(bounds.upper()).hasValue(36e6);
        assertThat(Bounds.of(trials.subList(2, 3), 0.005, FINAL).upper())
                .as("as long as nothing speaks against it")
                .hasValue(225e3);
        assertThat(Bounds.of(trials, 0, FINAL).upper()).as("no loss is no loss").hasValue(225e3);
    }

    /** Where a rate loses hardly more than the next one, only ever larger steps come to an end. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.03, 0.05})
    void aLinkThatLosesMoreThanAcceptedAtAnyRateComesToAnEnd(double loss) throws BtestException {
        for (long seed = 0; seed < 100; seed++) {
            ThroughputSearch search = new ThroughputSearch(settings(100_000, Duration.ofSeconds(10)));
            search.run(new SimulatedLink(35e6).losing(loss).seeded(seed));
            GoalResult someLoss = search.result().goals().get(1);
            assertThat(someLoss.finished()).as("seed %d", seed).isTrue();
            assertThat(someLoss.lowerBitsPerSecond().orElse(0))
                    .as("seed %d: what only chance keeps below the accepted loss", seed)
                    .isLessThan(2e6);
        }
    }

    @Test
    void whatThisMachineDropsIsNotTheLinksWhereTheServerFallsShortToo() throws BtestException {
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run((rate, length) -> Optional.of(
                rate > 300e6
                        ? new Observation(rate * 0.985, 1e6, 0, 0.02, Limit.SERVER_OR_QUEUE)
                        : new Observation((double) rate, 1e6, 0, 0, Limit.SERVER_OR_QUEUE)));
        assertThat(search.result().goals().get(0).limit()).contains(Limit.THIS_MACHINE);
    }

    @Test
    void aStallInAShortTrialAndOneInALongTrialAreNoBoundIfATrialBetweenThemLostNothing() {
        Observation good = new Observation(35e6, 1e5, 0, 0, Limit.SERVER_OR_QUEUE);
        Trial shortBad = new Trial(35e6, Duration.ofSeconds(1), lost(35e6, 0.08));
        Trial longBad = new Trial(35e6, FINAL, lost(35e6, 0.0013));
        List<Trial> trials = List.of(shortBad, new Trial(35e6, Duration.ofSeconds(1), good), longBad);
        assertThat(Bounds.of(trials, 0, FINAL).upper()).isEmpty();
        assertThat(Bounds.of(List.of(shortBad, longBad), 0, FINAL).upper()).hasValue(35e6);
    }

    private static Observation lost(double rate, double share) {
        return new Observation(rate, 1e5, share, share, Limit.SERVER_OR_QUEUE);
    }

    @Test
    void aStallMayBeMostOfAShortTrial() {
        assertThat(new Trial(32e6, Duration.ofMillis(150), lost(32e6, 0.87)).exceeds(0, FINAL))
                .isFalse();
        assertThat(new Trial(32e6, Duration.ofMillis(300), lost(32e6, 0.87)).exceeds(0, FINAL))
                .isTrue();
    }

    /** With RFC 2544's count of lost frames, what waits in a queue is no loss, however long that takes. */
    @Test
    void aLongQueueHidesNothingFromLongTrials() throws BtestException {
        SearchResult result = search(new SimulatedLink(35e6).queueing(35e6 * 0.1), 0.0);
        assertThat(result.goals().get(0).throughputBitsPerSecond().orElseThrow())
                .isBetween(35e6 * 0.99, 35e6 * 1.012);
    }

    /** What lasts longer than a stall is the link's, and makes a bound at the first time. */
    @Test
    void aFlappingLinkGetsNoMoreThanItKeeps() throws BtestException {
        for (long seed = 0; seed < 200; seed++) {
            ThroughputSearch search = new ThroughputSearch(settings(40, 0.0));
            search.run(new SimulatedLink(35e6).flapping(0.2).seeded(seed));
            GoalResult goal = search.result().goals().get(0);
            double lower = goal.lowerBitsPerSecond().orElseThrow();
            assertThat(lower).as("seed %d", seed).isLessThanOrEqualTo(35e6);
            assertThat(search.result().trials())
                    .filteredOn(trial -> trial.load() <= lower)
                    .as("seed %d: seconds that were lost", seed)
                    .allMatch(trial -> trial.seen().maxLoss() * trial.length().toMillis() <= 200);
        }
    }

    @Test
    void aLinkThatIsFasterThanTheHighestRateIsToldSo() throws BtestException {
        SimulatedLink link = new SimulatedLink(10e9);
        SearchResult result = search(link, 0.0, 0.005);
        assertThat(result.goals()).allSatisfy(goal -> {
            assertThat(goal.limit()).contains(Limit.HIGHEST_RATE);
            assertThat(goal.lowerBitsPerSecond()).hasValue((double) HIGHEST);
            assertThat(goal.upperBitsPerSecond()).isEmpty();
            assertThat(goal.finished()).isTrue();
        });
        assertThat(link.wanted).hasSize(3).containsOnly(HIGHEST);
    }

    @Test
    void aLinkThatIsSlowerThanTheLowestRateIsToldSo() throws BtestException {
        SearchResult result = search(new SimulatedLink(500e3), 0.0);
        GoalResult goal = result.goals().get(0);
        assertThat(goal.limit()).contains(Limit.LOWEST_RATE);
        assertThat(goal.best()).isEmpty();
        assertThat(goal.throughputBitsPerSecond()).isEmpty();
        assertThat(goal.loss()).isEmpty();
        assertThat(goal.length()).isZero();
        assertThat(goal.finished()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SERVER_OR_QUEUE", "THIS_MACHINE"})
    void aRateThatIsNotOfferedIsNotTheLinks(Limit source) throws BtestException {
        SearchResult result = search(new SimulatedLink(10e9).offeredAtMost(300e6, source), 0.0, 0.005);
        assertThat(result.goals()).allSatisfy(goal -> {
            assertThat(goal.limit()).contains(source);
            assertThat(goal.lowerBitsPerSecond()).hasValue(300e6);
            assertThat(goal.upperBitsPerSecond()).isEmpty();
        });
    }

    @Test
    void aLinkSlowerThanTheSourceIsMeasuredAllTheSame() throws BtestException {
        SearchResult result = search(new SimulatedLink(35e6).offeredAtMost(300e6, Limit.THIS_MACHINE), 0.0);
        assertThat(result.goals().get(0).limit()).contains(Limit.LINK);
        assertThat(result.goals().get(0).throughputBitsPerSecond().orElseThrow())
                .isCloseTo(35e6, Percentage.withPercentage(1));
    }

    @Test
    void whatThisMachineDropsIsNotTheLinks() throws BtestException {
        SearchResult result = search(new SimulatedLink(10e9).receivedAtMost(300e6), 0.0, 0.005);
        assertThat(result.goals()).allSatisfy(goal -> {
            assertThat(goal.limit()).contains(Limit.THIS_MACHINE);
            assertThat(goal.lowerBitsPerSecond().orElseThrow()).isCloseTo(300e6, Percentage.withPercentage(1));
        });
    }

    @Test
    void aSingleHiccupOfThisMachineIsNoBound() throws BtestException {
        for (int trial = 1; trial <= 12; trial++) {
            SearchResult result = search(new SimulatedLink(35e6).withHiccupAt(trial), 0.0);
            assertThat(result.goals().get(0).limit()).as("hiccup at %d", trial).contains(Limit.LINK);
            assertThat(result.goals().get(0).throughputBitsPerSecond().orElseThrow())
                    .isCloseTo(35e6, Percentage.withPercentage(1));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {35e6, 10e9})
    void aSourceThatStarvesOnceIsNoSlowOne(double rate) throws BtestException {
        double right = Math.min(rate, 1e9);
        for (int trial = 1; trial <= 12; trial++) {
            SearchResult result = search(new SimulatedLink(rate).starvedAt(trial), 0.0, 0.005);
            for (GoalResult goal : result.goals()) {
                assertThat(goal.limit())
                        .as("starved at %d", trial)
                        .contains(rate < 1e9 ? Limit.LINK : Limit.HIGHEST_RATE);
                assertThat(goal.throughputBitsPerSecond().orElseThrow())
                        .as("starved at %d", trial)
                        .isCloseTo(right, Percentage.withPercentage(1.5));
            }
        }
    }

    /** A trial in one phase takes nothing from those of another. */
    @Test
    void aSourceThatStarvesInTwoPhasesIsNoSlowOne() throws BtestException {
        for (int first = 1; first <= 6; first++) {
            for (int second = first + 2; second <= 9; second++) {
                SearchResult result = search(new SimulatedLink(10e9).starvedAt(first, second), 0.0);
                assertThat(result.goals().get(0).limit())
                        .as("starved at %d and %d", first, second)
                        .contains(Limit.HIGHEST_RATE);
            }
        }
    }

    /** 300 of 1000 Mbit/s would be a wrong number, and "the highest rate" a wrong reason. */
    @Test
    void aTrialThatFellShortSaysNothingWhereAnotherIsUnclear() throws BtestException {
        int[] at = {0};
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run((rate, length) -> {
            int trial = length.equals(FINAL) ? ++at[0] : 0;
            double offered = rate * (trial == 1 ? 0.3 : 1);
            return Optional.of(new Observation(offered, 1e6, 0, trial == 2 ? 0.001 : 0, Limit.SERVER_OR_QUEUE));
        });
        GoalResult goal = search.result().goals().get(0);
        assertThat(goal.limit()).contains(Limit.HIGHEST_RATE);
        assertThat(goal.throughputBitsPerSecond()).hasValue((double) HIGHEST);
    }

    /** In receive, the sequence numbers end with what has left the queue: here 4 % short. */
    @Test
    void aFloodOfWhichAQueueHoldsTheEndBackIsOne() throws BtestException {
        SimulatedLink link = new SimulatedLink(35e6).holdingBack(35e6 * 0.06);
        ThroughputSearch search = new ThroughputSearch(
                new SearchSettings(List.of(0.0), LOWEST, 50_000_000, PRECISION, Duration.ofSeconds(1), FINAL, 100));
        search.run(link);
        assertThat(link.wanted.stream().filter(rate -> rate == 50_000_000)).hasSize(1);
        assertThat(link.wanted.get(1).doubleValue()).as("what arrived").isCloseTo(35e6, Percentage.withPercentage(7));
        assertThat(search.result().goals().get(0).throughputBitsPerSecond().orElseThrow())
                .isCloseTo(35e6, Percentage.withPercentage(1));
    }

    /** What stands in a queue at the end counts as offered, and has not arrived. */
    @Test
    void theResultIsNoMoreThanWhatArrived() throws BtestException {
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run((rate, length) -> {
            double loss = rate > 35_000_000 ? 0.5 : 0;
            return Optional.of(
                    new Observation((double) rate, rate * 0.9 * (1 - loss), 1e6, loss, loss, Limit.SERVER_OR_QUEUE));
        });
        assertThat(search.result().goals().get(0).throughputBitsPerSecond().orElseThrow())
                .isCloseTo(35e6 * 0.9, Percentage.withPercentage(1));
        assertThat(search.result().goals().get(0).provenBitsPerSecond().orElseThrow())
                .as("what a minimum is compared with")
                .isCloseTo(35e6 * 0.9, Percentage.withPercentage(1));
    }

    /** A link that carries customers is flooded no more than it must be. */
    @Test
    void aFloodThatProvesTheLinkIsNotRepeated() throws BtestException {
        SimulatedLink link = new SimulatedLink(35e6).offeredAtMost(300e6, Limit.SERVER_OR_QUEUE);
        search(link, 0.0);
        assertThat(link.wanted.stream().filter(rate -> rate == HIGHEST)).hasSize(1);
    }

    /** RouterOS sends a whole number of packets a second, a whole number of microseconds apart. */
    @Test
    void aSourceWithCoarseStepsIsNoReasonToGoOnForEver() throws BtestException {
        SimulatedLink link = new SimulatedLink(35e6);
        TrialRunner coarse = (rate, length) -> link.run((long) (Math.floor(rate / 8e6) * 8e6 + 1e6), length);
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run(coarse);
        GoalResult goal = search.result().goals().get(0);
        assertThat(goal.lowerBitsPerSecond().orElseThrow()).isCloseTo(33e6, Percentage.withPercentage(1.1));
        assertThat(goal.throughputBitsPerSecond()).as("what really was offered").hasValue(33e6);
        assertThat(goal.limit()).as("it offers nothing between the bounds").contains(Limit.SERVER_OR_QUEUE);
        assertThat(goal.upperBitsPerSecond().orElseThrow()).isCloseTo(40e6, Percentage.withPercentage(2.5));
        assertThat(goal.finished()).isTrue();
        assertThat(search.result().trials()).hasSizeLessThan(30);
    }

    /** The bursts of a machine without CPU time must not look like a slow link. */
    @Test
    void whatAStallingSourceLosesIsTriedAgain() throws BtestException {
        SimulatedLink link = new SimulatedLink(35e6);
        TrialRunner stalling = (rate, length) -> {
            Observation seen = link.run(rate, length).orElseThrow();
            boolean stalls = link.wanted.size() % 4 == 3;
            return Optional.of(
                    stalls
                            ? new Observation(
                                    seen.offeredBitsPerSecond() * 0.7,
                                    seen.packets() * 0.7,
                                    0.01,
                                    0.01,
                                    Limit.SERVER_OR_QUEUE)
                            : seen);
        };
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run(stalling);
        GoalResult goal = search.result().goals().get(0);
        assertThat(goal.limit()).contains(Limit.LINK);
        assertThat(goal.throughputBitsPerSecond().orElseThrow()).isCloseTo(35e6, Percentage.withPercentage(1));
        assertThat(goal.upperBitsPerSecond().orElseThrow())
                .isLessThanOrEqualTo(goal.lowerBitsPerSecond().orElseThrow() * (1 + PRECISION));
    }

    /** A queue of 20 ms does not hold what a program sends at once after 100 ms without CPU time. */
    @ParameterizedTest
    @ValueSource(ints = {5, 60})
    void aStallNowAndThenIsNoBound(int finalSeconds) throws BtestException {
        int low = 0;
        for (long seed = 0; seed < 500; seed++) {
            ThroughputSearch search = new ThroughputSearch(settings(LOWEST, Duration.ofSeconds(finalSeconds)));
            search.run(new SimulatedLink(35e6)
                    .queueing(35e6 * 0.02)
                    .stalling(0.05, Duration.ofMillis(100))
                    .seeded(seed));
            for (GoalResult goal : search.result().goals()) {
                assertThat(goal.limit()).as("seed %d", seed).contains(Limit.LINK);
                low += goal.throughputBitsPerSecond().orElse(0) < 35e6 * (1 - PRECISION) ? 1 : 0;
            }
        }
        assertThat(low).as("of 1000: two stalls in a row are as rare").isLessThan(30);
    }

    @Test
    void aLossThatIsLongerThanAStallNeedsNoSecondTrial() throws BtestException {
        List<Long> tooFast = new ArrayList<>();
        new ThroughputSearch(settings(0.0)).run((rate, length) -> {
            double loss = rate > 30_000_000 ? 0.5 : 0;
            if (loss > 0) {
                tooFast.add(rate);
            }
            return Optional.of(new Observation((double) rate, 1e6, loss, loss, Limit.SERVER_OR_QUEUE));
        });
        assertThat(tooFast).doesNotHaveDuplicates();
    }

    /** What is lost at a rate that is higher than asked for says nothing of the rate that was. */
    @Test
    void aSourceThatSendsTooMuchNowAndThenIsNoEndOfTheSearch() throws BtestException {
        for (int every = 2; every <= 5; every++) {
            int period = every;
            SimulatedLink link = new SimulatedLink(35e6);
            TrialRunner hasty = (rate, length) ->
                    link.run(link.wanted.size() % period == period - 1 ? rate + rate / 20 : rate, length);
            ThroughputSearch search = new ThroughputSearch(settings(0.0, 0.005));
            search.run(hasty);
            assertThat(search.result().goals()).allSatisfy(goal -> {
                assertThat(goal.limit()).as("every %d", period).contains(Limit.LINK);
                assertThat(goal.throughputBitsPerSecond().orElseThrow()).isCloseTo(35e6, Percentage.withPercentage(6));
            });
        }
    }

    @Test
    void aMachineThatAlwaysStallsIsTheLimit() throws BtestException {
        TrialRunner stalling = (rate, length) -> Optional.of(
                rate > 300e6
                        ? new Observation(0.9 * rate, 1e6, 0.01, 0.01, Limit.THIS_MACHINE)
                        : new Observation((double) rate, 1e6, 0, 0, Limit.THIS_MACHINE));
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run(stalling);
        GoalResult goal = search.result().goals().get(0);
        assertThat(goal.limit()).contains(Limit.THIS_MACHINE);
        assertThat(goal.throughputBitsPerSecond().orElseThrow()).isCloseTo(300e6, Percentage.withPercentage(1));
    }

    /** It loses a little more than accepted each time, which may be chance in each trial. */
    @Test
    void aSourceThatFallsShortAndLosesALittleIsTheLimit() throws BtestException {
        for (double tooFast : List.of(35e6, 999e6)) {
            TrialRunner stalling = (rate, length) -> Optional.of(
                    rate > tooFast
                            ? new Observation(0.9 * rate, 1000, 0.006, 0.006, Limit.THIS_MACHINE)
                            : new Observation((double) rate, 1000, 0, 0, Limit.THIS_MACHINE));
            ThroughputSearch search = new ThroughputSearch(settings(0.005));
            search.run(stalling);
            GoalResult goal = search.result().goals().get(0);
            assertThat(goal.limit()).contains(Limit.THIS_MACHINE);
            assertThat(goal.finished()).isTrue();
            assertThat(goal.throughputBitsPerSecond().orElseThrow()).isCloseTo(tooFast, Percentage.withPercentage(1));
            assertThat(goal.upperBitsPerSecond().orElseThrow())
                    .isLessThanOrEqualTo(goal.lowerBitsPerSecond().orElseThrow() * (1 + PRECISION));
        }
    }

    /** Whatever the trials show, a result that is finished is precise, or tells why it cannot be. */
    @ParameterizedTest
    @ValueSource(doubles = {35e6, 10e9})
    void noFinishedResultIsWideWithoutAReason(double linkRate) throws BtestException {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            ThroughputSearch search = new ThroughputSearch(settings(0.0, 0.005));
            search.run((rate, length) -> {
                double offered = rate * (random.nextInt(3) == 0 ? 0.9 + 0.2 * random.nextDouble() : 1);
                double most = rate > linkRate ? 0.02 : 0.006;
                double maxLoss = random.nextInt(3) == 0 ? most * random.nextDouble() : rate > linkRate ? most : 0;
                double minLoss = random.nextInt(3) == 0 ? maxLoss * random.nextDouble() : maxLoss;
                return Optional.of(new Observation(offered, 1000, minLoss, maxLoss, Limit.SERVER_OR_QUEUE));
            });
            for (GoalResult goal : search.result().goals()) {
                assertThat(!goal.finished() || isPreciseOrUnreachable(goal))
                        .as("seed %d: %s", seed, goal)
                        .isTrue();
            }
        }
    }

    private static boolean isPreciseOrUnreachable(GoalResult goal) {
        double upper = goal.upperBitsPerSecond().orElse(Double.POSITIVE_INFINITY);
        double lower = goal.lowerBitsPerSecond().orElse(0);
        return switch (goal.limit().orElseThrow()) {
            case LINK -> upper <= lower * (1 + PRECISION) + 1 || lower == 0;
            case HIGHEST_RATE -> lower == HIGHEST;
            case LOWEST_RATE -> upper <= LOWEST;
            case SERVER_OR_QUEUE, THIS_MACHINE -> true;
        };
    }

    /** A server that has no CPU time for a moment sends nothing in a short trial. */
    @Test
    void aTrialOfWhichNothingArrivesIsTriedAgain() throws BtestException {
        SimulatedLink link = new SimulatedLink(10e9);
        int[] trials = {0};
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run((rate, length) -> trials[0]++ == 0
                ? Optional.of(Observation.nothingArrived(1000, Limit.SERVER_OR_QUEUE))
                : link.run(rate, length));
        assertThat(search.result().goals().get(0).limit()).contains(Limit.HIGHEST_RATE);
    }

    @Test
    void aLinkThatAHigherRateKillsHasALowerOne() throws BtestException {
        SimulatedLink link = new SimulatedLink(10e9);
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        search.run((rate, length) -> rate > 35_000_000
                ? Optional.of(Observation.nothingArrived(1000, Limit.SERVER_OR_QUEUE))
                : link.run(rate, length));
        GoalResult goal = search.result().goals().get(0);
        assertThat(goal.limit()).contains(Limit.LINK);
        assertThat(goal.throughputBitsPerSecond().orElseThrow()).isCloseTo(35e6, Percentage.withPercentage(1));
    }

    @Test
    void nothingAtAnyRateIsBelowTheLowest() throws BtestException {
        ThroughputSearch search = new ThroughputSearch(settings(0.0, 0.005));
        search.run((rate, length) -> Optional.of(Observation.nothingArrived(1000, Limit.SERVER_OR_QUEUE)));
        assertThat(search.result().goals()).allMatch(goal -> goal.best().isEmpty() && goal.finished());
        assertThat(search.result().trials()).hasSizeLessThan(30);
        assertThat(search.result().nothingArrived()).isTrue();
    }

    @Test
    void aSearchThatIsEndedTellsWhatItKnows() throws BtestException {
        for (int trials = 0; trials < 6; trials++) {
            int left = trials;
            SimulatedLink link = new SimulatedLink(35e6);
            ThroughputSearch search = new ThroughputSearch(settings(0.0));
            search.run((rate, length) -> link.wanted.size() < left ? link.run(rate, length) : Optional.empty());
            SearchResult result = search.result();
            assertThat(result.trials()).hasSize(trials);
            assertThat(result.finished()).isFalse();
            assertThat(result.goals().get(0).limit()).isEmpty();
            if (trials >= 2) {
                assertThat(result.goals().get(0).lowerBitsPerSecond()).hasValue(35e6);
                assertThat(result.goals().get(0).length()).isLessThanOrEqualTo(Duration.ofSeconds(60));
            } else {
                assertThat(result.goals().get(0).best()).isEmpty();
            }
        }
    }

    @Test
    void runsNoMoreTrialsThanAllowed() throws BtestException {
        SimulatedLink link = new SimulatedLink(35e6);
        ThroughputSearch search = new ThroughputSearch(settings(5, 0.0));
        search.run(link);
        assertThat(link.wanted).hasSize(5);
        assertThat(search.result().finished()).isFalse();
    }

    @Test
    void whatWasFoundBeforeAFailureIsKept() {
        SimulatedLink link = new SimulatedLink(35e6);
        ThroughputSearch search = new ThroughputSearch(settings(0.0));
        assertThatThrownBy(() -> search.run((rate, length) -> {
                    if (link.wanted.size() == 2) {
                        throw new BtestException(ErrorKind.CONNECT_TIMEOUT, "no answer");
                    }
                    return link.run(rate, length);
                }))
                .hasMessage("no answer");
        assertThat(search.result().trials()).hasSize(2);
    }

    /** The comparison that the documentation gives; the bisection starts from the same range. */
    @ParameterizedTest
    @ValueSource(doubles = {35e6, 240e6})
    void needsAFractionOfTheTimeOfABisection(double rate) throws BtestException {
        SimulatedLink link = new SimulatedLink(rate);
        SearchResult result = search(link, 0.0, 0.005);
        Bisection bisection = new Bisection(settings(0.0, 0.005));
        Duration bisected = bisection.run(new SimulatedLink(rate));
        assertThat(bisection.rates())
                .hasSize(2)
                .allSatisfy(found -> assertThat(found).isCloseTo(rate, Percentage.withPercentage(2)));
        assertThat(result.trialTime()).isLessThan(bisected.dividedBy(2));
        System.out.printf(
                "%.0f Mbit/s: %d trials, %d s; bisection %d trials, %d s%n",
                rate / 1e6,
                result.trials().size(),
                result.trialTime().toSeconds(),
                bisection.trials(),
                bisected.toSeconds());
    }
}
