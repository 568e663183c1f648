package io.github.jmeterbtest.engine.platform;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Something of the system that takes time to read, such as a table with a row for each socket of the host. Few tests
 * get a fresh reading each time they ask; hundreds share readings, so that no more than a twentieth of a CPU goes into
 * them.
 */
public final class SharedReading<T> {
    private static final int SHARE_OF_CPU = 20;
    /** What may be spent in a row after a time without readings. */
    private static final long MAX_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /**
     * Where the CPU time is unknown, a reading that takes longer was probably held up; that must not keep others from
     * reading for long.
     */
    private static final long MAX_COST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Supplier<T> source;
    private final NanoClock clock;
    private final LongSupplier cpuTime;
    /** No monitor: before Java 24 a virtual thread that waits for one holds its carrier. */
    private final ReentrantLock turn = new ReentrantLock();

    private volatile T latest;
    private long askedAt;
    private long creditNanos = MAX_CREDIT_NANOS;

    /** @param source reads; is never asked by two threads at once */
    public SharedReading(Supplier<T> source, NanoClock clock) {
        this(source, clock, CpuWatch::currentThreadNanos);
    }

    /** @param cpuTime CPU time of the calling thread, ns; {@link CpuWatch#UNKNOWN} if the system does not tell */
    SharedReading(Supplier<T> source, NanoClock clock, LongSupplier cpuTime) {
        this.source = source;
        this.clock = clock;
        this.cpuTime = cpuTime;
        this.askedAt = clock.nanoTime();
    }

    /** @return a reading, made now unless too much has been spent on them, or another thread is making one */
    public T get() {
        if (!turn.tryLock()) {
            T last = latest;
            if (last != null) {
                return last;
            }
            turn.lock();
        }
        try {
            long now = clock.nanoTime();
            creditNanos = Math.min(MAX_CREDIT_NANOS, creditNanos + (now - askedAt) / SHARE_OF_CPU);
            askedAt = now;
            if (latest == null || creditNanos > 0) {
                read(now);
            }
            return latest;
        } finally {
            turn.unlock();
        }
    }

    private void read(long now) {
        long workedBefore = cpuTime.getAsLong();
        latest = source.get();
        creditNanos -= workedBefore == CpuWatch.UNKNOWN
                ? Math.min(clock.nanoTime() - now, MAX_COST_NANOS)
                : cpuTime.getAsLong() - workedBefore;
    }
}
