package io.github.jmeterbtest.jmeter.chart;

import java.util.Optional;

/** The rates of one test over the time since its first interval, in few enough buckets for a thousand tests. */
final class TestSeries {
    static final int MAX_BUCKETS = 200;
    private static final long FINEST_MILLIS = 1000;

    private final RateSeries series = new RateSeries();
    private long originMillis;
    private long bucketMillis = FINEST_MILLIS;
    private ChartExtent extent = ChartExtent.NOTHING;

    void add(ChartSpan span) {
        if (extent.isNothing()) {
            originMillis = span.startMillis();
        }
        ChartSpan since = span.earlier(originMillis);
        extent = extent.with(since);
        while (extent.steps(bucketMillis) > MAX_BUCKETS) {
            series.coarsen(bucketMillis);
            bucketMillis *= 2;
        }
        series.add(since, bucketMillis);
    }

    boolean isEmpty() {
        return extent.isNothing();
    }

    /** {@return the line over the time since the first interval} */
    Optional<Steps> steps() {
        if (extent.isNothing()) {
            return Optional.empty();
        }
        int steps = (int) extent.steps(bucketMillis);
        long first = extent.firstStep(bucketMillis);
        return Optional.of(new Steps(
                first * bucketMillis - extent.firstMillis(),
                bucketMillis,
                series.values(first, steps, 1, Long.MAX_VALUE, bucketMillis)));
    }

    /**
     * A line in steps of equal length.
     *
     * @param firstMillis start of the first step, ms after the first interval began; not after it
     * @param stepMillis length of a step, ms
     * @param values for each step
     */
    record Steps(long firstMillis, long stepMillis, ChartLine.Values values) {}
}
