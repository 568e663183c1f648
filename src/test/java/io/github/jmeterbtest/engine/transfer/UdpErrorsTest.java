package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.platform.LocalNetworkException;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Pacer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.AlreadyConnectedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system says of datagrams, and what must not end a test. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(20)
class UdpErrorsTest {
    private static IOException tooLong() {
        return new IOException("Message too long");
    }

    /**
     * What Linux says of an earlier datagram: too long, no such port, prohibited by a firewall in one way or another.
     */
    static Stream<IOException> ofAnEarlierDatagram() {
        return Stream.concat(
                Stream.of(tooLong(), new PortUnreachableException()),
                Stream.of("No route to host", "Network is unreachable", "Protocol not available", "Permission denied")
                        .map(IOException::new));
    }

    /** A full queue, in two languages, and a datagram that is too long; only some pass. */
    static Stream<IOException> ofThisSystem() {
        return Stream.of(
                tooLong(),
                new SocketException("No buffer space available"),
                new SocketException("Es steht kein Pufferspeicher zur Verfügung"));
    }

    private final UdpPeer peer = new UdpPeer(new InetSocketAddress("127.0.0.1", 9), 1);

    private UdpSender sender(ScriptedDatagrams socket) {
        return new UdpSender(
                NanoClock.SYSTEM,
                List.of(new UdpStream(new UdpOutlet(socket, 1472), peer, 0)),
                1500,
                28,
                false,
                true,
                packets -> {});
    }

    private static void send(UdpSender sender, int packets) throws IOException {
        sender.run(new Pacer(Pacer.UNLIMITED, 1500), () -> sender.packets.get() >= packets, false);
    }

    @ParameterizedTest
    @MethodSource("ofAnEarlierDatagram")
    void aPacketRefusedOnTheWayIsSentAgain(IOException told) throws IOException {
        ScriptedDatagrams socket = new ScriptedDatagrams() {
            private int calls;

            @Override
            public int write(ByteBuffer datagram) throws IOException {
                if (++calls == 2) {
                    throw told;
                }
                return super.write(datagram);
            }
        };
        socket.connected = true;
        send(sender(socket), 3);
        assertThat(socket.written).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @MethodSource("ofThisSystem")
    void aPacketThatThisSystemNeverTakesEndsTheTest(IOException told) {
        ScriptedDatagrams socket = new ScriptedDatagrams() {
            @Override
            public int send(ByteBuffer datagram, SocketAddress target) throws IOException {
                throw told;
            }
        };
        assertThatThrownBy(() -> send(sender(socket), 1))
                .isInstanceOf(LocalNetworkException.class)
                .hasMessageContaining(told.getMessage());
    }

    @ParameterizedTest
    @MethodSource("ofThisSystem")
    void oneThatItTakesABitLaterDoesNot(IOException told) throws IOException {
        ScriptedDatagrams socket = new ScriptedDatagrams() {
            private int calls;

            @Override
            public int send(ByteBuffer datagram, SocketAddress target) throws IOException {
                if (++calls <= 5) {
                    throw told;
                }
                return super.send(datagram, target);
            }
        };
        send(sender(socket), 2);
        assertThat(socket.sent).containsExactly(0, 1);
    }

    @ParameterizedTest
    @MethodSource("ofAnEarlierDatagram")
    void aReceiverIsNotEndedByWhatIsSaidOfTheSendersPackets(IOException told) {
        ScriptedDatagrams socket = new ScriptedDatagrams() {
            private int calls;

            @Override
            public int read(ByteBuffer buffer) throws IOException {
                return switch (++calls) {
                    case 1 -> throw told;
                    case 2 -> {
                        buffer.putInt(7);
                        yield 4;
                    }
                    default -> throw new ClosedChannelException();
                };
            }
        };
        socket.connected = true;
        UdpReceiver receiver = new UdpReceiver(
                NanoClock.SYSTEM, List.of(new UdpSocket(socket, peer)), 28, new ArrivalGap(null), false, packets -> {});
        assertThatThrownBy(() -> receiver.run(false)).isInstanceOf(ClosedChannelException.class);
        assertThat(receiver.packets.get()).isEqualTo(1);
    }

    @Test
    void aSocketThatCanBeConnectedIsOnceThePeerReceives() throws IOException {
        ScriptedDatagrams socket = new ScriptedDatagrams();
        UdpSender sender = sender(socket);
        send(sender, 2);
        assertThat(socket.isConnected()).isFalse();
        sender.arrives();
        send(sender, 4);
        assertThat(socket.sent).hasSize(2);
        assertThat(socket.written).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSocketThatCannotBeConnectedSendsAllTheSame(boolean connectedInSpite) throws IOException {
        ScriptedDatagrams socket = new ScriptedDatagrams() {
            @Override
            public DatagramChannel connect(SocketAddress remote) throws IOException {
                if (connected) {
                    throw new AlreadyConnectedException();
                }
                connected = connectedInSpite;
                throw new IOException("no");
            }
        };
        UdpSender sender = sender(socket);
        sender.arrives();
        send(sender, 3);
        assertThat(connectedInSpite ? socket.written : socket.sent).containsExactly(0, 1, 2);
    }
}
