package io.github.jmeterbtest.engine.platform;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long: a write to a peer that does not read knows no time-out of its own. */
public final class Watchdog implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final ScheduledFuture<?> alarm;

    private Watchdog(ScheduledFuture<?> alarm) {
        this.alarm = alarm;
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, work -> Threads.daemon("watchdog", work));
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /**
     * @param nanos how long it may take
     * @param action what ends it; must be quick
     * @return to be closed when it is over
     */
    public static Watchdog after(long nanos, Runnable action) {
        return new Watchdog(TIMER.schedule(action, nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }
}
