package io.github.jmeterbtest.engine.search;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search has found for one accepted loss.
 *
 * @param acceptedLoss the share of packets that may be lost, 0..1
 * @param best the trial at the highest rate that lost no more; empty if there is none
 * @param upperBitsPerSecond the lowest rate that is too high, bit/s; empty if none is
 * @param limit what keeps the rate from being higher; empty if the search ended before it was known
 * @param finished whether the bounds are as close as asked for, or cannot be closer
 */
public record GoalResult(
        double acceptedLoss,
        Optional<Trial> best,
        OptionalDouble upperBitsPerSecond,
        Optional<Limit> limit,
        boolean finished) {

    /** @return the highest rate that was offered without losing more, bit/s; empty if there is none */
    public OptionalDouble lowerBitsPerSecond() {
        return best.map(trial -> OptionalDouble.of(trial.load())).orElse(OptionalDouble.empty());
    }

    /**
     * @return what arrived of it, bit/s: MLRsearch's conditional throughput, which is the rate that was really offered
     *     where nothing may be lost; empty if there is none
     */
    public OptionalDouble throughputBitsPerSecond() {
        return best.map(trial -> OptionalDouble.of(trial.forwardedBitsPerSecond()))
                .orElse(OptionalDouble.empty());
    }

    /**
     * @return the lower bound without what was lost of it, bit/s, to compare with a rate that is asked for: a source
     *     may offer a little less than a rate and still prove it; what arrived if that is more than a little less;
     *     empty if there is none
     */
    public OptionalDouble provenBitsPerSecond() {
        return best.map(trial -> OptionalDouble.of(trial.provenBitsPerSecond())).orElse(OptionalDouble.empty());
    }

    /** @return the share that was lost at the lower bound, 0..1; empty if there is none */
    public OptionalDouble loss() {
        return best.map(trial -> OptionalDouble.of(trial.seen().maxLoss())).orElse(OptionalDouble.empty());
    }

    /** @return the same, which is not found yet */
    GoalResult unfinished() {
        return new GoalResult(acceptedLoss, best, upperBitsPerSecond, Optional.empty(), false);
    }

    /** @return length of the trial at the lower bound; 0 if there is none */
    public Duration length() {
        return best.map(Trial::length).orElse(Duration.ZERO);
    }
}
