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

    /** What a sender of several units at once lets add up: about as long as a sleep of the system lasts anyway. */
    private static final double BURST_SECONDS = 100e-6;

    private static final double MAX_BURST_SECONDS = 2 * BURST_SECONDS;

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
        return nanosUntilDue(now, 1);
    }

    /**
     * As {@link #nanosUntilDue(long)}, for a sender that can send several units at once: waits until as many are due as
     * the rate carries in 100 µs.
     *
     * @param maxUnits that can be sent at once, at least 1
     */
    public long nanosUntilDue(long now, int maxUnits) {
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
        double furtherBytes = (unitsIn(BURST_SECONDS, maxUnits) - 1.0) * unit;
        return onGrid(epoch + (long) ((sentSinceEpoch + furtherBytes) * 8e9 / rate), now) - now;
    }

    /** @return how many units the rate carries in that time, at least 1 */
    private int unitsIn(double seconds, int maxUnits) {
        return maxUnits == 1 ? 1 : (int) Math.max(1, Math.min(maxUnits, pacedRate * seconds / 8 / unit));
    }

    /**
     * To be asked when something is due.
     *
     * @param now as it was given to {@link #nanosUntilDue(long, int)}
     * @param maxUnits likewise
     * @return how many units to send now, at least 1, and no more than the rate carries in 200 µs, so that a sender
     *     that is late makes up for it in small pieces, too
     */
    public int unitsDue(long now, int maxUnits) {
        if (maxUnits == 1 || rateAt(now) == UNLIMITED) {
            return maxUnits;
        }
        if (unitsIn(BURST_SECONDS, maxUnits) == 1) {
            return 1; // slow enough for single units, whatever the delay
        }
        double dueBytes = (now - epoch) * (pacedRate / 8e9) - sentSinceEpoch;
        int due = (int) Math.min(maxUnits, dueBytes / unit + 1);
        return Math.max(1, Math.min(due, unitsIn(MAX_BURST_SECONDS, maxUnits)));
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
