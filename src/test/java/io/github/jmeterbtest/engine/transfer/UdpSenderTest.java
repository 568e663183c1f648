package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.engine.Ports;
import io.github.jmeterbtest.engine.platform.Pacer;
import io.github.jmeterbtest.engine.platform.SimulatedClock;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several streams of one sender. */
@Timeout(20)
class UdpSenderTest {

    private static final InetSocketAddress FIRST = new InetSocketAddress("127.0.0.1", 2257);

    private final SimulatedClock clock = new SimulatedClock();

    /** As on our server. */
    @Test
    void streamsOfOneSocketTakeTurnsEachWithItsOwnNumbersAndAddress() throws IOException {
        List<Integer> ports = new ArrayList<>();
        ScriptedDatagrams socket = new ScriptedDatagrams() {
            @Override
            public int send(ByteBuffer datagram, SocketAddress target) throws IOException {
                ports.add(((InetSocketAddress) target).getPort());
                return super.send(datagram, target);
            }
        };
        UdpSender sender = sender(new UdpSocket(socket, new UdpPeer(FIRST, 3)).streams(1472));
        sender.arrives();
        send(sender, 7);
        assertThat(ports).containsExactly(2257, 2258, 2259, 2257, 2258, 2259, 2257);
        assertThat(socket.sent).containsExactly(0, 0, 0, 1, 1, 1, 2);
        assertThat(socket.isConnected())
                .as("one socket cannot be connected to three")
                .isFalse();
    }

    /** Which costs less; only where the system lets them have the same port. */
    @Test
    void onceThePeerReceivesEachStreamHasAConnectedSocketOfTheSamePort() throws IOException {
        List<DatagramSocket> receivers = new ArrayList<>();
        int first = Ports.freeUdp(3, "127.0.0.1");
        InetSocketAddress port;
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            for (int i = 0; i < 3; i++) {
                receivers.add(new DatagramSocket(new InetSocketAddress("127.0.0.1", first + i)));
            }
            channel.bind(new InetSocketAddress("127.0.0.1", 0));
            port = (InetSocketAddress) channel.getLocalAddress();
            List<UdpStream> streams = new UdpSocket(channel, new UdpPeer(new InetSocketAddress("127.0.0.1", first), 3))
                    .streams(1472)
                    .toList();
            UdpSender sender = sender(streams.stream());
            List<Boolean> connected = new ArrayList<>();
            sender.run(
                    new Pacer(Pacer.UNLIMITED, 1500),
                    () -> {
                        if (sender.packets.get() == 3) {
                            sender.arrives();
                        }
                        connected.add(streams.get(2).isConnected());
                        return sender.packets.get() >= 9;
                    },
                    false);
            for (DatagramSocket receiver : receivers) {
                assertNumbers(receiver, port);
            }
            if (OS.LINUX.isCurrentOs()) {
                assertThat(connected).startsWith(false).endsWith(true);
            }
            assertThat(takes(port)).as("the port is for nobody else").isFalse();
        } finally {
            receivers.forEach(DatagramSocket::close);
        }
        assertThat(takes(port)).isTrue();
    }

    private static void assertNumbers(DatagramSocket receiver, InetSocketAddress source) throws IOException {
        receiver.setSoTimeout(10_000);
        for (int number = 0; number < 3; number++) {
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            receiver.receive(packet);
            assertThat(packet.getSocketAddress()).isEqualTo(source);
            assertThat(ByteBuffer.wrap(packet.getData()).getInt()).isEqualTo(number);
        }
    }

    private static boolean takes(InetSocketAddress address) throws IOException {
        try (DatagramChannel other = DatagramChannel.open(StandardProtocolFamily.INET)) {
            other.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            other.bind(address);
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    /** As on our client. */
    @Test
    void socketsTakeTurnsEachWithItsOwnNumbers() throws IOException {
        List<ScriptedDatagrams> sockets =
                Stream.generate(ScriptedDatagrams::new).limit(3).toList();
        sockets.forEach(socket -> socket.connected = true);
        send(sender(sockets.stream().flatMap(socket -> new UdpSocket(socket, new UdpPeer(FIRST, 1)).streams(1472))), 7);
        assertThat(sockets)
                .extracting(socket -> socket.written)
                .containsExactly(List.of(0, 1, 2), List.of(0, 1), List.of(0, 1));
    }

    /** A firewall that forbids one port, say. */
    @Test
    void aStreamThatCannotSendHoldsBackNoOther() throws IOException {
        ScriptedDatagrams good = new ScriptedDatagrams();
        ScriptedDatagrams bad = new ScriptedDatagrams() {
            @Override
            public int write(ByteBuffer datagram) throws IOException {
                if (good.written.isEmpty()) {
                    return super.write(datagram);
                }
                throw new IOException("Operation not permitted");
            }
        };
        good.connected = true;
        bad.connected = true;
        send(
                sender(Stream.of(bad, good)
                        .flatMap(socket -> new UdpSocket(socket, new UdpPeer(FIRST, 1)).streams(1472))),
                5);
        assertThat(good.written).containsExactly(0, 1, 2, 3);
        assertThat(bad.written).containsExactly(0);
    }

    /**
     * A RouterOS receiver that sees a number above 10,000 first counts no loss of that stream for the rest of the test.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 255})
    void noStreamBeginsWithAFlood(int streams) throws IOException {
        Pacer pacer = new Pacer(Pacer.UNLIMITED, 1500);
        UdpSender sender = sender(new UdpSocket(new ScriptedDatagrams(), new UdpPeer(FIRST, streams)).streams(1472));
        sender.run(pacer, () -> true, false);
        long begin = clock.nanoTime();
        long due = pacer.nanosUntilDue(begin);
        pacer.sent(1500 * streams);
        assertThat(pacer.nanosUntilDue(begin) - due).isCloseTo(10_000, within(1L));
    }

    private UdpSender sender(Stream<UdpStream> streams) {
        return new UdpSender(clock, streams.toList(), 1500, 28, false, true, packets -> {});
    }

    private static void send(UdpSender sender, int packets) throws IOException {
        sender.run(new Pacer(Pacer.UNLIMITED, 1500), () -> sender.packets.get() >= packets, false);
    }
}
