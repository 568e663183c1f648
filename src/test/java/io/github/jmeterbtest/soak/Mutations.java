package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code mvn -Psoak -Dsoak.main=Mutations}: control messages and whole sessions that are changed a little. Nothing but
 * declared errors may come of them, and a good client gets in after each 10,000 sessions.
 */
public final class Mutations {
    private static final long STRINGS = Long.getLong("soak.strings", 10_000_000);
    private static final int SESSIONS = Integer.getInteger("soak.sessions", 100_000);
    private static final long SEED = Long.getLong("soak.seed", 1);
    private static final int ROUND = 10_000;
    private static final int WORKERS = 8;
    /** A half each against our server and by our client. */
    private static final int SHARE = ROUND / WORKERS / 2;

    private final LoggedErrors errors = LoggedErrors.watch();
    private final Map<ErrorKind, Integer> outcomes = new ConcurrentHashMap<>();
    private final List<BandwidthServer> servers = new ArrayList<>();

    private Mutations() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        System.out.println("seed " + SEED);
        MutatedStrings.run(STRINGS, SEED);
        new Mutations().sessions();
    }

    private void sessions() throws Exception {
        for (int i = 0; i < Offer.LOGINS.size(); i++) {
            servers.add(Offer.start(Offer.LOGINS.get(i), 21_001 + 1000 * i));
        }
        ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
        long began = System.nanoTime();
        for (int done = ROUND; done <= SESSIONS; done += ROUND) {
            List<Future<?>> work = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                long seed = SEED * SESSIONS + done + worker;
                work.add(pool.submit(() -> {
                    againstServers(new Mutator(seed));
                    return null;
                }));
            }
            for (Future<?> share : work) {
                share.get();
            }
            for (BandwidthServer server : servers) {
                Offer.assertServes(server);
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d sessions after %.0f s: good clients in; our client ended with %s%n",
                    done,
                    (System.nanoTime() - began) / 1e9,
                    outcomes);
            requireNoErrors();
        }
        pool.shutdown();
        for (BandwidthServer server : servers) {
            System.out.println(server.summary());
            server.close();
        }
        requireNoErrors();
    }

    private void requireNoErrors() {
        boolean failed = servers.stream().anyMatch(server -> server.summary().contains("because of a failure"));
        if (failed || !errors.all().isEmpty()) {
            throw new IllegalStateException("errors that are not declared: " + errors.all());
        }
    }

    private void againstServers(Mutator mutator) throws Exception {
        MutatedClient client = new MutatedClient(mutator, Offer.ADMIN);
        try (MutatedServer server =
                new MutatedServer(new Mutator(mutator.random().nextLong()), Offer.ADMIN)) {
            Thread serving = new Thread(server::serve, "mutated server");
            serving.setDaemon(true);
            serving.start();
            for (int i = 0; i < SHARE; i++) {
                client.play(
                        servers.get(mutator.random().nextInt(servers.size())).address());
                test(server.port(), mutator.random());
            }
        }
    }

    private void test(int port, Random random) throws BtestException {
        ClientOptions options = ClientOptions.builder()
                .server("127.0.0.1")
                .port(port)
                .credentials(Offer.ADMIN)
                .protocol(Mutator.oneOf(random, Protocol.values()))
                .direction(Mutator.oneOf(random, Direction.values()))
                .connectionCount(random.nextInt(10) == 0 ? 2 : 1)
                .localTxSpeed(10_000_000)
                .duration(Duration.ofMillis(20))
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        try {
            new BandwidthClient(options).run(interval -> {});
        } catch (BtestException e) {
            outcomes.merge(e.kind(), 1, Integer::sum);
            if (e.getMessage().contains("unexpectedly")) {
                throw e;
            }
        }
    }
}
