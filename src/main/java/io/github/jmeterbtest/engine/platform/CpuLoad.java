package io.github.jmeterbtest.engine.platform;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** The CPU load of this machine, shared by all tests in the process: the system's reading is "since the last call". */
public final class CpuLoad {
    /** Instead of a load where the system does not tell it. */
    public static final int UNKNOWN = -1;

    private static final long LEAST_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private static int percent = UNKNOWN;
    private static long readAt = System.nanoTime() - LEAST_AGE_NANOS;

    private CpuLoad() {}

    /** @return 0..100, or {@link #UNKNOWN} */
    public static synchronized int percent() {
        long now = System.nanoTime();
        if (now - readAt >= LEAST_AGE_NANOS) {
            readAt = now;
            double load = SYSTEM.getCpuLoad();
            percent = load < 0 ? UNKNOWN : (int) Math.round(load * 100);
        }
        return percent;
    }
}
