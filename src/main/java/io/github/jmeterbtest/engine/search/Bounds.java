package io.github.jmeterbtest.engine.search;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the trials prove of one accepted loss. A load at which any trial lost more is an upper bound, unless that may
 * have been chance and either the trial is shorter than those that decide, or a trial of full length at a higher load
 * lost no more. A loss that may have another reason than the rate must come twice. It does not count if another trial
 * at that rate, at least as long, lost no more than accepted. A load at which a trial of full length lost no more is a
 * lower bound, if it is below all upper bounds. These are MLRsearch's relevant bounds, for an exceed ratio of 0.5.
 *
 * @param lower the highest lower bound, bit/s
 * @param upper the lowest upper bound, bit/s
 * @param upperIsThisMachine whether, at the upper bound, it is this machine that may have lost the packets
 */
record Bounds(OptionalDouble lower, OptionalDouble upper, boolean upperIsThisMachine) {
    /** So many at one rate make it an upper bound: neither a hiccup of this machine nor a stall comes twice. */
    static final int UNCLEAR_TRIALS = 2;

    /** @param fullLength what a trial needs to make a lower bound */
    static Bounds of(List<Trial> trials, double acceptedLoss, Duration fullLength) {
        double sure = minLoad(trials.stream().filter(trial -> trial.exceedsSurely(acceptedLoss)));
        List<Trial> unclear = trials.stream()
                .filter(trial -> trial.isUnclear(acceptedLoss, fullLength))
                .filter(trial -> isStillUnclear(trials, trial.wantedBitsPerSecond(), acceptedLoss, fullLength))
                .toList();
        double surelyBlurred = minWanted(unclear.stream().filter(trial -> trial.isUnclearSurely(acceptedLoss)));
        OptionalDouble lower = trials.stream()
                .filter(trial -> trial.keeps(acceptedLoss, fullLength))
                .mapToDouble(Trial::load)
                .filter(load -> load < Math.min(sure, surelyBlurred))
                .max();
        // of the few packets at a far lower load, one lost by chance may be too many
        double link = Math.min(
                sure,
                minLoad(trials.stream()
                        .filter(trial -> trial.exceeds(acceptedLoss, fullLength))
                        .filter(trial -> lower.isEmpty() || trial.load() > lower.getAsDouble())));
        double blurred = Math.min(
                surelyBlurred,
                minWanted(unclear.stream()
                        .filter(trial -> lower.isEmpty() || trial.wantedBitsPerSecond() > lower.getAsDouble())));
        boolean byThisMachine = blurred < link
                && unclear.stream()
                        .anyMatch(trial ->
                                trial.wantedBitsPerSecond() == blurred && trial.isUnclearByThisMachine(acceptedLoss));
        double upper = Math.min(link, blurred);
        return new Bounds(
                lower,
                upper == Double.POSITIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(upper),
                byThisMachine);
    }

    private static double minLoad(Stream<Trial> trials) {
        return trials.mapToDouble(Trial::load).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static double minWanted(Stream<Trial> trials) {
        return trials.mapToDouble(Trial::wantedBitsPerSecond).min().orElse(Double.POSITIVE_INFINITY);
    }

    private static boolean isStillUnclear(List<Trial> trials, double wanted, double acceptedLoss, Duration fullLength) {
        List<Trial> same = trials.stream()
                .filter(trial -> trial.wantedBitsPerSecond() == wanted)
                .toList();
        return same.stream().noneMatch(trial -> trial.keeps(acceptedLoss, fullLength) && trial.tellsOfItsRate(trials))
                && same.stream()
                                .filter(trial -> trial.isUnclear(acceptedLoss, fullLength))
                                .filter(trial -> same.stream()
                                        .noneMatch(other -> other.keeps(acceptedLoss, trial.length())
                                                && other.tellsOfItsRate(trials)))
                                .count()
                        >= UNCLEAR_TRIALS;
    }

    /** @return whether both bounds are there and no farther apart than that share of the lower one */
    boolean isWithin(double width) {
        return lower.isPresent() && upper.isPresent() && isWithin(lower.getAsDouble(), upper.getAsDouble(), width);
    }

    /** @return whether they are no farther apart than that share, and 1 bit/s for rounding */
    static boolean isWithin(double lower, double upper, double width) {
        return upper <= lower * (1 + width) + 1;
    }
}
