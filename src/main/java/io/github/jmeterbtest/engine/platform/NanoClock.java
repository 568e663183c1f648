package io.github.jmeterbtest.engine.platform;

import java.time.Instant;

/**
 * The time that the engine runs by, and the ways to wait for it. Everything that measures or waits gets its clock
 * through its constructor, so that a test can bring time of its own. Thread-safe.
 */
public interface NanoClock {
    /** The system's time. */
    NanoClock SYSTEM = new SystemClock();

    /**
     * @return monotonic time, ns since an arbitrary moment. Only differences mean anything: compare two times by the
     *     sign of their difference, since the number may be negative and may wrap
     */
    long nanoTime();

    /** @return wall-clock time */
    Instant now();

    /**
     * Parks the calling thread until the time has passed, {@link #unpark} is called for it, or it is interrupted; may
     * return early for no reason, as {@link java.util.concurrent.locks.LockSupport#parkNanos(long)}.
     *
     * @param nanos how long, ns; returns at once if 0 or less
     */
    void parkNanos(long nanos);

    /**
     * Wakes a thread from {@link #parkNanos}, or keeps its next call from waiting.
     *
     * @param thread nothing happens if null
     */
    void unpark(Thread thread);

    /**
     * Waits on a monitor until the time has passed or somebody notifies; may return early for no reason.
     *
     * @param monitor held by the calling thread
     * @param nanos how long, ns, at least 1; rounded up to milliseconds
     * @throws InterruptedException if the calling thread is interrupted
     */
    void waitNanos(Object monitor, long nanos) throws InterruptedException;
}
