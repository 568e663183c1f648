package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.OpeningMessage;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The DSCP is on every socket of both ends. */
@Timeout(20)
class MarkedSocketsTest {
    private static final int DSCP = 46;
    private static final int TOS = DSCP << 2;

    private static void assertMarked(NetworkChannel channel) throws IOException {
        assertThat(channel.getOption(StandardSocketOptions.IP_TOS)).isEqualTo(TOS);
    }

    private static ServerSocketChannel listener(String host) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        return listener.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
    }

    private static InetSocketAddress address(ServerSocketChannel listener) throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void allConnectionsOfAClientAre(String host) throws Exception {
        List<Closeable> opened = new ArrayList<>();
        try (ServerSocketChannel listener = listener(host)) {
            InetSocketAddress server = address(listener);
            ClientOptions options = ClientOptions.builder()
                    .server(host)
                    .port(server.getPort())
                    .dscp(DSCP)
                    .build();
            ClientConnection connection =
                    new ClientConnection(NanoClock.SYSTEM, options, HostNames.SYSTEM, opened::add);
            List<SocketChannel> channels = new ArrayList<>(List.of(connection.connect()));
            channels.addAll(connection.connectAll(
                    server,
                    3,
                    NanoClock.SYSTEM.nanoTime() + Duration.ofSeconds(5).toNanos()));
            assertThat(channels).hasSize(4);
            for (SocketChannel channel : channels) {
                assertMarked(channel);
            }
        } finally {
            for (Closeable each : opened) {
                each.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aConnectionThatAServerAcceptsIs(String host) throws Exception {
        CompletableFuture<SocketChannel> accepted = new CompletableFuture<>();
        ServerSocketChannel listener = listener(host);
        Acceptor acceptor = new Acceptor(listener, new First(accepted), NanoClock.SYSTEM, Duration.ofSeconds(10), DSCP);
        acceptor.start();
        try (SocketChannel client = SocketChannel.open(address(listener))) {
            Command command = new Command(Protocol.TCP, Direction.RECEIVE, false, 0, Command.TCP_TX_SIZE, 0, 0, 0);
            client.write(ByteBuffer.wrap(command.encode()));
            try (SocketChannel channel = accepted.get(10, TimeUnit.SECONDS)) {
                assertMarked(channel);
            }
        } finally {
            acceptor.close();
            acceptor.thread().join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aUdpSocketOfAServerIs(String host) throws Exception {
        UdpPorts ports = new UdpPorts(Ports.ofServer(), Ports.OF_A_SERVER, DSCP);
        try (DatagramChannel channel = ports.open(InetAddress.getByName(host), 1)) {
            assertMarked(channel);
        }
    }

    /** Takes the first connection. */
    private record First(CompletableFuture<SocketChannel> accepted) implements Acceptor.Handler {
        @Override
        public void opened(Opening opening, OpeningMessage message) {
            accepted.complete(opening.channel());
        }

        @Override
        public boolean makeRoom(Source newcomer) {
            return false;
        }

        @Override
        public void refused(Opening opening, Refusal.Cause cause, String reason) {
            accepted.completeExceptionally(new IOException(reason));
        }
    }
}
