package io.github.jmeterbtest.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Something of the system that takes time to read, such as a table with a row for each socket of the host. Few tests get a
 * fresh reading each time they ask; hundreds share readings, so that no more than a twentieth of a CPU goes into them.
 */
final class SharedReading<T> {
    private static final int SHARE_OF_CPU = 20;
    /** What may be spent in a row after a time without readings. */
    private static final long MOST_CREDIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** What takes longer was held up, which costs nothing and must not keep others from reading. */
    private static final long MOST_COST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Supplier<T> source;
    private final LongSupplier nanoTime;
    private T latest;
    private long askedAt;
    private long creditNanos = MOST_CREDIT_NANOS;

    SharedReading(Supplier<T> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.askedAt = nanoTime.getAsLong();
    }

    /** @return a reading, made now unless too much has been spent on them */
    synchronized T get() {
        long now = nanoTime.getAsLong();
        creditNanos = Math.min(MOST_CREDIT_NANOS, creditNanos + (now - askedAt) / SHARE_OF_CPU);
        askedAt = now;
        if (latest == null || creditNanos > 0) {
            latest = source.get();
            creditNanos -= Math.min(nanoTime.getAsLong() - now, MOST_COST_NANOS);
        }
        return latest;
    }
}
