package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our server in TCP tests with a client that speaks the bytes of RouterOS. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedClientTcpTest {

    private static final String TRANSMIT = "01 01 01 00 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final String RECEIVE = "01 02 01 00 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final String BOTH_20 = "01 03 01 14 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final String REST_OF_JOIN = "02 00 00 00 00 00 00 00 00 00 00 00 00 00";

    private BandwidthServer server;

    @BeforeEach
    void start() throws Exception {
        server = BandwidthServer.start(Loopback.server().build());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theStatusesOfATransmitTestAreTwelveBytesEachSecond() throws Exception {
        try (Peer client = client(TRANSMIT)) {
            client.expect(Peer.OK);
            client.send(new byte[123_456]);
            int second = client.expectReceived(1, 123_456);
            client.send(new byte[7]);
            client.expectReceived(second, 7);
        }
        TestReport report = Loopback.session(server).follow(Loopback.NOBODY);
        assertThat(report.rxBytes()).isEqualTo(123_463);
        assertThat(report.txBytes()).isZero();
    }

    @Test
    void aReceiveTestHasNoStatuses() throws Exception {
        try (Peer client = client(RECEIVE.replace("00 00 00 00 00 00 00 00 00 00", "00 00 40 42 0f 00 00 00 00 00"))) {
            client.expect(Peer.OK);
            // more than a second at 1 Mbit/s
            assertThat(client.read(150_000)).containsOnly(0);
        }
    }

    /**
     * TCP has no packets, so a size means nothing there; some clients name 1500 all the same. A status shows where a
     * block ends.
     */
    @ParameterizedTest
    @ValueSource(strings = {"00 00", "dc 05", "00 80", "ff ff"})
    void whateverSizeTheClientNamesTheServerWritesItsOwnBlocks(String size) throws Exception {
        try (Peer client = client("01 03 01 00 " + size + " 00 00 00 00 00 00 00 00 00 00")) {
            client.expect(Peer.OK);
            assertThat(zerosBeforeAStatus(client) % (32 << 10)).isZero();
        }
    }

    private static long zerosBeforeAStatus(Peer client) throws IOException {
        InputStream in = client.socket().getInputStream();
        byte[] buffer = new byte[64 << 10];
        byte[] zeros = new byte[buffer.length];
        long before = 0;
        while (true) {
            int length = in.read(buffer);
            int other = Arrays.mismatch(buffer, 0, length, zeros, 0, length);
            if (other >= 0) {
                return before + other;
            }
            before += length;
        }
    }

    @Test
    void randomDataCannotBeCompressed() throws Exception {
        try (Peer client = client(RECEIVE.replace("01 02 01", "01 02 00"))) {
            client.expect(Peer.OK);
            assertThat(Compression.compressed(client.read(1_000_000))).isGreaterThan(990_000);
        }
    }

    @Test
    void whatAClientSendsInAReceiveTestIsNotCounted() throws Exception {
        try (Peer client = client(RECEIVE)) {
            client.expect(Peer.OK);
            client.send(new byte[5000]);
            client.read(100_000);
        }
        assertThat(Loopback.session(server).follow(Loopback.NOBODY).rxBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {TRANSMIT, RECEIVE})
    void aClientThatClosesOneHalfEndsTheTest(String command) throws Exception {
        try (Peer client = client(command)) {
            client.expect(Peer.OK);
            client.send(new byte[1000]);
            if (command.equals(RECEIVE)) {
                // so much that the server has counted some of it
                client.read(1_000_000);
            }
            client.socket().shutdownOutput();
            client.drain();
        }
        TestReport report = Loopback.session(server).follow(Loopback.NOBODY);
        assertThat(report.rxBytes()).isEqualTo(command.equals(TRANSMIT) ? 1000 : 0);
    }

    @Test
    void aClientThatResetsTheConnectionEndsTheTestAsAnyOther() throws Exception {
        try (Peer client = client(TRANSMIT)) {
            client.expect(Peer.OK);
            client.send(new byte[1000]);
            ServerSession session = Loopback.session(server);
            boolean[] reset = {false};
            TestReport report = session.follow(interval -> {
                if (interval.rxBytes() == 1000) {
                    reset(client);
                    reset[0] = true;
                }
            });
            assertThat(reset[0]).isTrue();
            assertThat(report.rxBytes()).isEqualTo(1000);
        }
    }

    @Test
    void aClientThatSendsNothingIsNoSuccess() throws Exception {
        try (Peer client = client(TRANSMIT)) {
            client.expect(Peer.OK);
        }
        BtestException failure = Loopback.failure(() -> Loopback.session(server).follow(Loopback.NOBODY));
        assertThat(failure.kind()).isEqualTo(ErrorKind.NO_DATA);
        assertThat(failure).hasMessageContaining("no test data arrived from the client");
    }

    @Test
    void aClientThatFallsSilentIsLost() throws Exception {
        try (BandwidthServer impatient = BandwidthServer.start(
                        Loopback.server().lostPeerTime(Duration.ofSeconds(1)).build());
                Peer client = Peer.clientOf(impatient)) {
            client.send(TRANSMIT);
            client.expect(Peer.OK);
            client.send(new byte[1000]);
            BtestException failure =
                    Loopback.failure(() -> Loopback.session(impatient).follow(Loopback.NOBODY));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure.report().orElseThrow().rxBytes()).isEqualTo(1000);
        }
    }

    /** As RouterOS 7 does by default. Nothing is read but the first connection, as nothing else tells anything new. */
    @Test
    void twentyConnectionsAreOneTestWhoseStatusesTravelOnTheFirst() throws Exception {
        List<Peer> connections = new ArrayList<>();
        try {
            Peer first = client(BOTH_20);
            connections.add(first);
            byte[] ok = first.read(4);
            assertThat(new byte[] {ok[0], ok[3]}).containsExactly(1, 0);
            assertThat(ok[1] << 8 | ok[2]).as("token").isNotZero();
            for (int i = 1; i < 20; i++) {
                Peer joined = client(Hex.text(ok[1], ok[2]) + REST_OF_JOIN);
                connections.add(joined);
            }
            for (Peer connection : connections) {
                connection.send(new byte[10_000]);
            }
            int second = Peer.expectReceived(1, 200_000, first::nextStatusInZeros);
            for (Peer connection : connections) {
                connection.send(new byte[1]);
            }
            Peer.expectReceived(second, 20, first::nextStatusInZeros);
            for (Peer joined : connections.subList(1, 20)) {
                assertThat(joined.read(20_000))
                        .as("neither an answer nor a status")
                        .containsOnly(0);
            }
            first.close();
            TestReport report = Loopback.session(server).follow(Loopback.NOBODY);
            assertThat(report.connections()).isEqualTo(20);
            assertThat(report.rxBytes()).isEqualTo(200_020);
            assertThat(report.command().connectionCount()).isEqualTo(20);
        } finally {
            for (Peer connection : connections) {
                connection.close();
            }
        }
    }

    private Peer client(String opening) throws Exception {
        Peer client = Peer.clientOf(server);
        client.send(opening);
        return client;
    }

    private static void reset(Peer client) {
        try {
            client.socket().setSoLinger(true, 0);
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
