package io.github.jmeterbtest.engine.platform;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** The only place where the engine asks the system for the time or sleeps. */
final class SystemClock implements NanoClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void parkNanos(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public void unpark(Thread thread) {
        LockSupport.unpark(thread);
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller holds the monitor and loops over its condition
    public void waitNanos(Object monitor, long nanos) throws InterruptedException {
        long partOfMilli = nanos % NANOS_PER_MILLI;
        monitor.wait(nanos / NANOS_PER_MILLI + (partOfMilli > 0 ? 1 : 0));
    }
}
