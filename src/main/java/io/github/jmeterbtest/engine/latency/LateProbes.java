package io.github.jmeterbtest.engine.latency;

import java.util.concurrent.TimeUnit;

/**
 * Tells whether a probe's time is that of its packets. After a second a system has repeated its packet, so a late probe
 * is of a queue that long, or of a packet that was dropped. A queue grows by degrees, while a repeated packet adds a
 * second at once. Used by one thread at a time.
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
     * @param nanos how long it took, ns, or {@link Probe#LOST}
     * @return whether its packets took that long
     */
    boolean isKnown(long nanos) {
        boolean isKnown = nanos != Probe.LOST && (nanos < LATE_NANOS || nanos - lastKnown < STEP_NANOS);
        lastKnown = isKnown ? nanos : lastKnown;
        return isKnown;
    }
}
