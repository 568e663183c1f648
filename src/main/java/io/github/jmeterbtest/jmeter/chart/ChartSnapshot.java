package io.github.jmeterbtest.jmeter.chart;

import java.util.List;
import java.util.Optional;

/**
 * What a throughput chart shows at one moment.
 *
 * @param firstMillis start of the first step, wall clock, ms
 * @param stepMillis length of a step, ms
 * @param steps how many values a line has
 * @param lines a line for each label, in the order of their appearance
 * @param sum all lines together; empty if there is none
 * @param tests in the order of their start
 * @param testsForgotten tests that are no longer in the list
 */
public record ChartSnapshot(
        long firstMillis,
        long stepMillis,
        int steps,
        List<ChartLine> lines,
        Optional<ChartLine> sum,
        List<ChartedTest.Row> tests,
        long testsForgotten) {

    /** {@return whether there is no line to show} */
    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
