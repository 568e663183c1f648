package io.github.jmeterbtest.engine.latency;

import io.github.jmeterbtest.engine.report.Latency;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Collects what probes found. Used by one thread at a time.
 *
 * <p>A probe that takes longer than the time to the next one delays it, so that there are fewer of them while packets
 * wait long. For the percentiles it counts with its time; else these would be of the short queues (coordinated
 * omission). A late one counts as the shortest: how long its first packet waited, if at all, nobody knows.
 */
final class LatencyHistogram {
    /** From then on a system has repeated its packet (RFC 6298: the first time after 1 s). */
    static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double PERCENTILE_95 = 95;

    private final long everyNanos;
    // µs, which keeps it small
    private final Histogram answers = new Histogram(DIGITS);
    private long minimum = Long.MAX_VALUE;
    private long maximum;
    private long answered;
    private long late;
    private long lost;

    /** @param everyNanos time from one probe to the next, ns, unless one takes longer */
    LatencyHistogram(long everyNanos) {
        this.everyNanos = everyNanos;
    }

    /** @param nanos how long a probe took, ns, or {@link Probe#LOST} */
    void add(long nanos) {
        add(nanos, nanos);
    }

    /** @param within how much of that was in the time that is looked at, ns; at most {@code nanos} counts */
    void add(long nanos, long within) {
        if (nanos == Probe.LOST) {
            lost++;
            return;
        }
        answered++;
        boolean isLate = nanos >= LATE_NANOS;
        if (isLate) {
            late++;
        }
        minimum = Math.min(minimum, nanos);
        maximum = Math.max(maximum, nanos);
        long standsFor = isLate ? everyNanos : Math.max(everyNanos, Math.min(nanos, within));
        answers.recordValueWithCount((nanos + 500) / 1_000, standsFor / 1_000_000);
    }

    Latency summary() {
        return answered == 0
                ? Latency.unanswered(lost)
                : new Latency(answered, late, lost, minimum, percentile(MEDIAN), percentile(PERCENTILE_95), maximum);
    }

    /** The bucket that holds it has a width; what was really seen bounds it. */
    private long percentile(double percent) {
        long nanos = TimeUnit.MICROSECONDS.toNanos(answers.getValueAtPercentile(percent));
        return Math.max(minimum, Math.min(nanos, maximum));
    }
}
