package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.IntervalReport;
import java.util.concurrent.atomic.AtomicLong;

/** The longest time between two datagrams, as one receiver sees it; receivers of the same test share their times. */
final class ArrivalGap {
    /** Null where there is no other receiver: then it spares a locked instruction. */
    private final AtomicLong sharedLastAt;

    private long lastAt;
    private boolean started;
    private volatile long longest = IntervalReport.UNKNOWN;

    /** @param sharedLastAt of all receivers of the test, {@link #NONE} at first; null if there is only one */
    ArrivalGap(AtomicLong sharedLastAt) {
        this.sharedLastAt = sharedLastAt;
    }

    /** Instead of a time. */
    static final long NONE = Long.MIN_VALUE;

    /** @param now {@link io.github.jmeterbtest.engine.platform.NanoClock#nanoTime()} */
    void received(long now) {
        if (sharedLastAt != null) {
            long last = sharedLastAt.getAndSet(now);
            note(last != NONE, now - last);
        } else {
            note(started, now - lastAt);
            started = true;
            lastAt = now;
        }
    }

    private void note(boolean known, long gap) {
        if (known && gap > longest) {
            longest = gap;
        }
    }

    /** @return ns, {@link IntervalReport#UNKNOWN} with less than two datagrams; any thread */
    long longest() {
        return longest;
    }
}
