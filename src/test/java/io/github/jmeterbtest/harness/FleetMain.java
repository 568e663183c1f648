package io.github.jmeterbtest.harness;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many clients at once in one process. Arguments: port, protocol, direction, clients, seconds, bit/s of each. Prints
 * the number of failures, the spread of the rates with Jain's index, and the process's peak of threads.
 */
public final class FleetMain {
    private static final long RAMP_UP_MILLIS = 5_000;

    private FleetMain() {}

    /** @param arguments as above */
    public static void main(String[] arguments) throws Exception {
        int clients = Integer.parseInt(arguments[3]);
        ClientOptionsBuilder options = ClientOptions.builder()
                .server("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .localAddress("127.0.0.2")
                .protocol(Protocol.valueOf(arguments[1].toUpperCase(Locale.ROOT)))
                .direction(Direction.valueOf(arguments[2].toUpperCase(Locale.ROOT)))
                .duration(Duration.ofSeconds(Long.parseLong(arguments[4])))
                .connectTimeout(Duration.ofSeconds(20))
                .localTxSpeed(Long.parseLong(arguments[5]))
                .remoteTxSpeed(Long.parseLong(arguments[5]));
        Queue<Double> rates = new ConcurrentLinkedQueue<>();
        AtomicInteger failures = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            BandwidthClient client = new BandwidthClient(options.build());
            Thread thread = new Thread(() -> run(client, rates, failures));
            thread.start();
            threads.add(thread);
            // as JMeter's thread groups ramp up
            TimeUnit.MILLISECONDS.sleep(RAMP_UP_MILLIS / clients);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double sum = rates.stream().mapToDouble(r -> r).sum();
        double squares = rates.stream().mapToDouble(r -> r * r).sum();
        System.out.printf(
                Locale.ROOT,
                "clients=%d failures=%d min=%.3f mean=%.3f max=%.3f Mbit/s jain=%.4f peakThreads=%d%n",
                clients,
                failures.get(),
                rates.stream().mapToDouble(r -> r).min().orElse(0) / 1e6,
                sum / rates.size() / 1e6,
                rates.stream().mapToDouble(r -> r).max().orElse(0) / 1e6,
                sum * sum / (rates.size() * squares),
                ManagementFactory.getThreadMXBean().getPeakThreadCount());
    }

    private static void run(BandwidthClient client, Queue<Double> rates, AtomicInteger failures) {
        try {
            var report = client.run(second -> {});
            rates.add(
                    report.direction().clientReceives()
                            ? report.averageRxBitsPerSecond()
                            : report.averageDeliveredBitsPerSecond());
        } catch (BtestException e) {
            failures.incrementAndGet();
            System.out.println(e.kind() + ": " + e.getMessage());
        }
    }
}
