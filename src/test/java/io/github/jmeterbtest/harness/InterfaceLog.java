package io.github.jmeterbtest.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a network interface has counted, millisecond by millisecond. A cut of a test is told of up to a quarter of a
 * second later; here the counters of its very moment can be had. Linux, and of this process's network namespace.
 */
final class InterfaceLog {
    private static final Path COUNTERS = Path.of("/proc/net/dev");
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final String prefix;
    private final ConcurrentNavigableMap<Instant, Received> log = new ConcurrentSkipListMap<>();

    /**
     * What has come in.
     *
     * @param bytes with Ethernet headers
     * @param packets as the interface sees them
     */
    record Received(long bytes, long packets) {}

    private InterfaceLog(String networkInterface) {
        this.prefix = networkInterface + ":";
    }

    /** Begins a log that goes on until the process ends. */
    static InterfaceLog start(String networkInterface) {
        InterfaceLog log = new InterfaceLog(networkInterface);
        log.read();
        Thread thread = new Thread(log::readOn, "interface-log");
        thread.setDaemon(true);
        thread.start();
        return log;
    }

    /** @return what had come in at that moment, or at the last one before it that is known */
    Received at(Instant moment) {
        Map.Entry<Instant, Received> found = log.floorEntry(moment);
        return found == null ? log.firstEntry().getValue() : found.getValue();
    }

    private void readOn() {
        while (true) {
            LockSupport.parkNanos(STEP_NANOS);
            read();
        }
    }

    private void read() {
        try {
            for (String line : Files.readAllLines(COUNTERS)) {
                if (line.strip().startsWith(prefix)) {
                    String[] numbers =
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+");
                    log.put(Instant.now(), new Received(Long.parseLong(numbers[0]), Long.parseLong(numbers[1])));
                    return;
                }
            }
            throw new IOException("no interface " + prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
