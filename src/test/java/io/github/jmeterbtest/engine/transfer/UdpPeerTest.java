package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UdpPeerTest {

    private UdpPeer peer = new UdpPeer(at(2257), 3);

    @Test
    void theStreamsGoToThePrescribedPorts() {
        assertAddresses(2257, 2258, 2259);
    }

    @Test
    void whatComesFromThePrescribedPortsChangesNothing() {
        assertThat(hear(2259, 2257, 2258)).containsOnly(true);
        assertAddresses(2257, 2258, 2259);
        assertThat(peer.awaitsOthers()).isFalse();
    }

    @Test
    void behindANatTheStreamsGoToTheFirstPortsThatAreHeard() {
        assertThat(hear(40_001)).containsOnly(true);
        assertAddresses(40_001, 2258, 2259);
        assertThat(peer.awaitsOthers()).isTrue();
        assertThat(hear(40_009, 40_001, 2)).containsOnly(true);
        assertAddresses(40_001, 40_009, 2);
        assertThat(peer.awaitsOthers()).isFalse();
        assertThat(hear(40_010, 40_009)).containsExactly(false, true);
        assertAddresses(40_001, 40_009, 2);
    }

    @Test
    void aPrescribedPortTakesTheStreamsBackForGood() {
        hear(40_001, 40_002);
        assertThat(hear(2258)).containsOnly(true);
        assertAddresses(2257, 2258, 2259);
        assertThat(hear(40_001, 2256, 2260)).containsOnly(false);
        assertAddresses(2257, 2258, 2259);
        assertThat(peer.awaitsOthers()).isFalse();
    }

    @Test
    void otherHostsAreStrangers() {
        assertThat(peer.acceptsFrom(new InetSocketAddress("127.0.0.9", 2257))).isFalse();
        assertAddresses(2257, 2258, 2259);
    }

    /** Another user of the client's host may be first. */
    @Test
    void aServersStreamsStayWhereTheProtocolSendsThem() {
        peer = UdpPeer.client(at(2257), 3);
        assertThat(hear(40_001)).containsOnly(true);
        assertAddresses(2257, 2258, 2259);
        assertThat(peer.awaitsOthers()).isFalse();
        peer.arrives();
        peer.nothingArrives();
        peer.saysNothing();
        assertAddresses(2257, 2258, 2259);
    }

    @Test
    void aClientThatGetsNothingThereIsBehindANat() {
        peer = UdpPeer.client(at(2257), 3);
        hear(40_001);
        peer.nothingArrives();
        assertAddresses(40_001, 2258, 2259);
        hear(40_002);
        assertAddresses(40_001, 40_002, 2259);
        peer.arrives();
        peer.nothingArrives();
        assertAddresses(40_001, 40_002, 2259);
    }

    /** So is one from which nothing had come when it said so. */
    @Test
    void theFirstPortThatIsHeardLaterCountsToo() {
        peer = UdpPeer.client(at(2257), 3);
        peer.nothingArrives();
        peer.nothingArrives();
        assertAddresses(2257, 2258, 2259);
        hear(40_001);
        assertAddresses(40_001, 2258, 2259);
    }

    /** A link that was down for the first second is no NAT. */
    @Test
    void wherePortsThatWereHeardGetNothingEitherThePrescribedOnesHaveTheirTurnAgain() {
        peer = UdpPeer.client(at(2257), 3);
        hear(40_001);
        peer.nothingArrives();
        peer.nothingArrives();
        assertAddresses(2257, 2258, 2259);
        peer.nothingArrives();
        assertAddresses(40_001, 2258, 2259);
    }

    @Test
    void ofAClientThatSaysNothingItsDatagramsTell() {
        peer = UdpPeer.client(at(2257), 3);
        hear(40_001);
        peer.saysNothing();
        peer.saysNothing();
        assertAddresses(40_001, 2258, 2259);
        hear(2258);
        assertAddresses(2257, 2258, 2259);
    }

    private List<Boolean> hear(int... ports) {
        return IntStream.of(ports).mapToObj(port -> peer.acceptsFrom(at(port))).toList();
    }

    private void assertAddresses(int... ports) {
        assertThat(IntStream.range(0, 3).mapToObj(peer::address))
                .containsExactly(IntStream.of(ports).mapToObj(UdpPeerTest::at).toArray(InetSocketAddress[]::new));
    }

    private static InetSocketAddress at(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }
}
