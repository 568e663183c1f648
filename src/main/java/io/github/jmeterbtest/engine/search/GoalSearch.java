package io.github.jmeterbtest.engine.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Chooses the next rate for one accepted loss in one phase. It starts from what shorter trials found, goes away from a
 * bound in steps that double until it has the other one, and then halves what lies between.
 */
final class GoalSearch {
    /** More than any range of rates needs. */
    private static final int MAX_DOUBLINGS = 20;
    /** Where some fall short and others are unclear. */
    private static final int MAX_TRIALS_AT_ONE_RATE = 4;
    /**
     * Below a rate that is too high, one that is hardly lower most likely is as well: at least so much of the width
     * must lie between them.
     */
    private static final double WORTH_A_STEP = 0.5;

    private final SearchSettings settings;
    private final double acceptedLoss;
    private final Phase phase;
    private final List<Trial> trials;
    private int steps;
    private boolean triedWhatArrived;
    private long lastRate;

    /** @param trials all trials so far, to which others may be added */
    GoalSearch(SearchSettings settings, double acceptedLoss, Phase phase, List<Trial> trials) {
        this.settings = settings;
        this.acceptedLoss = acceptedLoss;
        this.phase = phase;
        this.trials = trials;
    }

    /** @return the next rate to try, bit/s; empty if this phase has nothing more to find */
    Optional<Long> next() {
        if (isUnclear(lastRate) || fellShortOnce(lastRate)) {
            return Optional.of(lastRate);
        }
        Bounds bounds = bounds();
        OptionalDouble rate = choose(bounds);
        if (rate.isEmpty()) {
            return Optional.empty();
        }
        long wanted = clamp(rate.getAsDouble());
        // the trials there have told all they can, and still there is no lower bound
        while (bounds.upper().isPresent()
                && bounds.lower().isEmpty()
                && isDecided(wanted)
                && wanted > settings.lowestBitsPerSecond()) {
            wanted = clamp(wanted / step());
        }
        lastRate = wanted;
        // at rates of a few bit/s nothing lies between the bounds
        return isDecided(wanted) ? Optional.empty() : Optional.of(wanted);
    }

    /** @return whether the bounds are as close as they can be; if not, what the trials showed is contradictory */
    boolean isExhausted() {
        Bounds bounds = bounds();
        if (bounds.lower().isEmpty() && bounds.upper().isEmpty()) {
            return false;
        }
        OptionalDouble rate = choose(bounds);
        return rate.isEmpty() || isNothingBetween(bounds, (double) clamp(rate.getAsDouble()));
    }

    private static boolean isNothingBetween(Bounds bounds, double wanted) {
        return wanted <= bounds.lower().orElse(Double.NEGATIVE_INFINITY)
                || wanted >= bounds.upper().orElse(Double.POSITIVE_INFINITY);
    }

    private long clamp(double bitsPerSecond) {
        return Math.max(
                settings.lowestBitsPerSecond(), Math.min(Math.round(bitsPerSecond), settings.highestBitsPerSecond()));
    }

    private boolean isUnclear(long wanted) {
        return at(wanted).stream().anyMatch(trial -> trial.isUnclear(acceptedLoss, phase.length()))
                && !isDecided(wanted);
    }

    /** A source that had no CPU time for a moment offers the rate at the second try; one that cannot, does not. */
    private boolean fellShortOnce(long wanted) {
        List<Trial> same = at(wanted);
        if (same.isEmpty() || !same.get(same.size() - 1).fellShort()) {
            return false;
        }
        Trial last = same.get(same.size() - 1);
        return !last.exceeds(acceptedLoss, phase.length())
                && trials.stream()
                                .filter(Trial::fellShort)
                                .filter(trial -> isSameTry(trial, last)
                                        || (trial.offersAsMuchAs(last) && trial.fellShortEachTime(trials)))
                                .count()
                        == 1;
    }

    /** @return whether it is of the same rate, and as long */
    private static boolean isSameTry(Trial trial, Trial last) {
        return trial.wantedBitsPerSecond() == last.wantedBitsPerSecond() && trial.isAsLongAs(last.length());
    }

    private List<Trial> at(long wanted) {
        return trials.stream()
                .filter(trial -> trial.wantedBitsPerSecond() == wanted)
                .toList();
    }

