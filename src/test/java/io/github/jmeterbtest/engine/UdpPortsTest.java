package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class UdpPortsTest {

    private final InetAddress local = InetAddress.getLoopbackAddress();

    @Test
    void thePortsGoRoundSoThatNoneIsGivenOutAgainAtOnce() throws Exception {
        int from = Ports.freeUdp(3, "127.0.0.1");
        UdpPorts ports = new UdpPorts(from, 3, 0);
        int[] given = new int[5];
        for (int i = 0; i < given.length; i++) {
            given[i] = openAndClose(ports);
        }
        assertThat(given).containsExactly(from, from + 1, from + 2, from, from + 1);
    }

    @Test
    void aTakenPortIsLeftOut() throws Exception {
        int from = Ports.freeUdp(3, "127.0.0.1");
        UdpPorts ports = new UdpPorts(from, 3, 0);
        DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(local, from + 1));
        try (stranger;
                DatagramChannel first = ports.open(local, 1);
                DatagramChannel second = ports.open(local, 1)) {
            assertThat(port(first)).isEqualTo(from);
            assertThat(port(second)).isEqualTo(from + 2);
        }
    }

    @Test
    void whenAllAreTakenTheRangeIsNamedAndLaterTheyCanBeHadAgain() throws Exception {
        int from = Ports.freeUdp(2, "127.0.0.1");
        UdpPorts ports = new UdpPorts(from, 2, 0);
        try (DatagramChannel first = ports.open(local, 1);
                DatagramChannel second = ports.open(local, 1)) {
            assertThat(port(first)).isNotEqualTo(port(second));
            assertThatThrownBy(() -> ports.open(local, 1))
                    .isInstanceOf(BtestException.class)
                    .hasMessageContaining(from + " to " + (from + 1))
                    .hasMessageContaining("allocate-udp-ports-from")
                    .extracting(e -> ((BtestException) e).kind())
                    .isEqualTo(ErrorKind.UDP_PORT_TAKEN);
        }
        assertThat(openAndClose(ports)).isBetween(from, from + 1);
    }

    @Test
    void noPortIsGivenOutWhoseClientWouldHaveNone() throws Exception {
        UdpPorts ports = new UdpPorts(0xFFFF - 256, 100, 0);
        assertThat(openAndClose(ports)).isEqualTo(0xFFFF - 256);
        assertThat(openAndClose(ports)).isEqualTo(0xFFFF - 256);
        assertThatThrownBy(() -> ports.open(local, 2))
                .isInstanceOf(BtestException.class)
                .hasMessageContaining("UDP port 65279 leaves no room for 2 streams");
        UdpPorts more = new UdpPorts(0xFFFF - 256 - 254, 1000, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(openAndClose(more, 255)).isEqualTo(0xFFFF - 256 - 254);
        }
    }

    /** A client can run both sessions only if their ports on its host do not overlap. */
    @Test
    void afterASessionOfSeveralStreamsAsManyPortsAreLeftOut() throws Exception {
        int from = Ports.freeUdp(10, "127.0.0.1");
        UdpPorts ports = new UdpPorts(from, 10, 0);
        assertThat(openAndClose(ports, 4)).isEqualTo(from);
        assertThat(openAndClose(ports, 4)).isEqualTo(from + 4);
        assertThat(openAndClose(ports, 1)).isEqualTo(from + 8);
        assertThat(openAndClose(ports, 4)).isEqualTo(from + 9);
        assertThat(openAndClose(ports, 1)).isEqualTo(from + 3);
    }

    @Test
    void portsThatWereLeftOutAreGivenOutWhenNoOthersAreFree() throws Exception {
        int from = Ports.freeUdp(4, "127.0.0.1");
        UdpPorts ports = new UdpPorts(from, 4, 0);
        try (DatagramChannel one = ports.open(local, 2);
                DatagramChannel two = ports.open(local, 2);
                DatagramChannel three = ports.open(local, 2);
                DatagramChannel four = ports.open(local, 2)) {
            assertThat(List.of(port(one), port(two), port(three), port(four)))
                    .containsExactlyInAnyOrder(from, from + 1, from + 2, from + 3);
        }
    }

    @Test
    @NeedsLoopbackNetwork
    void thePortIsOnTheAddressAskedForAndNotConnected() throws Exception {
        UdpPorts ports = new UdpPorts(Ports.freeUdp(1, "127.0.0.3"), 1, 0);
        try (DatagramChannel channel = ports.open(InetAddress.getByName("127.0.0.3"), 1)) {
            assertThat(((InetSocketAddress) channel.getLocalAddress())
                            .getAddress()
                            .getHostAddress())
                    .isEqualTo("127.0.0.3");
            assertThat(channel.isConnected()).isFalse();
        }
    }

    private int openAndClose(UdpPorts ports) throws Exception {
        return openAndClose(ports, 1);
    }

    private int openAndClose(UdpPorts ports, int streams) throws Exception {
        try (DatagramChannel channel = ports.open(local, streams)) {
            return port(channel);
        }
    }

    private static int port(DatagramChannel channel) throws Exception {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }
}
