package io.github.jmeterbtest.engine.platform;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells whether the CPU is what limits a transfer: the machine has none left, or a thread that moves data is never
 * idle.
 */
public final class CpuWatch {
    /** Instead of a CPU time where Java does not tell it. */
    static final int UNKNOWN = -1;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double NEVER_IDLE = 0.95;
    private static final int MACHINE_FULL_PERCENT = 97;

    private final Supplier<List<DataThread>> threads;
    private final Map<Long, Long> workedBefore = new HashMap<>();

    /** @param threads those that move data, now */
    public CpuWatch(Supplier<List<DataThread>> threads) {
        this.threads = threads;
    }

    /**
     * Makes Java load its management classes, which takes a tenth of a second once: better before a test than in its
     * first second.
     */
    public static void load() {
        CpuLoad.SYSTEM.percent();
        THREADS.isThreadCpuTimeSupported();
    }

    /** @return CPU time of the calling thread, ns; {@link #UNKNOWN} if Java does not tell, as of a virtual one */
    static long currentThreadNanos() {
        try {
            return THREADS.getCurrentThreadCpuTime();
        } catch (UnsupportedOperationException e) {
            return UNKNOWN;
        }
    }

    /** @return whether the CPU was the limit in the time since the last call */
    public boolean isCpuLimited(long elapsedNanos, int machineLoad) {
        long busiest = 0;
        for (DataThread data : threads.get()) {
            long id = data.thread().getId();
            long worked = THREADS.isThreadCpuTimeSupported()
                    ? THREADS.getThreadCpuTime(id) - data.waitedNanos().getAsLong()
                    : 0;
            Long before = workedBefore.put(id, worked);
            busiest = Math.max(busiest, worked - (before == null ? 0 : before));
        }
        return machineLoad >= MACHINE_FULL_PERCENT || busiest >= elapsedNanos * NEVER_IDLE;
    }
}
