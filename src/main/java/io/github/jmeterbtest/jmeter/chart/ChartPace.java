package io.github.jmeterbtest.jmeter.chart;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The machine may be measuring: what is done again and again to show it gets a twentieth of a CPU at most. */
final class ChartPace {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int PAUSE_TO_WORK = 19;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private long pauseUntilNanos;

    /** @param nanoTime a clock that only goes forward, ns */
    ChartPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        pauseUntilNanos = nanoTime.getAsLong();
    }

    /**
     * {@return CPU time of this thread, ns} Its time on the clock would be mostly waiting while a test fills the CPU.
     */
    static long cpuNanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** {@return whether enough time has passed since the last work} */
    boolean isReady() {
        return nanoTime.getAsLong() - pauseUntilNanos >= 0;
    }

    /**
     * Some work has just ended.
     *
     * @param nanos how long it took, ns
     */
    void worked(long nanos) {
        pauseUntilNanos = nanoTime.getAsLong() + Math.min(nanos * PAUSE_TO_WORK, LONGEST_NANOS);
    }
}
