package io.github.jmeterbtest.engine.search;

import java.time.Duration;
import java.util.List;

/**
 * What to search for. The values are checked by the caller.
 *
 * @param acceptedLosses the shares of packets that may be lost, 0..1, at least one; each gives a result of its own
 * @param lowestBitsPerSecond the lowest rate to try, bit/s, at least 1
 * @param highestBitsPerSecond the highest rate to try, bit/s, not below the lowest
 * @param precision how much the rate that is too high may exceed the one that is not, as a share of it, more than 0
 * @param shortTrial length of the first trials
 * @param finalTrial length of the trials that decide; not less
 * @param maxTrials how many trials to run at most, at least 1
 */
public record SearchSettings(
        List<Double> acceptedLosses,
        long lowestBitsPerSecond,
        long highestBitsPerSecond,
        double precision,
        Duration shortTrial,
        Duration finalTrial,
        int maxTrials) {

    /** Copies the list, in ascending order. */
    public SearchSettings {
        acceptedLosses = acceptedLosses.stream().sorted().distinct().toList();
    }
}
