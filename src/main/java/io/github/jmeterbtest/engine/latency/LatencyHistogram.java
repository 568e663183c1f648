package io.github.jmeterbtest.engine.latency;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Collects what probes found. Used by one thread at a time.
 *
 * <p>A probe that takes longer than the time to the next one delays it, so that there are fewer of them while packets
 * wait long. For the percentiles it counts with its time; else these would be of the short queues (coordinated
 * omission).
 *
 * <p>A late or lost one is of a queue that long, or of packets that were dropped. A queue grows and shrinks by degrees:
 * where late and lost ones alternate with much shorter ones, their packets were dropped, and they are left out of the
 * percentiles; so are the first ones of a test, which then may be most of the rest, and of a queue that fills. Else a
 * lost one counts as longer than all that were answered, so that a percentile among the lost is not known.
 */
final class LatencyHistogram {
    /** From then on a system has repeated its packet (RFC 6298: the first time after 1 s). */
    static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Between a probe whose packet was repeated after 1 s and another there is about that. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

    /** A flood fills a queue within so many probes, and a long one in one step. */
    static final int PROBES_WHILE_FILLING = 2;

    /** A long queue may fill or empty in one step once in a while: where packets are dropped there are more steps. */
    private static final int MISSED_PER_STEP = 5;

    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double PERCENTILE_95 = 95;

    private final long everyNanos;
    private final int filling;
    // µs, which keeps them small
    private final Histogram all = new Histogram(DIGITS);
    private final Histogram timely = new Histogram(DIGITS);
    private long minimum = Long.MAX_VALUE;
    private long maximum;
    private long answered;
    private long late;
    private long previous;
    private long steps;
    private long lost;
    private long lostMillis;

    /**
     * @param everyNanos time from one probe to the next, ns, unless one takes longer
     * @param filling how many may be answered while the queue fills
     */
    LatencyHistogram(long everyNanos, int filling) {
        this.everyNanos = everyNanos;
        this.filling = filling;
    }

    /**
     * @param nanos how long a probe took, ns, or {@link Probe#LOST}
     * @param within how much of that was in the time that is looked at, ns; of an answered one at most {@code nanos}
     *     counts
     */
    void add(long nanos, long within) {
        if (nanos == Probe.LOST) {
            step(Long.MAX_VALUE);
            lost++;
            lostMillis += Math.max(everyNanos, within) / 1_000_000;
            return;
        }
        step(nanos);
        answered++;
        minimum = Math.min(minimum, nanos);
        maximum = Math.max(maximum, nanos);
        long micros = (nanos + 500) / 1_000;
        long standsForMillis = Math.max(everyNanos, Math.min(nanos, within)) / 1_000_000;
        all.recordValueWithCount(micros, standsForMillis);
        if (nanos >= LATE_NANOS) {
            late++;
        } else if (answered - late > filling) {
            timely.recordValueWithCount(micros, standsForMillis);
        }
    }

    private void step(long nanos) {
        boolean down = previous >= LATE_NANOS && nanos < LATE_NANOS;
        boolean up = nanos >= LATE_NANOS && previous < LATE_NANOS && answered - late > filling;
        if ((down || up) && Math.abs(nanos - previous) >= STEP_NANOS) {
            steps++;
        }
        previous = nanos;
    }

    /** @return whether packets of late and lost ones were dropped, as far as is known by now */
    boolean packetsAreDropped() {
        return late + lost > 0 && late + lost <= MISSED_PER_STEP * steps;
    }

    Latency summary() {
        return summary(packetsAreDropped());
    }

    /** @param packetsAreDropped as a longer time shows */
    Latency summary(boolean packetsAreDropped) {
        return answered == 0
                ? Latency.unanswered(lost)
                : new Latency(
                        answered,
                        late,
                        lost,
                        minimum,
                        percentile(MEDIAN, packetsAreDropped),
                        percentile(PERCENTILE_95, packetsAreDropped),
                        maximum);
    }

    private long percentile(double percent, boolean packetsAreDropped) {
        Histogram counted = packetsAreDropped ? timely : all;
        double known = counted.getTotalCount();
        double ofKnown = percent * (known + (packetsAreDropped ? 0 : lostMillis)) / known;
        if (known == 0 || ofKnown > 100) {
            return IntervalReport.UNKNOWN;
        }
        // the bucket that holds it has a width; what was really seen bounds it
        long nanos = TimeUnit.MICROSECONDS.toNanos(counted.getValueAtPercentile(ofKnown));
        return Math.max(minimum, Math.min(nanos, maximum));
    }
}
