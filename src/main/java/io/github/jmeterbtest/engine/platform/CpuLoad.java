package io.github.jmeterbtest.engine.platform;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** The CPU load of this machine. The system's reading is "since the last call", so all who ask share one. */
public final class CpuLoad {
    /** Instead of a load where the system does not tell it. */
    public static final int UNKNOWN = -1;

    private static final long MIN_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Shared by all tests in the process. */
    public static final CpuLoad SYSTEM =
            new CpuLoad(NanoClock.SYSTEM, ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getCpuLoad);

    private final NanoClock clock;
    private final DoubleSupplier load;
    private int percent = UNKNOWN;
    private long readAt;

    /** @param load since it was asked last, 0..1; negative if unknown */
    CpuLoad(NanoClock clock, DoubleSupplier load) {
        this.clock = clock;
        this.load = load;
        this.readAt = clock.nanoTime() - MIN_AGE_NANOS;
    }

    /** @return 0..100, not older than half a second; {@link #UNKNOWN} if the system does not tell */
    public synchronized int percent() {
        long now = clock.nanoTime();
        if (now - readAt >= MIN_AGE_NANOS) {
            readAt = now;
            double fraction = load.getAsDouble();
            percent = fraction < 0 ? UNKNOWN : (int) Math.round(fraction * 100);
        }
        return percent;
    }
}
