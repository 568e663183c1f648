package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.IntervalReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real sockets that nobody reads: what does not fit is dropped while it is sent. */
class ReceiveDropsTest {
    private static final int BURST = 500;

    private final List<DatagramChannel> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(Sockets::closeQuietly);
    }

    private DatagramChannel socket(StandardProtocolFamily family, String host, int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        open.add(channel);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        channel.configureBlocking(false);
        return channel;
    }

    private static InetSocketAddress local(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private static void flood(DatagramChannel from, DatagramChannel to) throws IOException {
        for (int i = 0; i < BURST; i++) {
            assertThat(from.send(ByteBuffer.allocate(1000), local(to))).isEqualTo(1000);
        }
    }

    /** {@return how many of a burst were not there to be read} */
    private static long missing(DatagramChannel channel) throws IOException {
        long read = 0;
        while (channel.receive(ByteBuffer.allocate(2000)) != null) {
            read++;
        }
        return BURST - read;
    }

    @ParameterizedTest
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc/net")
    @CsvSource({"INET, 127.0.0.1", "INET6, ::1", "INET6, 127.0.0.1"})
    void countsWhatTheSystemDropped(StandardProtocolFamily family, String host) throws IOException {
        DatagramChannel peer = socket(family, host, 0);
        DatagramChannel connected = socket(family, host, 0).connect(local(peer));
        DatagramChannel unconnected = socket(family, host, 0);
        ReceiveDrops ofOne = new ReceiveDrops(List.of(connected));
        ReceiveDrops ofBoth = new ReceiveDrops(List.of(connected, unconnected));
        assertThat(ofOne.explain(0)).isZero();
        flood(peer, connected);
        flood(peer, unconnected);
        long atConnected = missing(connected);
        long atUnconnected = missing(unconnected);
        assertThat(List.of(atConnected, atUnconnected))
                .allSatisfy(dropped -> assertThat(dropped).isPositive());
        assertThat(ofOne.explain(BURST)).isEqualTo(atConnected);
        assertThat(ofBoth.explain(2 * BURST)).isEqualTo(atConnected + atUnconnected);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has /proc/net")
    void tellsSocketsApartThatShareAPort() throws IOException {
        DatagramChannel north = socket(StandardProtocolFamily.INET, "127.0.0.1", 0);
        DatagramChannel south = socket(StandardProtocolFamily.INET, "127.0.0.1", 0);
        DatagramChannel toNorth =
                socket(StandardProtocolFamily.INET, "127.0.0.1", 0).connect(local(north));
        DatagramChannel toSouth = socket(
                        StandardProtocolFamily.INET, "127.0.0.1", local(toNorth).getPort())
                .connect(local(south));
        ReceiveDrops ofNorth = new ReceiveDrops(List.of(toNorth));
        ReceiveDrops ofSouth = new ReceiveDrops(List.of(toSouth));
        flood(south, toSouth);
        assertThat(ofSouth.explain(BURST)).isEqualTo(missing(toSouth)).isPositive();
        assertThat(ofNorth.explain(BURST)).isZero();
    }

    private static SocketTable table(DatagramChannel channel, long drops) throws IOException {
        return new SocketTable(row(channel, drops));
    }

    private static String row(DatagramChannel channel, long drops) throws IOException {
        int port = local(channel).getPort();
        return " 1: 00000000:%04X 00000000:0000 07 0:0 0:0 0 0 0 %d 2 0 %d".formatted(port, port, drops);
    }

    private static ReceiveDrops drops(List<DatagramChannel> channels, SocketTable... tables) {
        List<SocketTable> readings = new ArrayList<>(List.of(tables));
        return new ReceiveDrops(channels, () -> readings.remove(0));
    }

    private ReceiveDrops drops(long... counts) throws IOException {
        DatagramChannel channel = socket(StandardProtocolFamily.INET, "0.0.0.0", 0);
        SocketTable[] tables = new SocketTable[counts.length];
        for (int i = 0; i < counts.length; i++) {
            tables[i] = table(channel, counts[i]);
        }
        return drops(List.of(channel), tables);
    }

    /**
     * The gap shows once a datagram behind it is read, maybe in the next interval; dropped duplicates never show one.
     */
    @Test
    void noIntervalHasDroppedMoreThanItHasLost() throws IOException {
        ReceiveDrops drops = drops(0, 10, 10, 10, 13);
        assertThat(drops.explain(0)).isZero();
        assertThat(drops.explain(3)).isEqualTo(3);
        assertThat(drops.explain(7)).isEqualTo(7);
        assertThat(drops.explain(4)).as("the link's").isZero();
        assertThat(drops.explain(6)).isEqualTo(3);
    }

    @Test
    void whatWasDroppedBeforeTheFirstCutExplainsItsLoss() throws IOException {
        assertThat(drops(5).explain(7)).isEqualTo(5);
    }

    /** Many tests that start at once share a reading, which may be older than a socket. */
    @Test
    void lossThatWasToldWithoutACauseIsNotExplainedByLaterLoss() throws IOException {
        DatagramChannel channel = socket(StandardProtocolFamily.INET, "0.0.0.0", 0);
        ReceiveDrops drops = drops(List.of(channel), new SocketTable(""), table(channel, 10), table(channel, 13));
        assertThat(drops.explain(6)).isEqualTo(IntervalReport.UNKNOWN);
        assertThat(drops.explain(7)).isEqualTo(4);
        assertThat(drops.explain(7)).isEqualTo(3);
    }

    @Test
    void linkLossThatWasToldWithoutACauseDoesNotHideLaterDrops() throws IOException {
        DatagramChannel channel = socket(StandardProtocolFamily.INET, "0.0.0.0", 0);
        ReceiveDrops drops = drops(List.of(channel), new SocketTable(""), table(channel, 10), table(channel, 13));
        assertThat(drops.explain(50)).isEqualTo(IntervalReport.UNKNOWN);
        assertThat(drops.explain(7)).isZero();
        assertThat(drops.explain(7)).isEqualTo(3);
    }

    @Test
    void theNumberIsUnknownUntilEachSocketWasFound() throws IOException {
        DatagramChannel early = socket(StandardProtocolFamily.INET, "0.0.0.0", 0);
        DatagramChannel late = socket(StandardProtocolFamily.INET, "0.0.0.0", 0);
        ReceiveDrops drops =
                drops(List.of(early, late), table(early, 2), new SocketTable(row(early, 2) + "\n" + row(late, 10)));
        assertThat(drops.explain(12)).isEqualTo(IntervalReport.UNKNOWN);
        assertThat(drops.explain(5)).isZero();
    }

    @Test
    void theSystemIsAskedOnlyWhereThereIsLossToExplain() throws IOException {
        ReceiveDrops drops = drops(0, 5);
        assertThat(List.of(drops.explain(0), drops.explain(0), drops.explain(0)))
                .containsOnly(0L);
        assertThat(drops.explain(7)).isEqualTo(5);
        assertThat(drops.explain(0)).isZero();
    }

    @Test
    void theSystemsCountWraps() throws IOException {
        ReceiveDrops drops = drops(4_294_967_290L, 4);
        assertThat(drops.explain(4_294_967_290L)).isEqualTo(4_294_967_290L);
        assertThat(drops.explain(20)).isEqualTo(10);
    }

    @Test
    void aSocketThatIsClosedKeepsWhatItHad() throws IOException {
        DatagramChannel channel = socket(StandardProtocolFamily.INET, "0.0.0.0", 0);
        ReceiveDrops drops = drops(List.of(channel), table(channel, 9), new SocketTable(""));
        assertThat(drops.explain(4)).isEqualTo(4);
        channel.close();
        assertThat(drops.explain(20)).isEqualTo(5);
    }

    @Test
    void whereTheSystemDoesNotTellTheNumberIsUnknown() throws IOException {
        DatagramChannel channel = socket(StandardProtocolFamily.INET, "0.0.0.0", 0);
        ReceiveDrops drops = new ReceiveDrops(List.of(channel), () -> new SocketTable(""));
        assertThat(drops.explain(0)).isEqualTo(IntervalReport.UNKNOWN);
        assertThat(drops.explain(7)).isEqualTo(IntervalReport.UNKNOWN);
        channel.close();
        assertThat(drops.explain(8)).isEqualTo(IntervalReport.UNKNOWN);
    }
}
