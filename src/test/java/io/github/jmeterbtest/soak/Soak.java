package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code mvn -Psoak -Dsoak.minutes=30}: tests of all kinds, servers that start and stop, and hostile peers beside them.
 * Each minute ends with a pause in which nothing runs, and with a line that says what is left of it. What is left after
 * the last minute must not be more than after the second one: the first still loads code and fills caches.
 */
public final class Soak {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 30);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final long WORK_NANOS = TimeUnit.SECONDS.toNanos(45);
    /** Threads that wait for more work end in ten seconds. */
    private static final long PAUSE_SECONDS = 14;

    private static final int HONEST = 4;
    private static final int HOSTILE = 3;

    private final LoggedErrors errors = LoggedErrors.watch();
    private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();
    private final List<BandwidthServer> servers = new ArrayList<>();

    private Soak() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        if (MINUTES < 3) {
            throw new IllegalArgumentException("soak.minutes is " + MINUTES + "; must be at least 3");
        }
        new Soak().run();
    }

    private void run() throws Exception {
        for (int i = 0; i < Offer.LOGINS.size(); i++) {
            servers.add(Offer.start(Offer.LOGINS.get(i), 21_001 + 1000 * i));
        }
        Usage second = null;
        Usage last = null;
        for (int minute = 1; minute <= MINUTES; minute++) {
            work(minute);
            TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
            last = Usage.now();
            System.out.println("minute " + minute + ": " + last + "; tests so far " + new TreeMap<>(outcomes));
            if (minute == 2) {
                second = last;
            }
        }
        for (BandwidthServer server : servers) {
            Offer.assertServes(server);
            System.out.println(server.summary());
            server.close();
        }
        judge(last.growthSince(second));
    }

    private void judge(List<String> growth) {
        List<String> faults = new ArrayList<>(growth);
        faults.addAll(errors.all());
        System.out.println(faults.isEmpty() ? "flat to the end" : "NOT FLAT: " + faults);
        if (!faults.isEmpty()) {
            System.exit(1);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void work(int minute) throws InterruptedException {
        long end = System.nanoTime() + WORK_NANOS;
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < HONEST; i++) {
            HonestClient client = new HonestClient(SEED + 100L * minute + i, servers, outcomes);
            workers.add(start("honest", end, client::test));
        }
        for (int i = 0; i < HOSTILE; i++) {
            Mutator mutator = new Mutator(SEED + 1000L * minute + i);
            MutatedClient client = new MutatedClient(mutator, Offer.ADMIN);
            workers.add(start(
                    "hostile", end, () -> client.play(any(mutator.random()).address())));
        }
        workers.add(start("never reading", end, new Burden(new Random(minute), this::any)::play));
        workers.add(start("starts and stops", end, () -> startAndStop(minute)));
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private BandwidthServer any(Random random) {
        return servers.get(random.nextInt(servers.size()));
    }

    private static void startAndStop(int minute) throws BtestException {
        Authentication login = Offer.LOGINS.get(minute % Offer.LOGINS.size());
        try (BandwidthServer server = Offer.start(login, 25_001)) {
            Offer.assertServes(server);
        }
    }

    private Thread start(String name, long end, Step step) {
        Thread thread = new Thread(
                () -> {
                    while (System.nanoTime() < end) {
                        try {
                            step.run();
                        } catch (Exception e) {
                            outcomes.merge(name + ": " + e, 1, Integer::sum);
                        }
                    }
                },
                "soak: " + name);
        thread.start();
        return thread;
    }
}
