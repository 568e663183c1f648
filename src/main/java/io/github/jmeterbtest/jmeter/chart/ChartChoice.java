package io.github.jmeterbtest.jmeter.chart;

import java.util.Optional;

/**
 * What the user chose to see.
 *
 * @param axis what the times count from
 * @param run name of the run; empty for all
 * @param window the part of the axis that is shown, ms; empty for all of it
 */
public record ChartChoice(ChartAxis axis, Optional<String> run, Optional<ChartExtent> window) {
    /** All of every run. */
    public static final ChartChoice ALL = new ChartChoice(ChartAxis.RUN, Optional.empty(), Optional.empty());

    /** {@return the same over all times} */
    public ChartChoice unzoomed() {
        return new ChartChoice(axis, run, Optional.empty());
    }

    /** {@return the same in a part of the axis} */
    public ChartChoice zoomed(ChartExtent part) {
        return new ChartChoice(axis, run, Optional.of(part));
    }
}
