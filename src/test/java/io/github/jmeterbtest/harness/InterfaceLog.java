package io.github.jmeterbtest.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a network interface has counted, millisecond by millisecond. An interval is reported up to a quarter of a second
 * after it was closed; here the counters of that very moment can be had. Linux, and of this process's network
 * namespace.
 */
final class InterfaceLog {
    private static final Path COUNTERS = Path.of("/proc/net/dev");
    private static final Duration ABOUT = Duration.ofMillis(100);
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

    /** Starts a log that runs until the process ends. */
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

    /** @return the longest that this log's thread waited for a core about that moment, ns: so late others may be too */
    long longestWaitAbout(Instant moment) {
        Instant from = log.floorKey(moment.minus(ABOUT));
        long longest = 0;
        Instant last = from == null ? log.firstKey() : from;
        for (Instant read : log.subMap(last, false, moment.plus(ABOUT), true).keySet()) {
            longest = Math.max(longest, Duration.between(last, read).toNanos() - STEP_NANOS);
            last = read;
        }
        return longest;
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
                            line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1);
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
