package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTableTest {
    /** As Linux prints them on a machine whose numbers are little-endian. */
    private static final String TABLE = """
               sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
               97: 0100007F:08D1 020000C0:07D1 01 00000000:00000000 00:00000000 00000000     0        0 501 2 0000000000000000 12
               98: 0100007F:08D1 030000C0:07D1 01 00000000:00000000 00:00000000 00000000     0        0 502 2 0000000000000000 7
               99: 0100007F:08D2 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 503 2 0000000000000000 4294967295
              100: 0100007F:08D3 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 504 2 0000000000000000 1
              101: 0100007F:08D3 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 505 2 0000000000000000 2
              102: B80D0120000000000000000001000000:08D1 B80D0120000000000000000002000000:07D1 01 00000000:00000000 00:00000000 00000000     0        0 506 2 0000000000000000 3
              103: 0000000000000000FFFF00000100007F:08D4 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 507 2 0000000000000000 4
              104: 0100007F:08D5 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 none 2 0000000000000000 9
              105: 0100007F:08D6 00000000:0000 07 00000000:00000000
            """;

    private final SocketTable table = new SocketTable(TABLE);

    @BeforeAll
    static void isLittleEndian() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "the table is of such a machine");
    }

    private static InetSocketAddress end(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    private Long drops(InetSocketAddress local, InetSocketAddress remote) {
        SocketTable.Row row = table.byEnds(SocketTable.ends(local, remote));
        return row == null ? null : row.drops();
    }

    @Test
    void socketsThatShareAPortAreToldApartByTheirPeers() {
        assertThat(drops(end("127.0.0.1", 2257), end("192.0.0.2", 2001))).isEqualTo(12);
        assertThat(drops(end("127.0.0.1", 2257), end("192.0.0.3", 2001))).isEqualTo(7);
        assertThat(drops(end("127.0.0.1", 2257), null)).isNull();
    }

    @Test
    void findsOneThatIsNotConnectedAndOneOfIpv6() {
        assertThat(drops(end("127.0.0.1", 2258), null)).isEqualTo(4294967295L);
        assertThat(drops(end("2001:db8::1", 2257), end("2001:db8::2", 2001))).isEqualTo(3);
    }

    @Test
    void anIpv4AddressInASocketForIpv6IsThatAddress() {
        assertThat(drops(end("127.0.0.1", 2260), null)).isEqualTo(4);
    }

    @Test
    void whatCannotBeToldApartIsNotFound() {
        assertThat(drops(end("127.0.0.1", 2259), null)).isNull();
        assertThat(table.byInode(505).drops()).isEqualTo(2);
    }

    @Test
    void otherRowsArePassedOver() {
        assertThat(drops(end("127.0.0.1", 2261), null)).isNull();
        assertThat(drops(end("127.0.0.1", 2262), null)).isNull();
        assertThat(table.byInode(999)).isNull();
    }

    @Test
    void aRowWithoutAQueueLengthIsPassedOver() {
        SocketTable odd = new SocketTable(TABLE.replace("00000000:00000000 00:00000000", ": 00:00000000"));
        assertThat(odd.byInode(501)).isNull();
    }

    private static long unacknowledged(SocketChannel channel) throws Exception {
        String ends = SocketTable.ends(channel.getLocalAddress(), channel.getRemoteAddress());
        return SocketTable.tcp().byEnds(ends).unacknowledged();
    }

    /** An IPv4 client of a listener on :: stands in the other table, with a mapped address. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::1", "::"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc/net")
    @SuppressWarnings("try")
    void bytesThatThePeerHasNotTakenAreUnacknowledged(String bind) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(bind, 0));
                SocketChannel client = SocketChannel.open(new InetSocketAddress(
                        bind.startsWith("::1") ? "::1" : "127.0.0.1",
                        listener.socket().getLocalPort()));
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
}
