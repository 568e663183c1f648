package io.github.jmeterbtest.jmeter.chart;

/**
 * The time that a chart covers.
 *
 * @param firstMillis wall clock, ms since 1970
 * @param endMillis likewise, after the first
 */
record ChartExtent(long firstMillis, long endMillis) {
    static final ChartExtent NOTHING = new ChartExtent(Long.MAX_VALUE, Long.MIN_VALUE);

    boolean isNothing() {
        return endMillis <= firstMillis;
    }

    /** {@return what lies in both; {@link #isNothing} if nothing does} */
    ChartExtent within(ChartExtent other) {
        return new ChartExtent(Math.max(firstMillis, other.firstMillis), Math.min(endMillis, other.endMillis));
    }

    /** {@return the same on a clock that is so much behind} */
    ChartExtent earlier(long millis) {
        return new ChartExtent(firstMillis - millis, endMillis - millis);
    }

    ChartExtent with(ChartExtent other) {
        return new ChartExtent(Math.min(firstMillis, other.firstMillis), Math.max(endMillis, other.endMillis));
    }

    ChartExtent with(ChartSpan span) {
        return new ChartExtent(Math.min(firstMillis, span.startMillis()), Math.max(endMillis, span.endMillis()));
    }

    /** {@return how many steps of that length, aligned to the clock, it lies in} Not of nothing. */
    long steps(long stepMillis) {
        return Math.floorDiv(endMillis - 1, stepMillis) - firstStep(stepMillis) + 1;
    }

    /** {@return the number of the first of them, counted from 1970} */
    long firstStep(long stepMillis) {
        return Math.floorDiv(firstMillis, stepMillis);
    }
}
