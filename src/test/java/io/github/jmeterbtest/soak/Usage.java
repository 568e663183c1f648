package io.github.jmeterbtest.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What this process holds while nothing runs.
 *
 * @param threads all of them
 * @param descriptors open files and sockets; 0 where the system does not tell
 * @param heapBytes what is left after garbage collections
 */
record Usage(int threads, long descriptors, long heapBytes) {
    /** Threads and descriptors that Java itself may have more or less of. */
    private static final int FEW = 3;

    private static final long SOME_BYTES = 4 << 20;

    /** {@return what it holds now; the caller sees to it that nothing runs} */
    static Usage now() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
        return new Usage(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                descriptors,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** {@return what there is clearly more of than before} */
    List<String> growthSince(Usage before) {
        List<String> growth = new ArrayList<>();
        add(growth, "threads", threads - before.threads, FEW);
        add(growth, "descriptors", descriptors - before.descriptors, FEW);
        add(growth, "bytes of heap", heapBytes - before.heapBytes, SOME_BYTES);
        return growth;
    }

    private static void add(List<String> growth, String of, long more, long margin) {
        if (more > margin) {
            growth.add(more + " more " + of);
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "threads %d, descriptors %d, heap %.1f MiB", threads, descriptors, heapBytes / 1048576.0);
    }
}
