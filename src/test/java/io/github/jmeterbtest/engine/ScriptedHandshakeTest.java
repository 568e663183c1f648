package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.harness.FullListener;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Hex;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against servers that do not get as far as a login. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedHandshakeTest {

    private static final Duration SOON = Duration.ofMillis(200);
    /** Long enough for what must come before it is over, on a busy machine too. */
    private static final Duration LATER = Duration.ofSeconds(2);

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-ROSSSH\r\n", "\1\1\0\0"})
    void aServerThatSaysSomethingElseIsNoBtestServer(String greeting) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(greeting.getBytes(StandardCharsets.ISO_8859_1));
            client.expectNothingMore();
        })) {
            BtestException failure = Loopback.failure(Loopback.client(server.port()));
            assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_A_BTEST_SERVER);
            assertThat(failure)
                    .hasMessageContaining("127.0.0.1:" + server.port())
                    .hasMessageContaining("check the port")
                    .hasMessageContaining(Hex.text(greeting.substring(0, 4).getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01 00"})
    void aServerThatWaitsToBeSpokenToIsNoBtestServer(String beginning) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(beginning);
            client.expectEnd();
        })) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).connectTimeout(SOON));
            assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_A_BTEST_SERVER);
            assertThat(failure).hasMessageContaining("HELLO").hasMessageContaining("check the port");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01 00"})
    void aServerThatClosesBeforeItsHelloIsEndedIsLost(String beginning) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> client.send(beginning))) {
            BtestException failure = Loopback.failure(Loopback.client(server.port()));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure).hasMessageContaining("HELLO");
            assertThat(failure.report()).isEmpty();
        }
    }

    /** Sometimes the client sees it while it writes the command, sometimes while it reads the answer. */
    @RepeatedTest(20)
    void aServerThatResetsTheConnectionIsLost() throws Exception {
        Thread ours = Thread.currentThread();
        try (ScriptedServer server = new ScriptedServer(client -> {
            while (Stream.of(ours.getStackTrace())
                    .noneMatch(frame -> frame.getClassName().equals(HandshakeChannel.class.getName()))) {
                Thread.onSpinWait();
            }
            client.send(Peer.HELLO);
            client.socket().setSoLinger(true, 0);
        })) {
            BtestException failure = Loopback.failure(Loopback.client(server.port()));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure).hasMessageContaining("reply to the command");
        }
    }

    @Test
    void theCommandIsSentAfterHelloAndNothingAfterARefusal() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.expect("00 03 01 00 e8 03 00 00 2c 01 00 00 2c 01 00 00");
            client.send(Peer.REFUSED);
            client.expectEnd();
        })) {
            BtestException failure = Loopback.failure(Loopback.client(server.port())
                    .protocol(Protocol.UDP)
                    .direction(Direction.BOTH)
                    .remoteUdpTxSize(1000)
                    .localTxSpeed(300)
                    .remoteTxSpeed(300));
            assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED);
            assertThat(failure).hasMessageContaining("refused").hasMessageContaining("check");
        }
    }

    @ParameterizedTest
    @CsvSource({"04 00 00 00, byte 0 is 04", "00 00 00 01, byte 3 is 01", "02 00 01 00, byte 2 is 01"})
    void anAnswerThatNobodyKnowsIsNamed(String answer, String message) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(answer);
            client.expectNothingMore();
        })) {
            BtestException failure = Loopback.failure(Loopback.client(server.port()));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(failure).hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01 00 00"})
    void aServerThatClosesInsteadOfAnsweringTheCommandIsLost(String beginning) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(beginning);
        })) {
            BtestException failure = Loopback.failure(Loopback.client(server.port()));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure).hasMessageContaining("reply to the command");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01 00 00", "02 00 00 00 11 22 33"})
    void aServerThatNeverAnswersTheCommandIsNotWaitedForLongerThanAllowed(String beginning) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(beginning);
            client.expectEnd();
        })) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).connectTimeout(LATER).credentials(Loopback.ADMIN));
            assertThat(failure.kind()).isEqualTo(ErrorKind.HANDSHAKE_TIMEOUT);
            assertThat(failure).hasMessageContaining("2000 ms").hasMessageContaining("raise the connect timeout");
        }
    }

    @ParameterizedTest
    @CsvSource({"00 00, UDP port 0 is outside", "ff 00, UDP port 65280 is outside"})
    void aUdpPortThatCannotBeIsNamed(String port, String message) throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(port);
            client.expectNothingMore();
        }))) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).protocol(Protocol.UDP));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(failure).hasMessageContaining(message);
        }
    }

    @Test
    void aServerThatNamesNoUdpPortIsNotWaitedForLongerThanAllowed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send("07");
            client.expectEnd();
        }))) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).protocol(Protocol.UDP).connectTimeout(LATER));
            assertThat(failure.kind()).isEqualTo(ErrorKind.HANDSHAKE_TIMEOUT);
            assertThat(failure).hasMessageContaining("UDP port");
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "4, 0", "4, 3"})
    void aTakenLocalUdpPortIsNamed(int streams, int taken) throws Exception {
        int port = Ports.freeUdp(streams, "127.0.0.1");
        try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress("127.0.0.1", port + 256 + taken));
                ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
                    client.send(new byte[] {(byte) (port >>> 8), (byte) port});
                    client.expectEnd();
                }))) {
            assertThat(stranger.isBound()).isTrue();
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).protocol(Protocol.UDP).connectionCount(streams));
            assertThat(failure.kind()).isEqualTo(ErrorKind.UDP_PORT_TAKEN);
            assertThat(failure)
                    .hasMessageContaining("UDP port " + (port + 256 + taken) + " of 127.0.0.1")
                    .hasMessageContaining(port + " + " + (256 + taken))
                    .hasMessageContaining("allocate-udp-ports-from");
        }
    }

    @Test
    void aServersPortThatLeavesNoRoomForTheStreamsIsNamed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send("fe fd");
            client.expectEnd();
        }))) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).protocol(Protocol.UDP).connectionCount(4));
            assertThat(failure.kind()).isEqualTo(ErrorKind.UDP_PORT_TAKEN);
            assertThat(failure)
                    .hasMessageContaining("UDP port 65277")
                    .hasMessageContaining("65533 to 65536")
                    .hasMessageContaining("fewer connections");
        }
    }

    @Test
    void whereNobodyListensTheUserIsToldWhatToCheck() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = closed.getLocalPort();
        }
        BtestException failure = Loopback.failure(Loopback.client(port));
        assertThat(failure.kind()).isEqualTo(ErrorKind.CONNECT_REFUSED);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("bandwidth server is enabled");
    }

    @Test
    void anUnknownHostIsNamed() {
        BtestException failure = Loopback.failure(Loopback.client(2000).server("no-such-host.invalid"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("\"no-such-host.invalid\"");
    }

    /** A listener whose queue is full leaves a connect without an answer, as a firewall does. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems refuse a connection where the queue is full")
    void aConnectWithoutAnAnswerEndsInTime() throws Exception {
        try (FullListener full = new FullListener()) {
            BtestException failure =
                    Loopback.failure(Loopback.client(full.port()).connectTimeout(SOON));
            assertThat(failure.kind()).isEqualTo(ErrorKind.CONNECT_TIMEOUT);
            assertThat(failure).hasMessageContaining("200 ms").hasMessageContaining("firewalls");
        }
    }
}
