package io.github.jmeterbtest.engine.platform;

import java.util.concurrent.TimeUnit;

/**
 * Paces a sender by the clock: what is due by now is sent now, however long the sleeps before it took. One thread
 * sends; any thread may change the rate.
 */
public final class Pacer {
    /** Instead of a rate where everything is due at once. */
    public static final long UNLIMITED = 0;
    /**
     * A sender that is later than this has stalled: what has been due for longer is dropped instead of sent in one
     * burst. The rest stays due, or a sender that is always a little late would never send.
     */
    private static final long MAX_DEBT_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    /** The first bytes are due half a unit late, so that the end of a second falls between two units, not onto one. */
    private static final double MAX_PHASE_SECONDS = 0.1;

    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int FAR_APART_TICKS = 3;

    private final int unit;
    private volatile long bitsPerSecond;
    private long pacedRate;
    private long epoch;
    private double sentSinceEpoch;
    private long startRate = UNLIMITED;
    private long startEnd;

    /**
     * @param bitsPerSecond {@link #UNLIMITED}, or at least 1
     * @param unit bytes that are sent at once
     */
    public Pacer(long bitsPerSecond, int unit) {
        this.bitsPerSecond = bitsPerSecond;
        this.unit = unit;
    }

    /**
     * Counts from that moment on instead of from the first call of {@link #nanosUntilDue}, so that the time a sender
     * needs to start is not missing from its first second.
     *
     * @param now {@link NanoClock#nanoTime()} at the start of the test
     */
    public void start(long now) {
        pacedRate = bitsPerSecond;
        restart(now);
    }

    /**
     * Holds a lower rate at the start. To be called by the thread that sends.
     *
     * @param bitsPerSecond what may be sent until then, if the rate allows more
     * @param end {@link NanoClock#nanoTime()}
     */
    public void limitInitialRate(long bitsPerSecond, long end) {
        startRate = bitsPerSecond;
        startEnd = end;
    }

    /** @param bitsPerSecond {@link #UNLIMITED}, or at least 1; holds from the next question on; any thread */
    public void setRate(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /** @return bit/s, {@link #UNLIMITED} for none; any thread */
    public long rate() {
        return bitsPerSecond;
    }

    /**
     * @param now {@link NanoClock#nanoTime()}
     * @return ns to wait before the next bytes are due; 0 or less if they are due now
     */
    public long nanosUntilDue(long now) {
        long rate = rateAt(now);
        if (rate == UNLIMITED) {
            return 0;
        }
        if (rate != pacedRate) {
            pacedRate = rate;
            restart(now);
        }
        double debt = now - epoch - sentSinceEpoch * 8e9 / rate;
        if (debt > MAX_DEBT_NANOS) {
            epoch += (long) (debt - MAX_DEBT_NANOS);
        }
        return onGrid(epoch + (long) (sentSinceEpoch * 8e9 / rate), now) - now;
    }

    private long rateAt(long now) {
        long rate = bitsPerSecond;
        if (startRate == UNLIMITED) {
            return rate;
        }
        if (now - startEnd >= 0) {
            startRate = UNLIMITED;
            return rate;
        }
        return rate == UNLIMITED ? startRate : Math.min(rate, startRate);
    }

    /**
     * Units that are far apart wait for the next tick of a grid that all pacers share: so one timer wakes many of them,
     * and hundreds of tests cost a fraction of the interrupts. A unit is due in the middle of its time, so it stays in
     * its second.
     */
    private long onGrid(long due, long now) {
        boolean farApart = unit * 8e9 / pacedRate >= FAR_APART_TICKS * TICK_NANOS;
        return due - now > 0 && farApart ? due + Math.floorMod(-due, TICK_NANOS) : due;
    }

    /** To be called for all that was sent. */
    public void sent(double bytes) {
        sentSinceEpoch += bytes;
    }

    private void restart(long now) {
        epoch = now;
        sentSinceEpoch = Math.min(unit / 2.0, pacedRate / 8.0 * MAX_PHASE_SECONDS);
    }
}
