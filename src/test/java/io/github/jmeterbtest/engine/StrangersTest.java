package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A stranger at 127.0.0.1 takes what it can get; a tester at 127.0.0.2 gets its test all the same. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
@NeedsLoopbackNetwork
class StrangersTest {
    /** 100 bit/s to the client: what is never read is not seen for hours. */
    private static final String NEVER_READ = "01 02 01 00 00 80 00 00 64 00 00 00 00 00 00 00";

    private static final String RECEIVE = "01 02 01 00 00 80 00 00 40 42 0f 00 00 00 00 00";
    private static final String RECEIVE_2 = "01 02 01 02 00 80 00 00 40 42 0f 00 00 00 00 00";
    private static final String TRANSMIT_2 = "01 01 01 02 00 80 00 00 40 42 0f 00 00 00 00 00";
    private static final String REST_OF_JOIN = "02 00 00 00 00 00 00 00 00 00 00 00 00 00";

    private final List<Peer> peers = new ArrayList<>();
    private BandwidthServer server;

    private void start(ServerOptions.Builder options) throws Exception {
        server = BandwidthServer.start(options.bindAddress("0.0.0.0").build());
    }

    @AfterEach
    void close() throws Exception {
        for (Peer peer : peers) {
            peer.close();
        }
        server.close();
    }

    private Peer peer(String address) throws Exception {
        Peer peer = Peer.clientOf(server, address);
        peers.add(peer);
        return peer;
    }

    private Peer running(String address, String command) throws Exception {
        Peer peer = peer(address);
        peer.send(command);
        peer.expect(Peer.OK);
        return peer;
    }

    private void assertServed(String address) throws Exception {
        Peer tester = running(address, RECEIVE);
        assertThat(tester.read(1000)).containsOnly(0);
        tester.close();
    }

    /** The client may see the end a moment before it is remembered. */
    private void awaitRefusal() {
        while (server.refusals().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theMostIdleSessionOfWhoHoldsMostMakesRoom() throws Exception {
        start(Loopback.server().maxSessions(3));
        Peer oldest = running("127.0.0.1", NEVER_READ);
        List<ServerSession> sessions = new ArrayList<>();
        sessions.add(Loopback.session(server));
        for (int i = 0; i < 2; i++) {
            running("127.0.0.1", NEVER_READ);
            sessions.add(Loopback.session(server));
        }
        assertServed("127.0.0.2");
        BtestException ended = Loopback.failure(() -> sessions.get(0).follow(Loopback.NOBODY));
        assertThat(ended.kind()).isEqualTo(ErrorKind.STOPPED);
        assertThat(ended).hasMessageContaining("make room");
        oldest.drain();
        assertThat(server.refusals())
                .singleElement()
                .extracting(Refusal::reason)
                .asString()
                .contains("make room");
        assertThat(server.summary()).contains("4 tests").contains("1 ended to make room");
    }

    /** What it takes need not be read by anybody; what it sends would be seen. */
    @Test
    void aTestInBothDirectionsWhoseClientSendsNothingEnds() throws Exception {
        start(Loopback.server().lostPeerTime(Duration.ofSeconds(1)));
        running("127.0.0.1", NEVER_READ.replace("01 02", "01 03"));
        BtestException lost = Loopback.failure(() -> Loopback.session(server).follow(Loopback.NOBODY));
        assertThat(lost.kind()).isEqualTo(ErrorKind.PEER_LOST);
    }

    /** As before there were shares: one address may have all sessions, and gets no more. */
    @Test
    void aSourceDoesNotMakeRoomForItself() throws Exception {
        start(Loopback.server().maxSessions(2));
        running("127.0.0.1", RECEIVE);
        running("127.0.0.1", RECEIVE);
        Peer third = peer("127.0.0.1");
        third.send(RECEIVE);
        third.expect(Peer.REFUSED);
        third.expectEnd();
    }

    @Test
    void aTestWhoseControlConnectionEndsBeforeItsJoinsGivesItsSessionBack() throws Exception {
        start(Loopback.server().maxSessions(1));
        Peer stranger = peer("127.0.0.1");
        stranger.send(RECEIVE_2);
        stranger.read(4);
        stranger.close();
        awaitRefusal();
        assertThat(server.refusals().get(0).reason()).contains("only 1 of its 2 connections");
        assertServed("127.0.0.1");
    }

    /** Looking for the end takes a byte. */
    @Test
    void dataThatComesBeforeTheLastJoinIsCounted() throws Exception {
        start(Loopback.server());
        Peer first = peer("127.0.0.1");
        first.send(TRANSMIT_2);
        String token = first.readHex(4).substring(3, 8).replace(" ", "");
        first.send(new byte[1000]);
        Peer second = peer("127.0.0.1");
        second.send(token + REST_OF_JOIN);
        ServerSession session = Loopback.session(server);
        second.send(new byte[500]);
        List<IntervalReport> seconds = new ArrayList<>();
        assertThat(session.follow(interval -> {
                            seconds.add(interval);
                            if (seconds.stream()
                                            .mapToLong(IntervalReport::rxBytes)
                                            .sum()
                                    == 1500) {
                                session.finish();
                            }
                        })
                        .rxBytes())
                .isEqualTo(1500);
    }

    @Test
    void refusalsOfOneSourceDoNotPushOutThoseOfAnother() throws Exception {
        start(Loopback.server().handshakeTimeout(Duration.ofSeconds(30)));
        Peer honest = peer("127.0.0.2");
        honest.send("47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a");
        honest.expectEnd();
        awaitRefusal();
        for (int i = 0; i < 200; i++) {
            server.refused(peers.get(0).socket().getInetAddress(), Refusal.Cause.FULL, "reason " + i);
        }
        assertThat(server.refusals())
                .hasSize(100)
                .anyMatch(refusal -> refusal.client().getHostAddress().equals("127.0.0.2"))
                .last()
                .extracting(Refusal::reason)
                .isEqualTo("reason 199");
    }
}
