package io.github.jmeterbtest.engine.transfer;

import java.util.concurrent.TimeUnit;

/**
 * When a test has moved as many bytes as it may, received and sent together. They are looked at more often the sooner
 * they may be reached, so that a fast test exceeds them by little more than it moves in a millisecond. Used by one
 * thread; all times are ns after the start of the transfer.
 */
final class ByteLimit {
    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long maxBytes;
    private long nextLook;
    private long lookedAt;
    private long bytesThen;
    private boolean reached;

    /** @param maxBytes 0 for no limit */
    ByteLimit(long maxBytes) {
        this.maxBytes = maxBytes;
        this.nextLook = maxBytes == 0 ? Long.MAX_VALUE : MIN_PAUSE_NANOS;
    }

    /** @return when to ask next whether it is reached */
    long nextLook() {
        return nextLook;
    }

    /** @return whether it is reached, now or before */
    boolean isReached(TimedSnapshot moment) {
        boolean sameMoment = moment.nanos() == lookedAt;
        if (reached) {
            nextLook = moment.nanos() + MAX_PAUSE_NANOS;
        }
        if (maxBytes == 0 || reached || sameMoment) {
            return reached;
        }
        long bytes = moment.counters().rxBytes() + moment.counters().txBytes();
        reached = bytes >= maxBytes;
        nextLook = moment.nanos() + pause(maxBytes - bytes, bytes - bytesThen, moment.nanos() - lookedAt);
        bytesThen = bytes;
        lookedAt = moment.nanos();
        return reached;
    }

    /** Half of the time that the rest takes at the present rate, since that may rise. */
    private static long pause(long left, long moved, long nanos) {
        long expected = moved <= 0 ? MAX_PAUSE_NANOS : Math.round((double) left * nanos / moved);
        return Math.max(MIN_PAUSE_NANOS, Math.min(expected / 2, MAX_PAUSE_NANOS));
    }
}
