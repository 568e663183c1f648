package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.report.Authentication;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a server remembers of clients that got no test. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class RefusalsTest {

    private static Refusal awaitRefusal(BandwidthServer server) {
        while (server.refusals().isEmpty()) {
            Thread.onSpinWait();
        }
        return server.refusals().get(0);
    }

    @Test
    void aWrongPasswordIsRememberedWithTheClient() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(Authentication.MD5)
                .credentials(Loopback.ADMIN)
                .build())) {
            Loopback.failure(Loopback.client(server).credentials(new Credentials("admin", "wr0ng")));
            Refusal refusal = awaitRefusal(server);
            assertThat(refusal.client()).isEqualTo(InetAddress.getByName("127.0.0.1"));
            assertThat(refusal.reason()).contains("wrong user or password").doesNotContain("wr0ng");
        }
    }

    @Test
    void soIsGarbage() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build());
                Peer client = Peer.clientOf(server)) {
            client.send("47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a");
            assertThat(awaitRefusal(server).reason()).contains("violated the protocol");
        }
    }

    @Test
    void soIsAClientThatGoes() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            try (Peer client = Peer.clientOf(server)) {
                client.send("01");
            }
            assertThat(awaitRefusal(server).reason()).contains("closed the connection before the test");
        }
    }

    /** Monitoring asks whether somebody listens, a latency probe how soon he answers. */
    @Test
    void oneThatOnlyConnectsWantsNoTest() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(
                Loopback.server().handshakeTimeout(Duration.ofSeconds(2)).build())) {
            Peer.clientOf(server).close();
            // some are gone before they are accepted, some before they are greeted
            for (int i = 0; i < 100; i++) {
                try (Socket probe = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
                    probe.setSoLinger(true, 0);
                }
            }
            // outlasts those connections, if they still were there
            try (Peer silent = Peer.clientOf(server)) {
                silent.expectEnd();
            }
            assertThat(awaitRefusal(server).reason()).contains("longer than 2000 ms");
            assertThat(server.refusals()).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("try") // the close is what is tested
    void aClientOfAServerThatClosesIsNotRefused() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build());
                Peer client = Peer.clientOf(server)) {
            server.close();
            client.expectNothingMore();
            assertThat(server.refusals()).isEmpty();
        }
    }

    @Test
    void soIsOneThatSaysNothing() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .handshakeTimeout(Duration.ofMillis(50))
                        .build());
                Peer client = Peer.clientOf(server)) {
            client.expectEnd();
            assertThat(awaitRefusal(server).reason()).contains("longer than 50 ms");
        }
    }

    @Test
    void aClientThatIsServedIsNotRefused() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            Loopback.run(Loopback.client(server).connectionCount(2));
            Loopback.session(server).follow(Loopback.NOBODY);
            assertThat(server.refusals()).isEmpty();
        }
    }

    @Test
    void onlyTheLastHundredAreRemembered() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            for (int i = 0; i < 105; i++) {
                server.refused(InetAddress.getLoopbackAddress(), Refusal.Cause.FULL, "reason " + i);
            }
            assertThat(server.refusals())
                    .hasSize(100)
                    .extracting(Refusal::reason)
                    .startsWith("reason 5")
                    .endsWith("reason 104");
        }
    }
}
