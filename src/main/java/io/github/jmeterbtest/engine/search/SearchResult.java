package io.github.jmeterbtest.engine.search;

import java.time.Duration;
import java.util.List;

/**
 * What a search has found.
 *
 * @param goals one for each accepted loss, in ascending order
 * @param trials all trials, in the order in which they ran
 */
public record SearchResult(List<GoalResult> goals, List<Trial> trials) {
    /** Copies the lists. */
    public SearchResult {
        goals = List.copyOf(goals);
        trials = List.copyOf(trials);
    }

    /** @return whether each goal was reached */
    public boolean finished() {
        return goals.stream().allMatch(GoalResult::finished);
    }

    /** @return whether there were trials, and nothing arrived in any, as behind a firewall */
    public boolean nothingArrived() {
        return !trials.isEmpty()
                && trials.stream().allMatch(trial -> trial.seen().minLoss() == 1);
    }

    /** @return the same, of which nothing counts as found */
    public SearchResult unfinished() {
        return new SearchResult(goals.stream().map(GoalResult::unfinished).toList(), trials);
    }

    /** @return how long all trials lasted, without what lies between them */
    public Duration trialTime() {
        return trials.stream().map(Trial::length).reduce(Duration.ZERO, Duration::plus);
    }
}
