package io.github.jmeterbtest.engine.latency;

import io.github.jmeterbtest.engine.report.IntervalReport;
import java.util.concurrent.TimeUnit;

/**
 * Tells how long the packets of a probe took. After a second a system has repeated its packet, so a late probe is of a
 * queue that long, or of a packet that was dropped. Some systems tell which packet was answered, but not whether an
 * answer was dropped before. A queue grows by degrees, while a repeated packet or answer adds a second at once. Used by
 * one thread at a time.
 */
final class LateProbes {
    /** From then on a system has repeated its packet (RFC 6298: the first time after 1 s). */
    static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A repeated packet adds a second, from which the queue may have shrunk since; a growing queue adds less. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private long lastKnown;

    /**
     * To be called for each probe, in order.
     *
     * @return how long its packets took, ns; {@link IntervalReport#UNKNOWN} if that cannot be told
     */
    long roundTripNanos(Probe.Answer answer) {
        long nanos = known(answer);
        lastKnown = nanos == IntervalReport.UNKNOWN ? lastKnown : nanos;
        return nanos;
    }

    private long known(Probe.Answer answer) {
        if (answer.isLost()) {
            return IntervalReport.UNKNOWN;
        }
        long atMost = answer.roundTripNanos() == IntervalReport.UNKNOWN
                ? answer.nanos()
                : Math.min(answer.nanos(), answer.roundTripNanos());
        return atMost < LATE_NANOS || atMost - lastKnown < STEP_NANOS ? atMost : IntervalReport.UNKNOWN;
    }
}
