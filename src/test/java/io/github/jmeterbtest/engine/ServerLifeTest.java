package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class ServerLifeTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PLENTY = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource
    void closeEndsTheSessionsAndFreesTheirPorts(Protocol protocol) throws Exception {
        BandwidthServer server = BandwidthServer.start(Loopback.server().build());
        CountDownLatch measured = new CountDownLatch(2);
        CompletableFuture<TestReport> test = Loopback.inBackground(
                new BandwidthClient(Loopback.client(server)
                        .protocol(protocol)
                        .direction(Direction.BOTH)
                        .duration(HOUR)
                        .build()),
                interval -> {
                    if (interval.rxBytes() > 0) {
                        measured.countDown();
                    }
                });
        ServerSession session = Loopback.session(server);
        assertThat(measured.await(30, TimeUnit.SECONDS)).isTrue();
        server.close();

        BtestException ended = Loopback.failure(() -> session.follow(Loopback.NOBODY));
        assertThat(ended.kind()).isEqualTo(ErrorKind.STOPPED);
        TestReport served = ended.report().orElseThrow();
        assertThat(served.rxBytes()).isPositive();
        InetAddress local = server.address().getAddress();
        new ServerSocket(server.address().getPort(), 1, local).close();
        if (protocol == Protocol.UDP) {
            new DatagramSocket(new InetSocketAddress(local, served.localUdpPort())).close();
        }
        BtestException lost = Loopback.failure(test);
        assertThat(lost.kind()).isEqualTo(ErrorKind.PEER_LOST);
        assertThat(lost.report().orElseThrow().rxBytes()).isPositive();
    }

    @Test
    void aClosedServersPortIsFreeAtOnce() throws Exception {
        // none that the system would give to another test meanwhile
        int port = Ports.freeUdp(1, "127.0.0.1");
        for (int i = 0; i < 200; i++) {
            BandwidthServer.start(Loopback.server().port(port).build()).close();
        }
    }

    @Test
    @SuppressWarnings("try") // the close is what is tested
    void closeEndsHandshakesToo() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .handshakeTimeout(Duration.ofMinutes(5))
                        .build());
                Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort())) {
            assertThat(socket.getInputStream().readNBytes(4)).hasSize(4);
            server.close();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            int port = server.address().getPort();
            BtestException failure = Loopback.failure(() ->
                    BandwidthServer.start(Loopback.server().port(port).build()).close());
            assertThat(failure.kind()).isEqualTo(ErrorKind.BIND_FAILED);
            assertThat(failure).hasMessageContaining("127.0.0.1").hasMessageContaining(String.valueOf(port));
        }
    }

    @Test
    void oneSessionMoreThanAllowedIsRefusedAndOneAfterThemIsNot() throws Exception {
        try (BandwidthServer server =
                BandwidthServer.start(Loopback.server().maxSessions(2).build())) {
            List<BandwidthClient> clients = new ArrayList<>();
            List<CompletableFuture<TestReport>> tests = new ArrayList<>();
            List<ServerSession> sessions = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                clients.add(new BandwidthClient(Loopback.client(server)
                        .duration(HOUR)
                        .remoteTxSpeed(1_000_000)
                        .build()));
                tests.add(Loopback.inBackground(clients.get(i), Loopback.NOBODY));
                sessions.add(Loopback.session(server));
            }
            BtestException refused = Loopback.failure(Loopback.client(server));
            assertThat(refused.kind()).isEqualTo(ErrorKind.REFUSED);
            assertThat(refused).hasMessageContaining("sessions");

            sessions.get(0).stop();
            assertThat(Loopback.failure(tests.get(0)).kind()).isEqualTo(ErrorKind.PEER_LOST);
            TestReport third = awaitRoom(server);
            assertThat(third.rxBytes()).isPositive();
            clients.get(1).stop();
            assertThat(Loopback.failure(tests.get(1)).kind()).isEqualTo(ErrorKind.STOPPED);
        }
    }

    /** The client may see its session's end a moment before the server has cleared it away. */
    private static TestReport awaitRoom(BandwidthServer server) throws BtestException {
        while (true) {
            try {
                return Loopback.run(Loopback.client(server));
            } catch (BtestException e) {
                if (e.kind() != ErrorKind.REFUSED) {
                    throw e;
                }
            }
        }
    }

    @Test
    void udpPortsCanBeUsedByTheNextSession() throws Exception {
        int port = Ports.freeUdp(1, "127.0.0.1");
        try (BandwidthServer server = BandwidthServer.start(
                Loopback.server().udpPortsFrom(port).udpPortCount(1).build())) {
            for (int i = 0; i < 3; i++) {
                Loopback.runUntilData(
                        Loopback.client(server).protocol(Protocol.UDP).remoteTxSpeed(1_000_000));
                assertThat(reportOfNextSession(server).localUdpPort()).isEqualTo(port);
            }
        }
    }

    /** On a busy machine the client may stop before it has reported data, which the server calls NO_DATA. */
    private static TestReport reportOfNextSession(BandwidthServer server) throws Exception {
        try {
            return Loopback.session(server).follow(Loopback.NOBODY);
        } catch (BtestException e) {
            return e.report().orElseThrow();
        }
    }

    /** Whatever the login: a refusal behind one would look like a wrong password. */
    @ParameterizedTest
    @EnumSource(names = {"NONE", "MD5", "EC_SRP5"})
    void whenNoUdpPortIsLeftTheClientIsTold(Authentication login) throws Exception {
        int port = Ports.freeUdp(1, "127.0.0.1");
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .udpPortsFrom(port)
                        .udpPortCount(1)
                        .authentication(login)
                        .credentials(Loopback.ADMIN)
                        .build());
                DatagramSocket stranger = new DatagramSocket(new InetSocketAddress("127.0.0.1", port))) {
            assertThat(stranger.isBound()).isTrue();
            BtestException failure = Loopback.failure(
                    Loopback.client(server).protocol(Protocol.UDP).credentials(Loopback.ADMIN));
            assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED);
            assertThat(failure).hasMessageContaining("allocate-udp-ports-from");
            assertThat(server.refusals())
                    .singleElement()
                    .extracting(Refusal::reason)
                    .asString()
                    .contains("UDP ports");
        }
    }

    @Test
    void aSessionIsGivenToTheCallThatWantsItAndOnlyOnce() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            Loopback.runUntilData(Loopback.client(server).direction(Direction.RECEIVE));
            Loopback.run(Loopback.client(server).direction(Direction.TRANSMIT));
            ServerSession transmit = server.awaitSession(
                            PLENTY, s -> s.command().direction() == Direction.TRANSMIT)
                    .orElseThrow();
            assertThat(transmit.follow(Loopback.NOBODY).rxBytes()).isPositive();
            assertThat(server.awaitSession(
                            Duration.ofMillis(50), s -> s.command().direction() == Direction.TRANSMIT))
                    .isEmpty();
            assertThat(server.awaitSession(PLENTY, s -> true)
                            .orElseThrow()
                            .command()
                            .direction())
                    .isEqualTo(Direction.RECEIVE);
            assertThat(server.awaitSession(Duration.ZERO, s -> true)).isEmpty();
        }
    }

    @Test
    void waitingForASessionEndsWhenTheServerCloses() throws Exception {
        BandwidthServer server = BandwidthServer.start(Loopback.server().build());
        CountDownLatch waiting = new CountDownLatch(1);
        Loopback.runUntilData(Loopback.client(server));
        CompletableFuture<Boolean> found = CompletableFuture.supplyAsync(() -> {
            try {
                return server.awaitSession(HOUR, session -> {
                            waiting.countDown();
                            return false;
                        })
                        .isPresent();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        server.close();
        assertThat(found.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void whoFollowsASessionGetsEveryIntervalWhileItRunsAndAfterwards() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(
                Loopback.server().interval(Duration.ofMillis(50)).build())) {
            BandwidthClient client =
                    new BandwidthClient(Loopback.client(server).duration(HOUR).build());
            CompletableFuture<TestReport> test = Loopback.inBackground(client, Loopback.NOBODY);
            ServerSession session = Loopback.session(server);
            List<IntervalReport> live = new ArrayList<>();
            TestReport report = session.follow(interval -> {
                live.add(interval);
                if (live.size() == 4) {
                    client.stop();
                }
            });
            List<IntervalReport> later = new ArrayList<>();
            assertThat(session.follow(later::add)).isSameAs(report);
            assertThat(live).isEqualTo(later).isEqualTo(report.intervals()).hasSizeGreaterThanOrEqualTo(4);
            assertThat(Loopback.failure(test).kind()).isEqualTo(ErrorKind.STOPPED);
        }
    }

    @Test
    void theServerEndsATestThatIsTooLong() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(
                Loopback.server().maxDuration(Duration.ofSeconds(1)).build())) {
            BtestException failure = Loopback.failure(Loopback.client(server).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure).hasMessageContaining("limits the duration");
            assertThat(Loopback.session(server).follow(Loopback.NOBODY).txBytes())
                    .isPositive();
        }
    }
}
