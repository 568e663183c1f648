package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.EngineProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The CPU time that the processes of a test use. Like the rates it is without the first second, in which Java compiles,
 * and it is without the last half a second, at whose end processes are gone. What the system does for nobody in
 * particular ({@code ksoftirqd}) is not in it.
 */
final class CpuMeter {
    private static final long FIRST_MILLIS = 1000;
    private static final long LAST_MILLIS = 500;

    private CpuMeter() {}

    /**
     * Waits for the test that is about to begin, until shortly before its end.
     *
     * @param seconds how long it will take, at least 2
     * @return seconds of CPU time of both for each second; not a number where a process has ended
     */
    static double coresBusy(EngineProcess server, ProcessHandle client, int seconds)
            throws IOException, InterruptedException {
        List<ProcessHandle> processes = List.of(server.handle(), client);
        server.awaitBegin();
        TimeUnit.MILLISECONDS.sleep(FIRST_MILLIS);
        long startedAt = System.nanoTime();
        double cpuBefore = cpuSeconds(processes);
        TimeUnit.MILLISECONDS.sleep(TimeUnit.SECONDS.toMillis(seconds) - FIRST_MILLIS - LAST_MILLIS);
        return (cpuSeconds(processes) - cpuBefore) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - startedAt);
    }

    private static double cpuSeconds(List<ProcessHandle> processes) {
        List<Duration> known = processes.stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .toList();
        return known.size() < processes.size()
                ? Double.NaN
                : known.stream().mapToLong(Duration::toNanos).sum() / 1e9;
    }
}
