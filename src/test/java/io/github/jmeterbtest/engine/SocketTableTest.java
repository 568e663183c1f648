package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTableTest {

    @TempDir
    private Path folder;

    /** {@return what the system says now, which no earlier question has kept} */
    private static long unacknowledged(SocketChannel channel) throws Exception {
        SocketTable table = new SocketTable(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
        return table.unacknowledged((InetSocketAddress) channel.getLocalAddress(),
                (InetSocketAddress) channel.getRemoteAddress()).orElseThrow();
    }

    /** An IPv4 client of a listener on :: stands in the other table, with a mapped address. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc/net")
    void bytesThatThePeerHasNotTakenAreUnacknowledged(String bind) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(bind, 0));
                SocketChannel client = SocketChannel.open(new InetSocketAddress(
                        bind.startsWith("::1") ? "::1" : "127.0.0.1", listener.socket().getLocalPort()));
                SocketChannel server = listener.accept()) {
            assertThat(unacknowledged(server)).isZero();
            server.configureBlocking(false);
            ByteBuffer data = ByteBuffer.allocate(1 << 20);
            while (server.write(data) > 0) {
                data.clear();
            }
            assertThat(unacknowledged(server)).isPositive();
        }
    }

    @Test
    void aRowIsFoundByBothAddresses() throws Exception {
        Path table = Files.writeString(folder.resolve("tcp"), """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:07D0 0100007F:C350 01 00000018:00000000 01:00000000 00000000     0        0 1 1 0 20 4 30 10 -1
               1: 0100007F:07D0 0200007F:C350 01 00000000:00000000 01:00000000 00000000     0        0 1 1 0 20 4 30 10 -1
               2: broken
            """);
        InetSocketAddress local = new InetSocketAddress("127.0.0.1", 2000);
        SocketTable sockets = new SocketTable(table, folder.resolve("none"));
        assertThat(sockets.unacknowledged(local, new InetSocketAddress("127.0.0.1", 50_000))).hasValue(24L);
        assertThat(sockets.unacknowledged(local, new InetSocketAddress("127.0.0.2", 50_000))).hasValue(0L);
        assertThat(sockets.unacknowledged(local, new InetSocketAddress("127.0.0.3", 50_000))).isEmpty();
        assertThat(sockets.unacknowledged(local, new InetSocketAddress(InetAddress.getByName("::1"), 50_000))).isEmpty();
    }
}
