package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Hex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our server in UDP tests with a client that speaks the bytes of RouterOS. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedClientUdpTest {

    /** Nobody sends to this side but who is asked to. */
    private static final String TRANSMIT = "00 01 01 00 dc 05 00 00 00 00 00 00 00 00 00 00";
    /** 10 Mbit/s. */
    private static final String RECEIVE = "00 02 01 00 dc 05 00 00 80 96 98 00 00 00 00 00";

    /** Of datagrams that come while this test has no core; bytes. */
    private static final int ROOM = 1 << 20;

    private final int firstPort = Ports.ofServer();
    private BandwidthServer server;
    private Peer client;
    private InetSocketAddress target;

    @BeforeEach
    void start() throws Exception {
        server = BandwidthServer.start(options().bindAddress("0.0.0.0").build());
    }

    private ServerOptions.Builder options() {
        return Loopback.server().udpPortsFrom(firstPort);
    }

    private void restart(Duration lostPeerTime) throws Exception {
        server.close();
        server = BandwidthServer.start(options().lostPeerTime(lostPeerTime).build());
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource({"dc 05, 1472, 01", "dc 05, 1472, 00", "1c 00, 4, 01", "20 00, 4, 01", "00 fa, 63972, 01"})
    void theServerSendsFromItsPortToTheOne256AboveIpPacketsOfTheSizeAskedFor(String size, int payload, String zeros)
            throws Exception {
        open("00 02 " + zeros + " 00 " + size + " 00 00 80 96 98 00 00 00 00 00");
        try (DatagramSocket socket = agreedSocket()) {
            int last = -1;
            for (int i = 0; i < 5; i++) {
                DatagramPacket packet = receive(socket);
                assertThat(packet.getLength()).isEqualTo(payload);
                assertThat(packet.getSocketAddress()).isEqualTo(target);
                int sequence = ByteBuffer.wrap(packet.getData()).getInt();
                // what left before this socket was open is gone
                assertThat(i == 0 ? 0 : sequence - last - 1).isZero();
                last = sequence;
                assertThat(last).isBetween(0, 10_000);
                assertFilling(Arrays.copyOfRange(packet.getData(), 4, payload), zeros.equals("01"));
            }
        }
    }

    private static void assertFilling(byte[] filling, boolean zeros) {
        if (zeros) {
            assertThat(filling).isEqualTo(new byte[filling.length]);
        } else {
            assertThat(Compression.compressed(filling)).isGreaterThan(filling.length * 99 / 100);
        }
    }

    @Test
    void theServersStatusesCountPayloadAsThoseOfRouterOs7() throws Exception {
        open(TRANSMIT);
        try (DatagramSocket socket = agreedSocket()) {
            for (int sequence = 0; sequence < 10; sequence++) {
                send(socket, sequence, 972);
            }
            int second = client.expectReceived(1, 9_720);
            send(socket, 10, 4);
            client.expectReceived(second, 4);
        }
    }

    @Test
    void aReceiveTestHasStatusesTooWhichSayThatNothingCame() throws Exception {
        open(RECEIVE);
        assertThat(client.readHex(12)).matches("07 [89a-e]. 00 00 01 00 00 00 00 00 00 00");
    }

    /** As those of a RouterOS client with several connections. */
    @Test
    void eachStreamOfTheClientHasItsOwnNumbers() throws Exception {
        open(TRANSMIT.replace("00 01 01 00", "00 01 01 03"));
        try (DatagramSocket one = agreedSocket();
                DatagramSocket two = agreedSocket(1);
                DatagramSocket three = agreedSocket(2)) {
            for (int sequence = 0; sequence < 40; sequence++) {
                send(one, sequence, 100);
                if (sequence % 10 != 5) {
                    send(two, 5000 + sequence, 100);
                }
                if (sequence != 20) {
                    send(three, -20 + sequence, 100);
                }
            }
            TestReport report = closeWhen(IntervalReport::rxPackets, 40 + 36 + 39);
            assertThat(report.lostPackets()).isEqualTo(5);
            assertThat(report.sum(IntervalReport::duplicatePackets)).isZero();
            assertThat(report.sum(IntervalReport::reorderedPackets)).isZero();
            assertThat(report.rxBytes()).isEqualTo(115 * 128);
            assertThat(report.connections()).isEqualTo(3);
            assertThat(report.remoteUdpPort()).isEqualTo(target.getPort() + 256);
        }
    }

    @Test
    void aStatusCountsAllStreams() throws Exception {
        open(TRANSMIT.replace("00 01 01 00", "00 01 01 02"));
        try (DatagramSocket one = agreedSocket();
                DatagramSocket two = agreedSocket(1)) {
            send(one, 0, 1000);
            send(two, 0, 24);
            client.expectReceived(1, 1024);
        }
    }

    @Test
    void onlyTheStreamsThatWereHeardAreReported() throws Exception {
        open(TRANSMIT.replace("00 01 01 00", "00 01 01 14"));
        try (DatagramSocket one = agreedSocket();
                DatagramSocket two = agreedSocket(19)) {
            send(one, 0, 100);
            send(two, 0, 100);
            TestReport report = closeWhen(IntervalReport::rxPackets, 2);
            assertThat(report.connections()).isEqualTo(2);
            assertThat(report.command().connectionCount()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @CsvSource({"02, 14, 20", "03, 03, 3"})
    void theServerSendsToEachPortOfTheClient(String direction, String connections, int streams) throws Exception {
        open("00 " + direction + " 01 " + connections + " dc 05 00 00 00 2d 31 01 00 00 00 00");
        List<DatagramSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < streams; i++) {
                sockets.add(agreedSocket(i));
            }
            for (DatagramSocket socket : sockets) {
                int first = sequence(socket);
                for (int i = 1; i <= 10; i++) {
                    assertThat(sequence(socket)).isEqualTo(first + i);
                }
            }
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
    }

    private int sequence(DatagramSocket socket) {
        try {
            DatagramPacket packet = receive(socket);
            assertThat(packet.getSocketAddress()).isEqualTo(target);
            return ByteBuffer.wrap(packet.getData()).getInt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another user of the client's host may send before the client does. */
    @Test
    void aStrangerWhoIsFirstDoesNotGetTheStream() throws Exception {
        open(RECEIVE);
        try (DatagramSocket socket = agreedSocket();
                DatagramSocket stranger = socket(0)) {
            send(stranger, 1, 100);
            client.send("07 80 00 00 01 00 00 00 00 00 01 00");
            int first = sequence(socket);
            for (int i = 1; i <= 1000; i++) {
                assertThat(sequence(socket)).isEqualTo(first + i);
            }
            stranger.setSoTimeout(1);
            assertThatThrownBy(() -> receive(stranger)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aClientBehindANatThatSaysThatNothingArrivesGetsItsStream() throws Exception {
        open(RECEIVE);
        try (DatagramSocket outside = socket(0)) {
            outside.send(new DatagramPacket(new byte[0], 0, target));
            client.read(12);
            client.send("07 80 00 00 01 00 00 00 00 00 00 00");
            sequence(outside);
            client.send("07 80 00 00 02 00 00 00 00 00 01 00");
            sequence(outside);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "2", "9"})
    void aStrangerWhoIsFirstIsNotCounted(int offset) throws Exception {
        server.close();
        server = BandwidthServer.start(options().interval(Duration.ofSeconds(5)).build());
        open(TRANSMIT.replace("00 01 01 00", "00 01 01 02"));
        try (DatagramSocket two = agreedSocket(1);
                DatagramSocket stranger = agreedSocket(offset)) {
            send(stranger, 7000, 1000);
            send(stranger, 9000, 1000);
            send(two, 1, 100);
            send(two, 2, 100);
            client.expectReceived(1, 200);
            client.close();
            TestReport report = Loopback.session(server).follow(Loopback.NOBODY);
            assertThat(report.rxBytes()).isEqualTo(256);
            assertThat(report.lostPackets()).isZero();
            assertThat(report.connections()).isEqualTo(1);
        }
    }

    /** Another user of the client's host must neither be counted nor draw the stream to himself. */
    @ParameterizedTest
    @CsvSource({"-1", "2", "9"})
    void onceAPortOfTheTestWasHeardOthersOfTheClientAreStrangers(int offset) throws Exception {
        open(TRANSMIT.replace("00 01 01 00", "00 01 01 02"));
        try (DatagramSocket two = agreedSocket(1);
                DatagramSocket stranger = agreedSocket(offset)) {
            send(two, 1, 100);
            send(stranger, 7000, 1000);
            send(two, 2, 100);
            TestReport report = closeWhen(IntervalReport::rxPackets, 2);
            assertThat(report.rxBytes()).isEqualTo(256);
            assertThat(report.connections()).isEqualTo(1);
        }
    }

    @Test
    @NeedsLoopbackNetwork
    void datagramsOfAnotherAddressAreIgnored() throws Exception {
        open(TRANSMIT);
        try (DatagramSocket stranger = new DatagramSocket(target.getPort() + 256, InetAddress.getByName("127.0.0.9"));
                DatagramSocket socket = agreedSocket()) {
            send(stranger, 7000, 100);
            send(socket, 1, 100);
            send(stranger, 7001, 100);
            send(socket, 2, 100);
            TestReport report = closeWhen(IntervalReport::rxPackets, 2);
            assertThat(report.rxBytes()).isEqualTo(256);
            assertThat(report.lostPackets()).isZero();
        }
    }

    @Test
    void datagramsTooShortForANumberCountAndEmptyOnesDoNot() throws Exception {
        open(TRANSMIT);
        try (DatagramSocket socket = agreedSocket()) {
            send(socket, 7000, 4);
            socket.send(new DatagramPacket(new byte[3], 3, target));
            socket.send(new DatagramPacket(new byte[1], 1, target));
            socket.send(new DatagramPacket(new byte[0], 0, target));
            send(socket, 7001, 4);
            assertCounted(closeWhen(IntervalReport::rxPackets, 4), 32 + 31 + 29 + 32);
        }
    }

    /** RouterOS sends sizes at random if it is told a range of them. */
    @Test
    void sizesMayVary() throws Exception {
        open(TRANSMIT);
        try (DatagramSocket socket = agreedSocket()) {
            int bytes = 0;
            for (int i = 0; i < 20; i++) {
                int length = 4 + i * 7919 % 1469;
                send(socket, i, length);
                bytes += length + 28;
            }
            assertCounted(closeWhen(IntervalReport::rxPackets, 20), bytes);
        }
    }

    private static void assertCounted(TestReport report, long rxBytes) {
        assertThat(report.rxBytes()).isEqualTo(rxBytes);
        assertThat(report.lostPackets()).isZero();
        assertThat(report.sum(IntervalReport::reorderedPackets)).isZero();
        assertThat(report.sum(IntervalReport::duplicatePackets)).isZero();
    }

    /** Behind a NAT the client is not seen at the port that was agreed on. */
    @Test
    void anEmptyDatagramFromAnotherPortMovesTheServersTarget() throws Exception {
        open(RECEIVE);
        try (DatagramSocket outside = socket(0)) {
            outside.send(new DatagramPacket(new byte[0], 0, target));
            DatagramPacket packet = receive(outside);
            assertThat(packet.getLength()).isEqualTo(1472);
            assertThat(packet.getSocketAddress()).isEqualTo(target);
        }
    }

    /** Behind a NAT, each stream has whatever port the NAT gave it. */
    @Test
    void emptyDatagramsFromOtherPortsMoveTheStreamsToTheFirstOfThem() throws Exception {
        open(RECEIVE.replace("00 02 01 00", "00 02 01 02"));
        try (DatagramSocket one = socket(0);
                DatagramSocket two = socket(0);
                DatagramSocket late = socket(0)) {
            one.send(new DatagramPacket(new byte[0], 0, target));
            sequence(one);
            two.send(new DatagramPacket(new byte[0], 0, target));
            sequence(two);
            late.send(new DatagramPacket(new byte[0], 0, target));
            int first = sequence(one);
            int second = sequence(two);
            for (int i = 1; i <= 50; i++) {
                assertThat(sequence(one)).isEqualTo(first + i);
                assertThat(sequence(two)).isEqualTo(second + i);
            }
            late.setSoTimeout(1);
            assertThatThrownBy(() -> receive(late)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @NeedsLoopbackNetwork
    void aStrangersEmptyDatagramDoesNotMoveTheServersTarget() throws Exception {
        open(RECEIVE);
        try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByName("127.0.0.9"));
                DatagramSocket socket = agreedSocket()) {
            stranger.send(new DatagramPacket(new byte[0], 0, target));
            int before = ByteBuffer.wrap(receive(socket).getData()).getInt();
            for (int i = 1; i <= 50; i++) {
                assertThat(ByteBuffer.wrap(receive(socket).getData()).getInt()).isEqualTo(before + i);
            }
        }
    }

    @Test
    void aRateSoLowThatPacketsWouldBeFarApartIsOnePacketASecond() throws Exception {
        open("00 02 01 00 dc 05 00 00 2c 01 00 00 00 00 00 00");
        try (DatagramSocket socket = agreedSocket()) {
            assertThat(receive(socket).getLength()).isEqualTo(1472);
            TestReport report = closeWhen(IntervalReport::txPackets, 2);
            assertThat(report.sum(IntervalReport::txPackets))
                    .isBetween(2L, 1 + Duration.ofNanos(report.transferNanos()).toSeconds());
        }
    }

    @Test
    void aClientThatClosesEndsTheTest() throws Exception {
        open(RECEIVE);
        try (DatagramSocket socket = agreedSocket()) {
            receive(socket);
            client.socket().shutdownOutput();
            assertThat(Loopback.session(server).follow(Loopback.NOBODY).txBytes())
                    .isPositive();
            client.drain();
        }
    }

    @Test
    void aClientThatFallsSilentForTooLongIsLost() throws Exception {
        restart(Duration.ofSeconds(1));
        open(RECEIVE);
        client.send("07 80 00 00 01 00 00 00 00 00 00 00");
        BtestException failure = Loopback.failure(() -> Loopback.session(server).follow(Loopback.NOBODY));
        assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
    }

    /** A system may call a connection that broke closed. */
    @Test
    void aClientThatFallsSilentBeforeItClosesIsLost() throws Exception {
        restart(Duration.ofSeconds(5));
        open(RECEIVE);
        client.send("07 80 00 00 01 00 00 00 00 00 00 00");
        BtestException failure = Loopback.failure(() -> Loopback.session(server).follow(interval -> {
            // more than half of the lost-peer time and of the second that a status may take
            if (interval.startNanos() > Duration.ofMillis(3500).toNanos()) {
                closeClient();
            }
        }));
        assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
        assertThat(failure.report().orElseThrow().transferNanos())
                .as("before its time was up")
                .isLessThan(Duration.ofSeconds(6).toNanos());
    }

    private void closeClient() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as blast: RouterOS serves it to the end. Its side of the control connection acknowledges our statuses. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells what the client has acknowledged")
    void aClientThatNeverSendsAStatusIsServedOn() throws Exception {
        restart(Duration.ofSeconds(1));
        open("00 02 01 00 dc 05 00 00 00 00 00 00 00 00 00 00");
        ServerSession session = Loopback.session(server);
        Map<Long, Long> sent = new TreeMap<>();
        BtestException failure = Loopback.failure(() -> session.follow(interval -> {
            sent.merge(interval.startNanos() / 1_000_000_000, interval.txBytes(), Long::sum);
            if (servedOn(sent)) {
                server.close();
            }
        }));
        assertThat(failure.kind()).isEqualTo(ErrorKind.STOPPED);
    }

    /**
     * {@return whether the test lives longer than a lost peer's, and is as fast as in the first second} While the first
     * status is awaited, which is the second one, it is a tenth.
     */
    private static boolean servedOn(Map<Long, Long> sentInSecond) {
        return sentInSecond.entrySet().stream()
                .anyMatch(second -> second.getKey() > 2 && second.getValue() > sentInSecond.getOrDefault(1L, 0L));
    }

    @Test
    void aNonsenseStatusIsNamed() throws Exception {
        open(RECEIVE);
        client.send("06 80 00 00 01 00 00 00 00 00 00 00");
        BtestException failure = Loopback.failure(() -> Loopback.session(server).follow(Loopback.NOBODY));
        assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
        assertThat(failure).hasMessageContaining("byte 0 is 06");
    }

    private void open(String command) throws Exception {
        client = Peer.clientOf(server);
        client.send(command);
        client.expect(Peer.OK);
        int port = Integer.parseInt(Hex.text(client.read(2)).replace(" ", ""), 16);
        assertThat(port).isBetween(firstPort, firstPort + Ports.OF_A_SERVER - 1);
        target = new InetSocketAddress("127.0.0.1", port);
    }

    private DatagramSocket agreedSocket() throws IOException {
        return socket(target.getPort() + 256);
    }

    private DatagramSocket agreedSocket(int stream) throws IOException {
        return socket(target.getPort() + 256 + stream);
    }

    private static DatagramSocket socket(int port) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", port));
        socket.setReceiveBufferSize(ROOM);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[64 << 10], 64 << 10);
        socket.receive(packet);
        return packet;
    }

    private void send(DatagramSocket socket, int sequence, int length) throws IOException {
        socket.send(
                new DatagramPacket(ByteBuffer.allocate(length).putInt(sequence).array(), length, target));
    }

    /** Closes the control connection as soon as enough has been counted; {@return what the server then reports} */
    private TestReport closeWhen(ToLongFunction<IntervalReport> number, long enough) throws Exception {
        long[] sum = {0};
        return Loopback.session(server).follow(interval -> {
            sum[0] += number.applyAsLong(interval);
            if (sum[0] >= enough) {
                try {
                    client.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
