package io.github.jmeterbtest.engine.report;

import java.util.OptionalLong;

/**
 * How long packets take while a test runs and while it does not.
 *
 * @param idle in the second before the test
 * @param loaded during the test, over the intervals that are not omitted
 */
public record LatencyUnderLoad(Latency idle, Latency loaded) {
    /** There were no probes. */
    public static final LatencyUnderLoad NONE = new LatencyUnderLoad(Latency.NONE, Latency.NONE);

    /** @return whether there were probes that were answered, or lost */
    public boolean isMeasured() {
        return idle.isProbed() || loaded.isProbed();
    }

    /** @return how much longer the median is under load, ns, at least 0; empty if one of the two is not known */
    public OptionalLong increaseNanos() {
        return idle.isMedianKnown() && loaded.isMedianKnown()
                ? OptionalLong.of(Math.max(0, loaded.medianNanos() - idle.medianNanos()))
                : OptionalLong.empty();
    }
}
