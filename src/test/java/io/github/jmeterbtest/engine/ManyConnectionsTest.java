package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More connections than there are threads for: some threads of the server move the data of all. */
@Timeout(60)
class ManyConnectionsTest {
    private static final int CONNECTIONS = 200;
    private static final String UNLIMITED = "00 00 00 00";
    /** 160 Mbit/s, so that no thread is a light one. */
    private static final String CAPPED = "00 68 89 09";

    private static List<Peer> open(BandwidthServer server, String command) throws Exception {
        List<Peer> peers = new ArrayList<>();
        peers.add(Peer.clientOf(server));
        peers.get(0).send(command);
        String token = peers.get(0).readHex(4).substring(3, 8);
        while (peers.size() < CONNECTIONS) {
            Peer peer = Peer.clientOf(server);
            peer.send(token + "02 00 00 00 00 00 00 00 00 00 00 00 00 00");
            peers.add(peer);
        }
        return peers;
    }

    private static void close(List<Peer> peers) throws Exception {
        for (Peer peer : peers) {
            peer.close();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("btest-tcp"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {UNLIMITED, CAPPED})
    void eachConnectionIsSentTo(String speed) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            List<Peer> peers = open(server, "01 02 01 c8 00 80 00 00" + speed + "00 00 00 00");
            for (Peer peer : peers) {
                assertThat(peer.read(50_000)).containsOnly(0);
            }
            assertThat(threads()).isLessThan(CONNECTIONS);
            close(peers);
            TestReport report = Loopback.session(server).follow(Loopback.NOBODY);
            assertThat(report.connections()).isEqualTo(CONNECTIONS);
            assertThat(report.txBytes()).isGreaterThanOrEqualTo(CONNECTIONS * 50_000);
        }
    }

    @Test
    void whatComesOnEachConnectionIsCounted() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            List<Peer> peers = open(server, "01 03 01 c8 00 80 00 00" + CAPPED + "00 00 00 00");
            for (Peer peer : peers) {
                peer.send(new byte[1000]);
            }
            ServerSession session = Loopback.session(server);
            AtomicLong sum = new AtomicLong();
            TestReport report = session.follow((IntervalReport interval) -> {
                if (sum.addAndGet(interval.rxBytes()) == CONNECTIONS * 1000) {
                    session.finish();
                }
            });
            assertThat(report.rxBytes()).isEqualTo(CONNECTIONS * 1000);
            close(peers);
        }
    }

    /** However few threads there are, one connection that ends is the end of the test. */
    @Test
    void theEndOfOneConnectionEndsTheTest() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            List<Peer> peers = open(server, "01 02 01 c8 00 80 00 00" + CAPPED + "00 00 00 00");
            peers.get(CONNECTIONS / 2).read(1000);
            ServerSession session = Loopback.session(server);
            peers.get(CONNECTIONS / 2).close();
            session.follow(Loopback.NOBODY);
            peers.get(CONNECTIONS - 1).drain();
            close(peers);
        }
    }
}
