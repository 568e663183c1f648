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
 * omission). One whose packet was repeated counts with the time of the repeated packet.
 *
 * <p>Probes of which nobody knows how long a packet waits, see {@link LateProbes}, are left out of the percentiles
 * where others soon follow: their packets were dropped. Of many in a row, and of the last ones, that is not known
 * either: they count as longer than all others, so that a percentile among them is not known.
 */
final class LatencyHistogram {
    /** More in a row may be of a long queue, or of a link that is dead. */
    private static final int DROPPED_IN_A_ROW = 5;

    /** Fewer are perhaps those of the time before the queue was full. */
    private static final int KNOWN_AT_LEAST = 3;

    /** Less of the time, or of the probes, is perhaps that in which no data came. */
    private static final double KNOWN_TIME_AT_LEAST = 0.1;

    private static final double KNOWN_PROBES_MORE_THAN = 0.5;

    /** Systems wait longer before they repeat a packet; what is less is no more than the clocks' precision. */
    private static final long REPEATED_AFTER_AT_LEAST_NANOS = LateProbes.LATE_NANOS / 2;

    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double PERCENTILE_95 = 95;

    private final long everyNanos;
    // µs, which keeps it small
    private final Histogram known = new Histogram(DIGITS);
    private long minimum = Long.MAX_VALUE;
    private long maximum;
    private long answered;
    private long late;
    private long lost;
    private long knownCount;
    private long droppedMillis;
    private long unknownMillis;
    private int unknownInARow;
    private long millisOfRow;

    /** @param everyNanos time from one probe to the next, ns, unless one takes longer */
    LatencyHistogram(long everyNanos) {
        this.everyNanos = everyNanos;
    }

    /**
     * @param within how much of the probe's time was in the time that is looked at, ns
     * @param roundTripNanos how long its packets took, ns; {@link IntervalReport#UNKNOWN} if that is not known
     */
    void add(Probe.Answer answer, long within, long roundTripNanos) {
        if (answer.isLost()) {
            lost++;
        } else {
            answered++;
            late += answer.nanos() >= LateProbes.LATE_NANOS ? 1 : 0;
            minimum = Math.min(minimum, answer.nanos());
            maximum = Math.max(maximum, answer.nanos());
        }
        if (roundTripNanos == IntervalReport.UNKNOWN) {
            unknownInARow++;
            millisOfRow += millisOf(within);
        } else {
            endRow();
            knownCount++;
            minimum = Math.min(minimum, roundTripNanos);
            // the packet that was dropped before tells nothing
            boolean isRepeated = answer.nanos() - roundTripNanos > REPEATED_AFTER_AT_LEAST_NANOS;
            long millis = millisOf(isRepeated ? Math.min(within, roundTripNanos) : within);
            known.recordValueWithCount((roundTripNanos + 500) / 1_000, millis);
            droppedMillis += millisOf(within) - millis;
        }
    }

    private long millisOf(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(everyNanos, nanos));
    }

    private void endRow() {
        if (unknownInARow > DROPPED_IN_A_ROW) {
            unknownMillis += millisOfRow;
        } else {
            droppedMillis += millisOfRow;
        }
        unknownInARow = 0;
        millisOfRow = 0;
    }

    Latency summary() {
        return answered == 0
                ? Latency.unanswered(lost)
                : new Latency(answered, late, lost, minimum, percentile(MEDIAN), percentile(PERCENTILE_95), maximum);
    }

    private long percentile(double percent) {
        double knownMillis = known.getTotalCount();
        double ofKnown = percent * (knownMillis + unknownMillis + millisOfRow) / knownMillis;
        if (ofKnown > 100 || !areEnoughKnown()) {
            return IntervalReport.UNKNOWN;
        }
        // the bucket that holds it has a width; what was really seen bounds it
        long nanos = TimeUnit.MICROSECONDS.toNanos(known.getValueAtPercentile(ofKnown));
        return Math.max(minimum, Math.min(nanos, maximum));
    }

    private boolean areEnoughKnown() {
        long probes = answered + lost;
        long knownMillis = known.getTotalCount();
        return (knownCount == probes && droppedMillis == 0)
                || (knownCount >= KNOWN_AT_LEAST
                        && knownCount > KNOWN_PROBES_MORE_THAN * probes
                        && knownMillis >= KNOWN_TIME_AT_LEAST * (knownMillis + droppedMillis));
    }
}
