package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.auth.EcSrp5Client;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our server with clients that do not get as far as a test, or only just. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedClientHandshakeTest {

    private static final String RECEIVE = "01 02 01 00 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final Credentials TEST = new Credentials("admin", "test");
    private static final Credentials WRONG = new Credentials("admin", "wrong");
    private static final Credentials NOBODY = new Credentials("nobody", "test");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02 02 01 00 00 80 00 00 00 00 00 00 00 00 00 00",
                "01 00 01 00 00 80 00 00 00 00 00 00 00 00 00 00",
                "01 04 01 00 00 80 00 00 00 00 00 00 00 00 00 00",
                "00 02 01 00 00 00 00 00 00 00 00 00 00 00 00 00",
                "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a"
            })
    void aGarbageCommandEndsTheConnectionAndNothingElse(String command) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            try (Peer client = Peer.clientOf(server)) {
                client.send(command);
                client.expectEnd();
            }
            assertServes(server);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15})
    void aClientThatGoesInMidCommandLeavesNothingBehind(int sent) throws Exception {
        try (BandwidthServer server =
                BandwidthServer.start(Loopback.server().maxSessions(1).build())) {
            try (Peer client = Peer.clientOf(server)) {
                client.send(RECEIVE.substring(0, 3 * sent));
                client.socket().shutdownOutput();
                client.expectEnd();
            }
            assertServes(server);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void aClientThatStopsInMidCommandIsNotWaitedForLongerThanAllowed(int sent) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .handshakeTimeout(Duration.ofMillis(200))
                        .build());
                Peer client = Peer.clientOf(server)) {
            client.send(RECEIVE.substring(0, 3 * sent));
            client.expectEnd();
        }
    }

    /** The deadline is for the whole, so that a client cannot put it off by a byte now and then. */
    @Test
    void aSlowClientHitsTheDeadlineAlthoughItNeverStops() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .authentication(Authentication.MD5)
                        .credentials(TEST)
                        .handshakeTimeout(Duration.ofSeconds(1))
                        .build());
                Peer client = Peer.clientOf(server)) {
            client.send(RECEIVE);
            client.expect("02 00 00 00");
            client.read(16);
            // with this the login would take longer than the deadline, and would succeed
            client.socket().setSoTimeout(30);
            int sent = 0;
            boolean ended = false;
            while (!ended && sent < 48) {
                client.send("55");
                sent++;
                try {
                    client.expectNothingMore();
                    ended = true;
                } catch (SocketTimeoutException e) {
                    // still waited for
                }
            }
            assertThat(ended).isTrue();
            assertThat(sent).isLessThan(48);
        }
    }

    @Test
    void aDribblingClientIsServed() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .authentication(Authentication.MD5)
                        .credentials(TEST)
                        .build());
                Peer client = new Peer(Peer.silentClientOf(server, "127.0.0.1").socket(), true)) {
            client.expect(Peer.HELLO);
            client.send(RECEIVE);
            client.expect("02 00 00 00");
            client.send(Md5Login.respond(TEST, client.read(16)));
            client.expect(Peer.OK);
            assertThat(client.read(1000)).containsOnly(0);
        }
    }

    /** What was sent beforehand must still be read, else a reset would destroy the answer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongMd5ProofGetsARefusalAndThenTheEnd(boolean knownUser) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(Authentication.MD5)
                .credentials(TEST)
                .build())) {
            for (int i = 0; i < 5; i++) {
                try (Peer client = Peer.clientOf(server)) {
                    client.send(RECEIVE);
                    client.expect("02 00 00 00");
                    client.send(Md5Login.respond(knownUser ? WRONG : NOBODY, client.read(16)));
                    client.expect(Peer.REFUSED);
                    client.expectEnd();
                }
            }
            assertThat(server.awaitSession(Duration.ZERO, any -> true)).isEmpty();
        }
    }

    @Test
    void noTwoMd5ChallengesAreAlike() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(Authentication.MD5)
                .credentials(TEST)
                .build())) {
            Set<String> challenges = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                try (Peer client = Peer.clientOf(server)) {
                    client.send(RECEIVE);
                    client.expect("02 00 00 00");
                    challenges.add(client.readHex(16));
                }
            }
            assertThat(challenges).hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWrongEcSrp5ProofGetsNothingButTheEnd(boolean knownUser) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .authentication(Authentication.EC_SRP5)
                        .credentials(TEST)
                        .build());
                Peer client = Peer.clientOf(server)) {
            EcSrp5Client login = new EcSrp5Client(knownUser ? WRONG : NOBODY, new SecureRandom());
            client.send(RECEIVE);
            client.expect("03 00 00 00");
            client.send(login.start());
            assertThat(client.read(1)[0]).isEqualTo((byte) 49);
            client.send(login.proof(client.read(49)));
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00",
                "05 61 64 6d 69 6e",
                "27 61 64 6d 69 6e 00 ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00"
            })
    void aGarbageEcSrp5MessageGetsNothingButTheEnd(String message1) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                        .authentication(Authentication.EC_SRP5)
                        .credentials(TEST)
                        .build());
                Peer client = Peer.clientOf(server)) {
            client.send(RECEIVE);
            client.expect("03 00 00 00");
            client.send(message1);
            client.expectEnd();
        }
    }

    /** Ten aborted starts: the salt is the last 16 bytes of message 2. */
    @ParameterizedTest
    @ValueSource(strings = {"admin", "nobody"})
    void abortedEcSrp5StartsLearnOneSaltOnly(String user) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(Authentication.EC_SRP5)
                .credentials(TEST)
                .build())) {
            Set<String> salts = new HashSet<>();
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                try (Peer client = Peer.clientOf(server)) {
                    client.send(RECEIVE);
                    client.expect("03 00 00 00");
                    client.send(new EcSrp5Client(new Credentials(user, "any"), new SecureRandom()).start());
                    client.expect("31");
                    keys.add(client.readHex(33));
                    salts.add(client.readHex(16));
                }
            }
            assertThat(salts).hasSize(1);
            assertThat(keys).hasSize(10);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MD5", "EC_SRP5"})
    void aSessionIsFreeAgainAfterALoginThatFailed(Authentication login) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(login)
                .credentials(TEST)
                .maxSessions(1)
                .build())) {
            for (int i = 0; i < 3; i++) {
                assertThat(awaitTurn(server, WRONG)).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
            }
            assertThat(awaitTurn(server, TEST)).isNull();
        }
    }

    /** The client sees the end a moment before the server has cleared away. */
    private static ErrorKind awaitTurn(BandwidthServer server, Credentials credentials) {
        while (true) {
            try {
                Loopback.runUntilData(Loopback.client(server).credentials(credentials));
                return null;
            } catch (BtestException e) {
                if (e.kind() != ErrorKind.REFUSED) {
                    return e.kind();
                }
            }
        }
    }

    private static void assertServes(BandwidthServer server) throws Exception {
        Loopback.runUntilData(Loopback.client(server));
    }
}
