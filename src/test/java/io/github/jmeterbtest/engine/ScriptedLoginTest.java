package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.auth.EcSrp5Server;
import io.github.jmeterbtest.auth.EcSrp5Verifiers;
import io.github.jmeterbtest.engine.platform.ManualClock;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Hex;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against servers that ask for a login. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedLoginTest {

    private static final String MD5 = "02 00 00 00";
    private static final String EC_SRP5 = "03 00 00 00";
    private static final String CHALLENGE = "ad 32 d6 f9 4d 28 16 16 25 f2 f3 90 bb 89 56 37";
    private static final Credentials TEST = new Credentials("admin", "test");

    private static final ScriptedServer.Script ASKS_MD5 = client -> {
        client.send(Peer.HELLO);
        client.read(16);
        client.send(MD5 + CHALLENGE);
        client.read(48);
    };

    @Test
    void theAnswerToAnMd5ChallengeIsTheCapturedOne() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(MD5 + CHALLENGE);
            client.expect("3c 96 85 65 bc 03 14 f2 81 a6 da 15 71 cf 72 55" + "61 64 6d 69 6e" + "00".repeat(27));
            client.send(Peer.OK);
            client.send(new byte[1000]);
            client.drain();
        })) {
            TestReport report = Loopback.run(Loopback.client(server.port()).credentials(TEST));
            assertThat(report.authentication()).isEqualTo(Authentication.MD5);
            assertThat(report.user()).isEqualTo("admin");
            assertThat(report.rxBytes()).isEqualTo(1000);
        }
    }

    /** Servers say no by a refusal or by closing. */
    @ParameterizedTest
    @ValueSource(strings = {Peer.REFUSED, "", "01 00"})
    void aRefusalAfterMd5IsAWrongUserOrPassword(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            ASKS_MD5.play(client);
            client.send(answer);
        })) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).credentials(TEST));
            assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
            assertThat(failure)
                    .hasMessageContaining("md5")
                    .hasMessageContaining("\"admin\"")
                    .hasMessageContaining("check user and password");
        }
    }

    @Test
    void nonsenseAfterMd5IsNamed() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            ASKS_MD5.play(client);
            client.send("09 00 00 00");
            client.expectNothingMore();
        })) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).credentials(TEST));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(failure).hasMessageContaining("byte 0 is 09");
        }
    }

    /** One server does so. It must be taken neither for a status, nor for a port. */
    @ParameterizedTest
    @EnumSource
    void aSecondOkAfterMd5IsOverheardInATcpTest(Direction direction) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            ASKS_MD5.play(client);
            client.send(Peer.OK);
            client.send(Peer.OK);
            if (direction.clientReceives()) {
                client.send(new byte[1000]);
            }
            if (direction.clientTransmits()) {
                client.send("07 a1 00 00 01 00 00 00 39 30 00 00");
            }
            client.drain();
        })) {
            TestReport report = Loopback.run(Loopback.client(server.port())
                    .direction(direction)
                    .localTxSpeed(1_000_000)
                    .credentials(TEST));
            long statuses = direction == Direction.BOTH ? 12 : 0;
            assertThat(report.rxBytes()).isEqualTo(direction.clientReceives() ? 1000 + statuses : 0);
            assertThat(report.txBytes() > 0).isEqualTo(direction.clientTransmits());
            assertThat(report.intervals())
                    .extracting(IntervalReport::remoteCpu)
                    .contains(direction.clientTransmits() ? 33 : IntervalReport.UNKNOWN);
        }
    }

    @Test
    void aSecondOkAfterMd5IsOverheardInAUdpTest() throws Exception {
        int port = Ports.freeUdp(1, "127.0.0.1");
        try (ScriptedServer server = new ScriptedServer(client -> {
            ASKS_MD5.play(client);
            client.send(Peer.OK);
            client.send(Peer.OK);
            client.send(new byte[] {(byte) (port >>> 8), (byte) port});
            client.drain();
        })) {
            TestReport report = Loopback.run(Loopback.client(server.port())
                    .protocol(Protocol.UDP)
                    .direction(Direction.TRANSMIT)
                    .localTxSpeed(1_000_000)
                    .credentials(TEST));
            assertThat(report.remoteUdpPort()).isEqualTo(port);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EC_SRP5, 02 00 00 00, md5",
        "NONE, 02 00 00 00, md5",
        "MD5, 03 00 00 00, ec-srp5",
        "MD5, 01 00 00 00, none",
        "EC_SRP5, 01 00 00 00, none"
    })
    void aServerThatAsksForAnotherLoginThanThePinnedOneHearsNothingMore(
            Authentication pinned, String answer, String asked) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(answer.equals(MD5) ? MD5 + CHALLENGE : answer);
            client.expectNothingMore();
        })) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).credentials(TEST).authentication(pinned));
            assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_NOT_OFFERED);
            assertThat(failure).hasMessageContaining("set to " + pinned).hasMessageContaining("asks for " + asked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {MD5 + CHALLENGE, EC_SRP5})
    void withoutAUserNothingIsSentToAServerThatAsksForALogin(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(answer);
            client.expectNothingMore();
        })) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).credentials(new Credentials("", "s3cr3t")));
            assertThat(failure.kind()).isEqualTo(ErrorKind.CREDENTIALS_MISSING);
            assertThat(failure).hasMessageContaining("enter user and password").hasMessageNotContaining("s3cr3t");
        }
    }

    /** Not on the curve; another length; nothing at all. */
    @ParameterizedTest
    @ValueSource(ints = {49, 48, 4, 0})
    void noProofIsSentForAGarbageMessage2(int length) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(EC_SRP5);
            assertThat(client.readHex(1 + 5 + 1 + 33)).startsWith("27 61 64 6d 69 6e 00");
            client.send(Hex.text((byte) length) + "ff".repeat(length));
            client.expectNothingMore();
        })) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).credentials(TEST));
            assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
            assertThat(failure).hasMessageContaining("ec-srp5").hasMessageContaining("the server's EC-SRP5");
        }
    }

    /** Closing; refusing; a wrong length; a wrong proof; half a frame. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                Peer.REFUSED,
                "05 01 02 03 04 05",
                "20 0000000000000000000000000000000000000000000000000000000000000000",
                "20 01 02 03"
            })
    void whateverIsNotTheRightMessage4IsAWrongUserOrPassword(String message4) throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            ecSrp5UpToMessage3(client, TEST);
            client.send(message4);
        })) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).credentials(TEST));
            assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
            assertThat(failure).hasMessageContaining("ec-srp5").hasMessageContaining("check user and password");
        }
    }

    /** The server's proof says that the password was right. */
    @Test
    void aRefusalAfterMessage4IsNoWrongPassword() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            EcSrp5Server login = ecSrp5UpToMessage2(client, TEST);
            client.send(Hex.text(login.verify(frame(client))) + Peer.REFUSED);
        })) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).credentials(TEST));
            assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED);
            assertThat(failure).hasMessageContaining("accepted user and password");
        }
    }

    /** Nor is an end before the answer was sent. */
    @Test
    void anEndInTheChallengeIsNoWrongPassword() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(MD5 + "ad 32");
        })) {
            assertThat(Loopback.failure(Loopback.client(server.port()).credentials(TEST))
                            .kind())
                    .isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, AUTHENTICATION_FAILED", "4, HANDSHAKE_TIMEOUT"})
    void aServerThatClosesLateHasNotJudged(int secondsLater, ErrorKind kind) throws Exception {
        ManualClock clock = new ManualClock();
        try (ScriptedServer server = new ScriptedServer(client -> {
                    client.send(MD5 + CHALLENGE);
                    client.read(48);
                    clock.advance(Duration.ofSeconds(secondsLater));
                });
                SocketChannel control = SocketChannel.open(new InetSocketAddress("127.0.0.1", server.port()))) {
            ClientLogin login = new ClientLogin(
                    Loopback.client(server.port()).credentials(TEST).build(),
                    new HandshakeChannel(clock, control, Duration.ofSeconds(10)),
                    clock);
            assertThat(Loopback.failure(login::run).kind()).isEqualTo(kind);
        }
    }

    @Test
    void message4TheOkAndThePortMayComeInOneSegmentOrByteByByte() throws Exception {
        int port = Ports.freeUdp(1, "127.0.0.1");
        ScriptedServer.Script login = client -> {
            EcSrp5Server server = ecSrp5UpToMessage2(client, TEST);
            byte[] message4 = server.verify(frame(client));
            client.send(Hex.text(message4) + Peer.OK + String.format("%04x", port));
            client.drain();
        };
        for (boolean dribbles : new boolean[] {false, true}) {
            try (ScriptedServer server = dribbles ? ScriptedServer.dribbling(login) : new ScriptedServer(login)) {
                TestReport report = Loopback.run(Loopback.client(server.port())
                        .protocol(Protocol.UDP)
                        .direction(Direction.TRANSMIT)
                        .localTxSpeed(1_000_000)
                        .credentials(TEST));
                assertThat(report.authentication()).isEqualTo(Authentication.EC_SRP5);
                assertThat(report.remoteUdpPort()).isEqualTo(port);
            }
        }
    }

    @Test
    void everythingMayComeByteByByte() throws Exception {
        try (ScriptedServer server = ScriptedServer.dribbling(client -> {
            ASKS_MD5.play(client);
            client.send(Peer.OK);
            client.send("07 a1 00 00 01 00 00 00 39 30 00 00");
            client.drain();
        })) {
            TestReport report = Loopback.run(Loopback.client(server.port())
                    .direction(Direction.TRANSMIT)
                    .localTxSpeed(1_000_000)
                    .credentials(TEST));
            assertThat(report.intervals()).extracting(IntervalReport::remoteCpu).contains(33);
        }
    }

    /** A server that asks for no login knows its answer beforehand. */
    @Test
    void helloTheOkAndTheFirstDataMayComeInOneSegment() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO + Peer.OK + "00".repeat(1000));
            client.drain();
        })) {
            assertThat(Loopback.run(Loopback.client(server.port())).rxBytes()).isEqualTo(1000);
        }
    }

    private static void ecSrp5UpToMessage3(Peer client, Credentials accepted) throws Exception {
        ecSrp5UpToMessage2(client, accepted);
        assertThat(frame(client)).hasSize(32);
    }

    private static EcSrp5Server ecSrp5UpToMessage2(Peer client, Credentials accepted) throws Exception {
        client.send(Peer.HELLO);
        client.read(16);
        client.send(EC_SRP5);
        SecureRandom random = new SecureRandom();
        EcSrp5Server login =
                new EcSrp5Server(new EcSrp5Verifiers(accepted, EcSrp5Verifiers.newSecret(random), false), random);
        client.send(login.challenge(frame(client)));
        return login;
    }

    private static byte[] frame(Peer client) throws Exception {
        return client.read(client.read(1)[0] & 0xFF);
    }
}
