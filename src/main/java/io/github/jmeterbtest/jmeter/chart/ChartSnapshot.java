package io.github.jmeterbtest.jmeter.chart;

import java.util.List;
import java.util.Optional;

/**
 * What a run has to show at one moment.
 *
 * @param beganMillis start of the first interval of the run, wall clock, ms
 * @param firstMillis start of the first step, wall clock, ms
 * @param stepMillis length of a step, ms
 * @param steps how many values a line has
 * @param lines a line for each label, in the order of their appearance
 * @param sum all lines together; empty if there is none
 * @param tests in the order of their start
 * @param testsForgotten tests that are no longer in the list
 */
public record ChartSnapshot(
        long beganMillis,
        long firstMillis,
        long stepMillis,
        int steps,
        List<ChartLine> lines,
        Optional<ChartLine> sum,
        List<ChartRow> tests,
        long testsForgotten) {

    static ChartSnapshot empty(List<ChartRow> tests, long testsForgotten) {
        return new ChartSnapshot(0, 0, 1000, 0, List.of(), Optional.empty(), tests, testsForgotten);
    }

    /** {@return whether there is no line to show} */
    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