    private Bounds bounds() {
        return Bounds.of(trials, acceptedLoss, phase.length());
    }

    private OptionalDouble choose(Bounds bounds) {
        if (bounds.upper().isEmpty()) {
            return isDecided(settings.highestBitsPerSecond())
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) settings.highestBitsPerSecond());
        }
        double upper = bounds.upper().getAsDouble();
        if (bounds.lower().isEmpty()) {
            return upper <= settings.lowestBitsPerSecond() ? OptionalDouble.empty() : OptionalDouble.of(below(upper));
        }
        double lower = lowestReachable(bounds.lower().getAsDouble(), upper);
        return Bounds.isWithin(lower, upper, phase.width())
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(Math.sqrt(lower * upper), lower * step()));
    }

    /** What shorter trials found, unless it is hardly lower; then what arrived of the rate that is too high. */
    private double below(double upper) {
        double worthTrying = upper / (1 + phase.width() * WORTH_A_STEP);
        double[] kept = trials.stream()
                .filter(trial -> trial.seen().keeps(acceptedLoss))
                .mapToDouble(Trial::load)
                .filter(load -> load < upper)
                .toArray();
        OptionalDouble found =
                Arrays.stream(kept).filter(load -> load <= worthTrying).max();
        if (found.isPresent() && Arrays.stream(kept).allMatch(load -> load <= worthTrying)) {
            return found.getAsDouble();
        }
        // below what is hardly lower, what was found can be far away
        return Math.max(found.orElse(0), whatArrivedOrAStepBelow(upper));
    }

    /** Where a link loses some percent at any rate, what arrived is hardly lower, again and again: then in steps. */
    private double whatArrivedOrAStepBelow(double upper) {
        OptionalDouble arrived = arrivedOf(upper);
        if (arrived.isPresent() && !triedWhatArrived) {
            triedWhatArrived = true;
            return arrived.getAsDouble();
        }
        return Math.min(arrived.orElse(Double.POSITIVE_INFINITY), upper / step());
    }

    /** @return of the trial that tells most of those that make that bound; nothing if that is no step */
    private OptionalDouble arrivedOf(double upper) {
        return trials.stream()
                .filter(trial -> trial.load() == upper || trial.wantedBitsPerSecond() == upper)
                .filter(trial -> !trial.seen().keeps(acceptedLoss))
                .max(Comparator.comparing((Trial trial) -> !trial.isIrregular())
                        .thenComparing(Trial::length)
                        .thenComparing(Trial::forwardedBitsPerSecond))
                .stream()
                .mapToDouble(Trial::forwardedBitsPerSecond)
                .filter(rate -> !Bounds.isWithin(rate, upper, phase.width()) && rate >= settings.lowestBitsPerSecond())
                .findFirst();
    }

    /** A source with coarse steps offers no more for a little more; what it cannot offer is no place to search. */
    private double lowestReachable(double lower, double upper) {
        return trials.stream()
                .filter(trial -> trial.fellShortEachTime(trials) && trial.keeps(acceptedLoss, phase.length()))
                .filter(trial -> trial.load() <= lower && trial.wantedBitsPerSecond() < upper)
                .mapToDouble(Trial::wantedBitsPerSecond)
                .reduce(lower, Math::max);
    }

    private double step() {
        return Math.pow(1 + phase.width(), 1 << Math.min(steps++, MAX_DOUBLINGS));
    }

    /** @return whether another trial at that rate could say nothing new */
    private boolean isDecided(long wanted) {
        List<Trial> same = at(wanted);
        List<Trial> longEnough =
                same.stream().filter(trial -> trial.isAsLongAs(phase.length())).toList();
        return same.stream().anyMatch(trial -> trial.exceeds(acceptedLoss, phase.length()))
                || longEnough.stream()
                        .anyMatch(trial -> trial.keeps(acceptedLoss, phase.length()) && trial.tellsOfItsRate(trials))
                || longEnough.stream()
                                .filter(trial -> trial.tellsOfItsRate(trials))
                                .count()
                        >= Bounds.UNCLEAR_TRIALS
                || longEnough.size() >= MAX_TRIALS_AT_ONE_RATE;
    }
}
