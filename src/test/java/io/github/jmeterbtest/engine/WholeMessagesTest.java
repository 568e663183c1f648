package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.auth.EcSrp5Client;
import io.github.jmeterbtest.auth.Md5Login;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Some clients, such as OpenWrt's mikrotik-btest, take a message by a single read. What leaves in one write arrives by
 * one; two writes may or may not, hence the repetitions.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class WholeMessagesTest {
    private static final Credentials TEST = new Credentials("admin", "test");
    private static final String TCP_RECEIVE = "01 02 01 00 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final String UDP_TRANSMIT = "00 01 01 00 dc 05 00 00 00 00 00 00 00 00 00 00";

    private static BandwidthServer server(Authentication login) throws BtestException {
        return BandwidthServer.start(
                Loopback.server().authentication(login).credentials(TEST).build());
    }

    @RepeatedTest(10)
    void theMd5RequestComesWithItsChallenge() throws Exception {
        try (BandwidthServer server = server(Authentication.MD5);
                Peer client = Peer.clientOf(server)) {
            client.send(TCP_RECEIVE);
            byte[] request = client.readOnce();
            assertThat(request).hasSize(20).startsWith(2, 0, 0, 0);
            client.send(Md5Login.respond(TEST, Arrays.copyOfRange(request, 4, 20)));
            client.expect(Peer.OK);
        }
    }

    @RepeatedTest(10)
    void theOkComesWithTheUdpPort() throws Exception {
        try (BandwidthServer server = server(Authentication.NONE);
                Peer client = Peer.clientOf(server)) {
            client.send(UDP_TRANSMIT);
            assertThat(client.readOnce()).hasSize(6).startsWith(1, 0, 0, 0);
        }
    }

    @RepeatedTest(10)
    void theLastFrameOfEcSrp5ComesWithTheOkAndThePort() throws Exception {
        try (BandwidthServer server = server(Authentication.EC_SRP5);
                Peer client = Peer.clientOf(server)) {
            client.send(UDP_TRANSMIT);
            client.expect("03 00 00 00");
            EcSrp5Client login = new EcSrp5Client(TEST, new SecureRandom());
            client.send(login.start());
            byte[] challenge = client.readOnce();
            assertThat(challenge).hasSize(1 + 49);
            client.send(login.proof(Arrays.copyOfRange(challenge, 1, 50)));
            byte[] end = client.readOnce();
            assertThat(end).hasSize(1 + 32 + 4 + 2);
            login.verify(Arrays.copyOfRange(end, 1, 33));
            assertThat(Arrays.copyOfRange(end, 33, 37)).isEqualTo(new byte[] {1, 0, 0, 0});
        }
    }
}
