package io.github.jmeterbtest.engine.transfer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;

/**
 * Inter-arrival jitter of one source's datagrams, as RFC 3550 (section 6.4.1) computes it. They carry no time of
 * sending: the source is taken to send evenly, so that the time between two of them is the average of the last second
 * or two, times the difference of their numbers. One thread feeds it, any thread reads it.
 */
final class Jitter {
    /** So many datagrams tell how evenly the source sends; before that nothing is known. */
    static final int MIN_DATAGRAMS = 8;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final double GAIN = 1 / 16.0;
    /** Numbers that lie further apart are of a source that has started again. */
    private static final int MAX_STEP = 1 << 16;

    private static final VarHandle NANOS;

    static {
        try {
            NANOS = MethodHandles.lookup().findVarHandle(Jitter.class, "nanos", double.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private boolean started;
    private long lastAt;
    private int lastSequence;
    /** Datagrams that the source has sent since the start. */
    private long sent;
    // the average is since then, and next since the other
    private long averageFrom;
    private long sentThen;
    private long nextFrom;
    private long sentNext;

    private double nanos = Double.NaN;

    /**
     * @param sequence its number
     * @param now {@link io.github.jmeterbtest.engine.platform.NanoClock#nanoTime()} when it came
     */
    void received(int sequence, long now) {
        int step = sequence - lastSequence;
        if (!started || step > MAX_STEP || step < -MAX_STEP) {
            start(sequence, now);
            return;
        }
        sent += step;
        if (sent >= MIN_DATAGRAMS) {
            double spacing = (double) (now - averageFrom) / (sent - sentThen);
            double deviation = Math.abs(now - lastAt - step * spacing);
            double before = Double.isNaN(nanos) ? 0 : nanos;
            NANOS.setRelease(this, before + (deviation - before) * GAIN);
        }
        lastSequence = sequence;
        lastAt = now;
        if (now - nextFrom >= WINDOW_NANOS && sent - sentNext >= MIN_DATAGRAMS) {
            averageFrom = nextFrom;
            sentThen = sentNext;
            nextFrom = now;
            sentNext = sent;
        }
    }

    private void start(int sequence, long now) {
        started = true;
        averageFrom = now;
        nextFrom = now;
        lastAt = now;
        lastSequence = sequence;
        sent = 0;
        sentThen = 0;
        sentNext = 0;
    }

    /** @return ns; not a number as long as it is not known */
    double nanos() {
        return (double) NANOS.getAcquire(this);
    }
}
