package io.github.jmeterbtest.soak;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Direction;
import java.time.Duration;
import java.util.List;

/** The servers of a soak, one for each login, and what an honest client of them needs. */
final class Offer {
    static final Credentials ADMIN = new Credentials("admin", "test");
    static final List<Authentication> LOGINS = List.of(Authentication.NONE, Authentication.MD5, Authentication.EC_SRP5);

    private Offer() {}

    /** @param udpPortsFrom servers at the same time need different ones */
    static BandwidthServer start(Authentication login, int udpPortsFrom) throws BtestException {
        return BandwidthServer.start(ServerOptions.builder()
                .bindAddress("127.0.0.1")
                .port(0)
                .udpPortsFrom(udpPortsFrom)
                .udpPortCount(100)
                .authentication(login)
                .credentials(ADMIN)
                .build());
    }

    /** {@return a test against that server by who knows the password} */
    static ClientOptionsBuilder client(BandwidthServer server) {
        return ClientOptions.builder()
                .server("127.0.0.1")
                .port(server.address().getPort())
                .credentials(ADMIN)
                .connectTimeout(Duration.ofSeconds(20))
                .interval(Duration.ofMillis(200));
    }

    /**
     * Has a good client in, until it has got data.
     *
     * @throws BtestException if it gets none
     */
    static void assertServes(BandwidthServer server) throws BtestException {
        BandwidthClient client = new BandwidthClient(client(server)
                .direction(Direction.RECEIVE)
                .remoteTxSpeed(10_000_000)
                .duration(Duration.ofSeconds(20))
                .build());
        try {
            client.run(interval -> {
                if (interval.rxBytes() > 0) {
                    client.stop();
                }
            });
        } catch (BtestException e) {
            if (e.kind() != ErrorKind.STOPPED) {
                throw e;
            }
        }
    }
}
