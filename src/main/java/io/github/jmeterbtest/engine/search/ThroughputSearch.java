package io.github.jmeterbtest.engine.search;

import io.github.jmeterbtest.engine.report.BtestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the highest rate at which no more is lost than accepted, for one packet size and several accepted losses at the
 * same time. It works as Multiple Loss Ratio Search does (MLRsearch, draft-ietf-bmwg-mlrsearch of the IETF, which
 * extends the throughput of RFC 2544), with an exceed ratio of 0.5:
 *
 * <ul>
 *   <li>The first trial offers the highest rate, the next one what arrived of it.
 *   <li>Short trials find the neighbourhood. Trials get longer and the bounds closer from phase to phase, and only
 *       those of the last phase make a result. A trial that loses too much proves an upper bound however short it is,
 *       alone if it loses more than a stall of either end explains, else together with a second one.
 *   <li>All accepted losses use all trials.
 * </ul>
 *
 * <p>Not thread-safe; one object makes one search.
 */
public final class ThroughputSearch {
    private final SearchSettings settings;
    private final List<Phase> phases;
    private final List<Trial> trials = new ArrayList<>();
    private boolean complete;

    /** @param settings what to search for */
    public ThroughputSearch(SearchSettings settings) {
        this.settings = settings;
        this.phases = Phase.of(settings);
    }

    /**
     * Runs trials until all is found, the runner ends it, or there were as many as allowed.
     *
     * @throws BtestException what the runner threw; {@link #result()} tells what was found until then
     */
    public void run(TrialRunner runner) throws BtestException {
        for (Phase phase : phases) {
            if (!run(phase, runner)) {
                return;
            }
        }
        complete = true;
    }

    /** @return whether the phase came to its end */
    private boolean run(Phase phase, TrialRunner runner) throws BtestException {
        List<GoalSearch> goals = goals(phase);
        boolean isLast = phase.equals(phases.get(phases.size() - 1));
        int before;
        do {
            before = trials.size();
            for (GoalSearch goal : goals) {
                if (!run(goal, phase.length(), runner)) {
                    return false;
                }
            }
            // a trial for one can take a bound away from another, which matters only where it is the result
        } while (isLast && trials.size() > before);
        return true;
    }

    /** The highest first: the way down to a lower one is full of loads at which few packets may look like much loss. */
    private List<GoalSearch> goals(Phase phase) {
        return settings.acceptedLosses().stream()
                .sorted(Comparator.reverseOrder())
                .map(loss -> new GoalSearch(settings, loss, phase, trials))
                .toList();
    }

    private boolean run(GoalSearch goal, Duration length, TrialRunner runner) throws BtestException {
        for (Optional<Long> rate = goal.next(); rate.isPresent(); rate = goal.next()) {
            if (!run(rate.get(), length, runner)) {
                return false;
            }
        }
        return true;
    }

    private boolean run(long bitsPerSecond, Duration length, TrialRunner runner) throws BtestException {
        if (trials.size() >= settings.maxTrials()) {
            return false;
        }
        Optional<Observation> seen = runner.run(bitsPerSecond, length);
        seen.ifPresent(observation -> trials.add(new Trial((double) bitsPerSecond, length, observation)));
        return seen.isPresent();
    }

    /** @return what has been found so far; may be asked at any time between two trials */
    public SearchResult result() {
        return new SearchResult(
                settings.acceptedLosses().stream().map(this::result).toList(), trials);
    }

    private GoalResult result(double acceptedLoss) {
        Bounds decided = bounds(acceptedLoss, phases.size() - 1);
        boolean isDone =
                decided.isWithin(settings.precision()) || isAtAnEnd(decided) || (complete && isExhausted(acceptedLoss));
        Optional<Limit> limit = isDone ? limit(decided) : Optional.empty();
        boolean finished = limit.isPresent();
        Bounds known = decided;
        Duration length = settings.finalTrial();
        for (int i = phases.size() - 2; i >= 0 && !finished && known.lower().isEmpty(); i--) {
            known = bounds(acceptedLoss, i);
            length = phases.get(i).length();
        }
        return new GoalResult(acceptedLoss, trialAt(known, acceptedLoss, length), known.upper(), limit, finished);
    }

    /** @return whether even the highest rate loses no more, or even the lowest one does */
    private boolean isAtAnEnd(Bounds bounds) {
        double lower = bounds.lower().orElse(Double.NEGATIVE_INFINITY);
        double upper = bounds.upper().orElse(Double.POSITIVE_INFINITY);
        return (lower >= settings.highestBitsPerSecond() && bounds.upper().isEmpty())
                || (upper <= settings.lowestBitsPerSecond() && bounds.lower().isEmpty());
    }

    private boolean isExhausted(double acceptedLoss) {
        return new GoalSearch(settings, acceptedLoss, phases.get(phases.size() - 1), trials).isExhausted();
    }

    private Bounds bounds(double acceptedLoss, int phase) {
        return Bounds.of(trials, acceptedLoss, phases.get(phase).length());
    }

    /** That of which least arrived, of several at the same rate. */
    private Optional<Trial> trialAt(Bounds bounds, double acceptedLoss, Duration length) {
        return bounds.lower().stream()
                .boxed()
                .flatMap(lower ->
                        trials.stream().filter(trial -> trial.load() == lower && trial.keeps(acceptedLoss, length)))
                .min(Comparator.comparingDouble(Trial::forwardedBitsPerSecond));
    }

    /** Bounds that could not be brought together have rates between them that the source does not offer. */
    private Limit linkOrSource(Bounds bounds) {
        return bounds.isWithin(settings.precision())
                ? Limit.LINK
                : trials.stream()
                        .filter(trial -> trial.fellShortEachTime(trials)
                                && trial.load() <= bounds.lower().getAsDouble()
                                && trial.wantedBitsPerSecond() > bounds.lower().getAsDouble()
                                && trial.wantedBitsPerSecond() < bounds.upper().getAsDouble())
                        .map(trial -> trial.seen().source())
                        .findFirst()
                        .orElse(Limit.LINK);
    }

    /** @return nothing if the trials contradict each other, so that nothing explains the bounds */
    private Optional<Limit> limit(Bounds bounds) {
        if (bounds.upper().isEmpty()) {
            return sourceOrHighestRate(bounds);
        }
        if (bounds.upperIsThisMachine()) {
            return Optional.of(Limit.THIS_MACHINE);
        }
        return Optional.of(bounds.lower().isPresent() ? linkOrSource(bounds) : Limit.LOWEST_RATE);
    }

    private Optional<Limit> sourceOrHighestRate(Bounds bounds) {
        double highest = (double) settings.highestBitsPerSecond();
        return bounds.lower().orElse(0) >= highest
                ? Optional.of(Limit.HIGHEST_RATE)
                : trials.stream()
                        .filter(trial -> trial.wantedBitsPerSecond() == highest && trial.fellShortEachTime(trials))
                        .reduce((earlier, later) -> later)
                        .map(trial -> trial.seen().source());
    }
}
