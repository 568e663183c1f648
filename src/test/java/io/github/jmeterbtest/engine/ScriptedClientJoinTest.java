package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Hex;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that want to join a test of our server, rightly or not. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedClientJoinTest {

    private static final String RECEIVE_3 = "01 02 01 03 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final String RECEIVE_2 = "01 02 01 02 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final String REST_OF_JOIN = "02 00 00 00 00 00 00 00 00 00 00 00 00 00";

    private BandwidthServer server;

    @BeforeEach
    void start() throws Exception {
        server = BandwidthServer.start(Loopback.server().bindAddress("0.0.0.0").build());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theDataBeginsWithTheLastConnectionThatJoins() throws Exception {
        try (Peer first = client()) {
            String token = token(first, RECEIVE_3);
            try (Peer second = client();
                    Peer third = client()) {
                second.send(token + REST_OF_JOIN);
                third.send(token + REST_OF_JOIN);
                for (Peer peer : new Peer[] {first, second, third}) {
                    assertThat(peer.read(50_000)).containsOnly(0);
                }
            }
        }
        assertThat(Loopback.session(server).follow(Loopback.NOBODY).connections())
                .isEqualTo(3);
    }

    @Test
    void aWrongTokenIsRefused() throws Exception {
        try (Peer first = client();
                Peer stranger = client()) {
            int token = Integer.parseInt(token(first, RECEIVE_2), 16);
            int wrong = token == 1 ? 2 : token - 1;
            stranger.send(String.format("%04x", wrong) + REST_OF_JOIN);
            stranger.expect(Peer.REFUSED);
            stranger.expectEnd();
        }
    }

    @Test
    @NeedsLoopbackNetwork
    void theRightTokenFromAnotherAddressIsRefused() throws Exception {
        try (Peer first = client();
                Peer stranger = Peer.clientOf(server, "127.0.0.2")) {
            String token = token(first, RECEIVE_2);
            stranger.send(token + REST_OF_JOIN);
            stranger.expect(Peer.REFUSED);
            stranger.expectEnd();
            try (Peer second = client()) {
                second.send(token + REST_OF_JOIN);
                assertThat(second.read(1000)).containsOnly(0);
            }
        }
    }

    @Test
    void theTokenIsWorthNothingOnceTheTestHasBegun() throws Exception {
        try (Peer first = client();
                Peer second = client();
                Peer late = client()) {
            String token = token(first, RECEIVE_2);
            second.send(token + REST_OF_JOIN);
            first.read(1000);
            late.send(token + REST_OF_JOIN);
            late.expect(Peer.REFUSED);
            late.expectEnd();
            first.read(1000);
        }
    }

    @Test
    void aZeroTokenIsGarbage() throws Exception {
        try (Peer first = client();
                Peer stranger = client()) {
            token(first, RECEIVE_2);
            stranger.send("00 00" + REST_OF_JOIN);
            stranger.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "01"})
    void oneConnectionNeedsNoToken(String count) throws Exception {
        try (Peer client = client()) {
            client.send("01 02 01" + count + "00 80 00 00 00 00 00 00 00 00 00 00");
            client.expect(Peer.OK);
            assertThat(client.read(1000)).containsOnly(0);
        }
    }

    @Test
    void noTwoTokensAreAlikeAndNoneFollowsFromTheLast() throws Exception {
        Set<Integer> differences = new HashSet<>();
        int last = 0;
        for (int i = 0; i < 10; i++) {
            try (Peer client = client()) {
                int token = Integer.parseInt(token(client, RECEIVE_2), 16);
                differences.add(token - last);
                last = token;
            }
        }
        assertThat(differences).hasSize(10).doesNotContain(0);
    }

    /** Takes its five seconds, and the only test that does. */
    @Test
    void aClientThatOpensNoFurtherConnectionsGetsItsTestWithWhatIsThere() throws Exception {
        try (Peer client = client()) {
            String token = token(client, RECEIVE_3);
            assertThat(client.read(1000)).containsOnly(0);
            assertThat(token).isNotEqualTo("0000");
        }
        TestReport report = Loopback.session(server).follow(Loopback.NOBODY);
        assertThat(report.connections()).isEqualTo(1);
        assertThat(report.command().connectionCount()).isEqualTo(3);
    }

    @Test
    void closingTheServerEndsTheWaitForConnections() throws Exception {
        try (Peer client = client();
                Peer joined = client()) {
            joined.send(token(client, RECEIVE_3) + REST_OF_JOIN);
            server.close();
            client.expectNothingMore();
            joined.expectNothingMore();
        }
    }

    private Peer client() throws Exception {
        return Peer.clientOf(server, "127.0.0.1");
    }

    private static String token(Peer client, String command) throws Exception {
        client.send(command);
        byte[] ok = client.read(4);
        assertThat(new byte[] {ok[0], ok[3]}).containsExactly(1, 0);
        String token = Hex.text(ok[1], ok[2]).replace(" ", "");
        assertThat(token).isNotEqualTo("0000");
        return token;
    }
}
