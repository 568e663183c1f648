package io.github.jmeterbtest.engine.platform;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number that one data thread alone adds to and any thread reads: no lock, no locked instruction on the hot path. */
public final class Counter {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(Counter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** To be called by the owning thread only. */
    public void add(long amount) {
        VALUE.setRelease(this, value + amount);
    }

    /** @return the sum of all that was added; any thread */
    public long get() {
        return (long) VALUE.getAcquire(this);
    }
}
