package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tests of all kinds: most run to their end, some are stopped, some have a wrong password. */
final class HonestClient {
    /** With a wrong password, so that slowed logins concern nobody else. */
    private static final String FORGETFUL = "127.0.0.99";

    private final Random random;
    private final List<BandwidthServer> servers;
    private final Map<String, Integer> outcomes;

    /** @param outcomes how many tests ended in which way, added up by all clients */
    HonestClient(long seed, List<BandwidthServer> servers, Map<String, Integer> outcomes) {
        this.random = new Random(seed);
        this.servers = servers;
        this.outcomes = outcomes;
    }

    void test() {
        int login = random.nextInt(servers.size());
        boolean wrongPassword = Offer.LOGINS.get(login) != Authentication.NONE && random.nextInt(20) == 0;
        try {
            BandwidthClient client = new BandwidthClient(
                    options(servers.get(login), wrongPassword).build());
            boolean stops = random.nextInt(10) == 0;
            client.run(interval -> {
                if (stops) {
                    client.stop();
                }
            });
            count("ok");
        } catch (BtestException e) {
            boolean wanted =
                    e.kind() == ErrorKind.STOPPED || (wrongPassword && e.kind() == ErrorKind.AUTHENTICATION_FAILED);
            count(wanted ? e.kind() + " as it should" : e.kind() + ": " + e.getMessage());
        }
    }

    private ClientOptionsBuilder options(BandwidthServer server, boolean wrongPassword) {
        long speed = random.nextInt(4) == 0 ? 0 : 1_000_000L + random.nextInt(20_000_000);
        ClientOptionsBuilder options = Offer.client(server)
                .protocol(Mutator.oneOf(random, Protocol.values()))
                .direction(Mutator.oneOf(random, Direction.values()))
                .connectionCount(random.nextBoolean() ? 1 : 1 + random.nextInt(8))
                .localTxSpeed(speed)
                .remoteTxSpeed(speed)
                .duration(Duration.ofMillis(300 + random.nextInt(2500)));
        return wrongPassword
                ? options.credentials(new Credentials(Offer.ADMIN.user(), "wrong"))
                        .localAddress(FORGETFUL)
                : options;
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }
}
