package io.github.jmeterbtest.jmeter.chart;

import java.util.stream.IntStream;

/**
 * A line as it is drawn.
 *
 * @param name of the line; empty for a sum
 * @param run name of its run
 * @param number tells its colour; {@link ChartLine#SUM} for a sum
 * @param age how many newer runs there are; or, where each test of a single run has a line, newer tests of its name
 * @param firstMillis start of the first step, ms on the chart's axis
 * @param times for each step the middle of the time in which something was measured, ms on the axis
 * @param stepMillis length of a step, ms
 * @param values for each step
 */
record ChartCurve(
        String name,
        String run,
        int number,
        int age,
        long firstMillis,
        double[] times,
        long stepMillis,
        ChartLine.Values values) {
    /** The rate of a few milliseconds says nothing. */
    private static final double MIN_SECONDS = 0.05;

    static ChartCurve of(ChartLine line, String run, int age, long firstMillis, long stepMillis) {
        ChartLine.Values values = line.values();
        double[] times = IntStream.range(0, values.rxMbps().length)
                .mapToDouble(i -> firstMillis + i * stepMillis + middle(values, i, stepMillis))
                .toArray();
        return new ChartCurve(line.name(), run, line.number(), age, firstMillis, times, stepMillis, values);
    }

    private static double middle(ChartLine.Values values, int step, long stepMillis) {
        double measured = values.measuredSeconds()[step];
        return measured > 0 ? (values.beginSeconds()[step] + measured / 2) * 1e3 : stepMillis / 2.0;
    }

    boolean earlier() {
        return age > 0;
    }

    boolean isSum() {
        return number == ChartLine.SUM;
    }

    /** {@return whether the step says enough to be shown} */
    boolean isMeasured(int step) {
        return values.measuredSeconds()[step] >= MIN_SECONDS;
    }

    /** {@return the step that the time lies in; -1 if there is none, or nothing was measured in it} */
    int stepAt(double time) {
        double step = Math.floor((time - firstMillis) / stepMillis);
        return step >= 0 && step < times.length && isMeasured((int) step) ? (int) step : -1;
    }
}
