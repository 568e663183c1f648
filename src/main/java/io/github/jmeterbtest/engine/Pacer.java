package io.github.jmeterbtest.engine;

import java.util.concurrent.TimeUnit;

/**
 * Holds a sending rate by the clock: what is due by now is sent now, whatever the sleeps before it took. One thread sends; any
 * thread may change the rate.
 */
final class Pacer {
    static final long UNLIMITED = 0;
    /** A sender that comes later than this has been stalled: what it missed is forgotten instead of sent in one burst. */
    private static final long LONGEST_DEBT_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private volatile long bitsPerSecond;
    private long pacedRate;
    private long epoch;
    private double sentSinceEpoch;

    /** @param bitsPerSecond {@link #UNLIMITED}, or at least 1 */
    Pacer(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    void setRate(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    long rate() {
        return bitsPerSecond;
    }

    /**
     * @param now {@link System#nanoTime()}
     * @return ns to wait before the next bytes are due; 0 or less if they are due now
     */
    long nanosUntilDue(long now) {
        long rate = bitsPerSecond;
        if (rate == UNLIMITED) {
            return 0;
        }
        if (rate != pacedRate) {
            pacedRate = rate;
            restart(now);
        }
        long wait = epoch + (long) (sentSinceEpoch * 8e9 / rate) - now;
        if (wait < -LONGEST_DEBT_NANOS) {
            restart(now);
            return 0;
        }
        return wait;
    }

    /** To be called for all that was sent. */
    void sent(double bytes) {
        sentSinceEpoch += bytes;
    }

    private void restart(long now) {
        epoch = now;
        sentSinceEpoch = 0;
    }
}
