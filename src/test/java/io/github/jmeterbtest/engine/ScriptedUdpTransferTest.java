package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Status;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Our client in UDP tests with a server that does as it likes. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedUdpTransferTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int DEADLINE_MILLIS = 10_000;

    private int port;
    private DatagramSocket datagrams;

    @BeforeEach
    void openPort() throws Exception {
        port = Ports.freeUdp(4, "127.0.0.1");
        datagrams = new DatagramSocket(new InetSocketAddress("127.0.0.1", port));
        datagrams.setSoTimeout(DEADLINE_MILLIS);
        // for what comes while this test has no core
        datagrams.setReceiveBufferSize(1 << 20);
    }

    @AfterEach
    void closePort() {
        datagrams.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "BOTH"})
    void aServerWhoseDataNeverComesIsNoSuccess(Direction direction) throws Exception {
        try (ScriptedServer server = server(Peer::drain)) {
            BtestException failure =
                    Loopback.failure(udp(server).direction(direction).localTxSpeed(1_000_000));
            assertThat(failure.kind()).isEqualTo(ErrorKind.NO_DATA);
            assertThat(failure)
                    .hasMessageContaining("firewalls")
                    .hasMessageContaining("(server port " + port + ", client port " + (port + 256) + ")")
                    .hasMessageContaining("NAT");
        }
    }

    @Test
    void aServerThatFallsSilentIsLost() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send("07 80 00 00 01 00 00 00 00 01 00 00");
            client.drain();
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.BOTH)
                    .localTxSpeed(1_000_000)
                    .duration(HOUR)
                    .lostPeerTime(Duration.ofSeconds(1)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure).hasMessageContaining("reporting what it received");
        }
    }

    @Test
    void aServerThatClosesInMidTestIsLost() throws Exception {
        try (ScriptedServer server = server(client -> {
            receive();
            // the client has counted the one before
            receive();
        })) {
            BtestException failure =
                    Loopback.failure(udp(server).direction(Direction.TRANSMIT).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure.report().orElseThrow().txBytes()).isPositive();
        }
    }

    /** Some peers say a status at the very start, when nothing can have arrived. */
    @Test
    void aStatusAtTheStartOfAShortTestDoesNotSayThatNothingArrived() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send("07 80 00 00 00 00 00 00 00 00 00 00");
            client.drain();
        })) {
            TestReport report =
                    Loopback.run(udp(server).direction(Direction.TRANSMIT).localTxSpeed(1_000_000));
            assertThat(report.arrivedBytes()).isEqualTo(IntervalReport.UNKNOWN);
        }
    }

    /** Its own datagrams come in answer to the client's last status. */
    @Test
    void whatComesAfterTheLastIntervalMakesNoSuccess() throws Exception {
        try (ScriptedServer server = server(client -> {
            InetSocketAddress target = (InetSocketAddress) receive().getSocketAddress();
            client.read(12);
            send(datagrams, 1, 100, target);
            client.send("07 80 00 00 01 00 00 00 a0 86 01 00");
            client.drain();
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.BOTH)
                    .localTxSpeed(1_000_000)
                    .interval(Duration.ofSeconds(1))
                    .duration(Duration.ofSeconds(1)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.NO_DATA);
        }
    }

    /** The first status may come in one segment with the port, before this end has started its threads. */
    @Test
    void aStatusThatIsThereAlreadySlowsNothingDown() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(new byte[] {(byte) (port >>> 8), (byte) port, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            // at the slowest rate the third one would come after a tenth of a second, and the hundredth after ten
            for (int i = 0; i < 200; i++) {
                receive();
            }
        }))) {
            BtestException failure =
                    Loopback.failure(udp(server).direction(Direction.TRANSMIT).duration(Duration.ofSeconds(9)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure).hasMessageContaining("closed");
        }
    }

    /** Ten datagrams a second tell the server the time: its statuses come 0.4 s after those of the client. */
    @Test
    void statusesThatComeLateAreReportedWithTheirSeconds() throws Exception {
        try (ScriptedServer server = server(client -> {
            for (int second = 1; second <= 4; second++) {
                client.read(Status.LENGTH);
                received();
                // none comes behind the last second
                for (int i = 0; i < 4 && second < 4; i++) {
                    receive();
                }
                client.send(new Status(0, second, 15_000).encode());
            }
            client.drain();
        })) {
            TestReport report = Loopback.run(udp(server)
                    .direction(Direction.TRANSMIT)
                    .localTxSpeed(120_000)
                    .interval(Duration.ofSeconds(1))
                    .duration(Duration.ofSeconds(4)));
            assertThat(report.intervals())
                    .extracting(IntervalReport::remoteRxBytes)
                    .allMatch(bytes -> bytes > 0);
            assertThat(report.arrivedBytes()).isEqualTo(60_000);
        }
    }

    /** RouterOS 7, btest-rs and centrs count payload, RouterOS 6 counts IP packets. */
    @ParameterizedTest
    @CsvSource({
        "1500, 1472, PAYLOAD",
        "1500, 1500, IP",
        "64, 36, PAYLOAD",
        "64, 64, IP",
        "125, 97, PAYLOAD",
        "125, 125, IP"
    })
    void whatArrivedIsToldInIpBytesWhateverTheServerCounts(int size, int unit, ByteUnit expected) throws Exception {
        AtomicLong datagrams = new AtomicLong();
        try (ScriptedServer server = server(client -> {
            for (int second = 1; second <= 2; second++) {
                client.read(Status.LENGTH);
                int received = received();
                datagrams.addAndGet(received);
                client.send(new Status(0, second, (long) received * unit).encode());
            }
            client.drain();
        })) {
            TestReport report = Loopback.run(udp(server)
                    .direction(Direction.TRANSMIT)
                    .localUdpTxSize(size)
                    .localTxSpeed(size * 800L)
                    .interval(Duration.ofSeconds(1))
                    .duration(Duration.ofSeconds(2)));
            assertThat(report.intervals())
                    .extracting(IntervalReport::remoteRxBytes)
                    .allMatch(bytes -> bytes > 0);
            assertThat(report.arrivedBytes()).isEqualTo(datagrams.get() * size);
            assertThat(report.arrivedUnit()).isEqualTo(expected);
        }
    }

    @Test
    void aServerThatHearsNothingIsNoSuccess() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send("07 80 00 00 00 00 00 00 00 00 00 00");
            // a second of what the client sends
            for (int i = 0; i < 10; i++) {
                receive();
            }
            client.send("07 80 00 00 01 00 00 00 00 00 00 00");
            client.drain();
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.TRANSMIT)
                    .localTxSpeed(120_000)
                    .duration(Duration.ofMillis(1500)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.NO_DATA);
        }
    }

    @Test
    void aNonsenseStatusIsNamed() throws Exception {
        try (ScriptedServer server = server(client -> {
            client.send("07 80 00 00 01 00 00 00 00 01 00 00" + "06 80 00 00 02 00 00 00 00 01 00 00");
            client.drain();
        })) {
            BtestException failure =
                    Loopback.failure(udp(server).direction(Direction.TRANSMIT).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(failure).hasMessageContaining("byte 0 is 06");
        }
    }

    @ParameterizedTest
    @CsvSource({"1500, 1472, false", "1500, 1472, true", "28, 4, false", "64000, 63972, true"})
    void theClientSendsFromTheAgreedPortIpPacketsOfTheSizeAskedFor(int size, int payload, boolean random)
            throws Exception {
        try (ScriptedServer server = server(client -> {
            for (int i = 0; i < 5; i++) {
                DatagramPacket packet = receive();
                assertThat(packet.getLength()).isEqualTo(payload);
                assertThat(packet.getPort()).isEqualTo(port + 256);
                byte[] data = Arrays.copyOf(packet.getData(), payload);
                assertThat(Arrays.copyOf(data, 4)).containsExactly(0, 0, 0, i);
                byte[] filling = Arrays.copyOfRange(data, 4, payload);
                if (random) {
                    assertThat(Compression.compressed(filling)).isGreaterThan(filling.length * 99 / 100);
                } else {
                    assertThat(filling).isEqualTo(new byte[filling.length]);
                }
            }
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.TRANSMIT)
                    .localUdpTxSize(size)
                    .localTxSpeed(20_000_000)
                    .randomData(random)
                    .duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            TestReport report = failure.report().orElseThrow();
            assertThat(report.txBytes()).isPositive();
            assertThat(report.txBytes() % (payload + 28)).isZero();
        }
    }

    @Test
    void lossReorderAndDuplicatesAreToldApart() throws Exception {
        try (ScriptedServer server = server(client -> {
            InetSocketAddress target = (InetSocketAddress) receive().getSocketAddress();
            for (int sequence : new int[] {-2, -1, 1, 0, 2, 2, 7, 5}) {
                send(datagrams, sequence, 100, target);
            }
            client.drain();
        })) {
            TestReport report = runUntil(
                    udp(server).direction(Direction.BOTH).localTxSpeed(1_000_000), IntervalReport::rxPackets, 8);
            assertThat(report.rxBytes()).isEqualTo(8 * 128);
            assertThat(report.lostPackets()).isEqualTo(3);
            assertThat(report.sum(IntervalReport::reorderedPackets)).isEqualTo(2);
            assertThat(report.sum(IntervalReport::duplicatePackets)).isEqualTo(1);
        }
    }

    @Test
    void datagramsTooShortForANumberCountAndEmptyOnesDoNot() throws Exception {
        try (ScriptedServer server = server(client -> {
            InetSocketAddress target = (InetSocketAddress) receive().getSocketAddress();
            datagrams.send(new DatagramPacket(new byte[0], 0, target));
            datagrams.send(new DatagramPacket(new byte[3], 3, target));
            send(datagrams, 1, 4, target);
            client.drain();
        })) {
            TestReport report = runUntil(
                    udp(server).direction(Direction.BOTH).localTxSpeed(1_000_000), IntervalReport::rxPackets, 2);
            assertThat(report.rxBytes()).isEqualTo(31 + 32);
            assertThat(report.lostPackets()).isZero();
        }
    }

    @Test
    @NeedsLoopbackNetwork
    void aStrangersDatagramsAreNotTaken() throws Exception {
        try (DatagramSocket sameHost = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                DatagramSocket otherHost = new DatagramSocket(new InetSocketAddress("127.0.0.9", port));
                ScriptedServer server = server(client -> {
                    InetSocketAddress target = (InetSocketAddress) receive().getSocketAddress();
                    send(sameHost, 1, 100, target);
                    send(otherHost, 2, 100, target);
                    send(datagrams, 3, 100, target);
                    client.drain();
                })) {
            TestReport report = runUntil(
                    udp(server).direction(Direction.BOTH).localTxSpeed(1_000_000), IntervalReport::rxPackets, 1);
            assertThat(report.rxBytes()).isEqualTo(128);
        }
    }

    @Test
    void eachStreamOfTheClientHasItsPortAndItsNumbers() throws Exception {
        try (ScriptedServer server = server(client -> {
            Map<Integer, Integer> next = new TreeMap<>();
            for (int i = 0; i < 30; i++) {
                DatagramPacket packet = receive();
                int number = ByteBuffer.wrap(packet.getData()).getInt();
                assertThat(next.merge(packet.getPort(), 1, Integer::sum)).isEqualTo(number + 1);
            }
            assertThat(next)
                    .hasSize(3)
                    .containsEntry(port + 256, 10)
                    .containsEntry(port + 257, 10)
                    .containsEntry(port + 258, 10);
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.TRANSMIT)
                    .connectionCount(3)
                    .localTxSpeed(10_000_000)
                    .duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            TestReport report = failure.report().orElseThrow();
            assertThat(report.connections()).isEqualTo(3);
            assertThat(report.localUdpPort()).isEqualTo(port + 256);
            assertThat(report.sum(IntervalReport::txPackets)).isGreaterThanOrEqualTo(30);
        }
    }

    @Test
    void whatIsLostReorderedAndDoubledInEachStreamIsAddedUp() throws Exception {
        try (ScriptedServer server = server(client -> {
            Set<Integer> ports = new HashSet<>();
            while (ports.size() < 3) {
                ports.add(receive().getPort());
            }
            int[][] numbers = {{0, 1, 3, 2}, {7000, 7003, 7003}, {-1, 1}};
            for (int i = 0; i < 4; i++) {
                for (int stream = 0; stream < 3; stream++) {
                    if (i < numbers[stream].length) {
                        send(
                                datagrams,
                                numbers[stream][i],
                                100,
                                new InetSocketAddress("127.0.0.1", port + 256 + stream));
                    }
                }
            }
            // all streams together
            client.expectReceived(1, 9 * 128);
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.BOTH)
                    .localTxSpeed(1_000_000)
                    .connectionCount(3)
                    .duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            TestReport report = failure.report().orElseThrow();
            assertThat(report.rxBytes()).isEqualTo(9 * 128);
            assertThat(report.sum(IntervalReport::rxPackets)).isEqualTo(9);
            assertThat(report.lostPackets()).isEqualTo(3);
            assertThat(report.sum(IntervalReport::reorderedPackets)).isEqualTo(1);
            assertThat(report.sum(IntervalReport::duplicatePackets)).isEqualTo(1);
        }
    }

    @Test
    void behindANatEachStreamIsOpenedUntilSomethingComes() throws Exception {
        try (ScriptedServer server = server(client -> {
            Set<SocketAddress> opened = new HashSet<>();
            while (opened.size() < 3) {
                DatagramPacket opener = receive();
                assertThat(opener.getLength()).isZero();
                opened.add(opener.getSocketAddress());
            }
            SocketAddress heard = new InetSocketAddress("127.0.0.1", port + 257);
            send(datagrams, 1, 100, (InetSocketAddress) heard);
            client.expectReceived(1, 128);
            // with the next status
            received();
            client.read(Status.LENGTH);
            Set<SocketAddress> openedAgain = new HashSet<>();
            while (openedAgain.size() < 2) {
                openedAgain.add(receive().getSocketAddress());
            }
            opened.remove(heard);
            assertThat(openedAgain).isEqualTo(opened);
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.RECEIVE)
                    .nat(true)
                    .connectionCount(3)
                    .duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure.report().orElseThrow().rxBytes()).isEqualTo(128);
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterTheTestAllPortsAreFree(Direction direction) throws Exception {
        try (ScriptedServer server = server(Peer::drain)) {
            runUntil(
                    udp(server)
                            .direction(direction)
                            .connectionCount(4)
                            .localTxSpeed(1_000_000)
                            .nat(true),
                    interval -> 1,
                    1);
            for (int i = 0; i < 4; i++) {
                new DatagramSocket(new InetSocketAddress("127.0.0.1", port + 256 + i)).close();
            }
        }
    }

    /** A virtual RouterOS behind user-mode networking answers from another port than it named. */
    @Test
    @NeedsLoopbackNetwork
    void behindANatTheFirstDatagramIsEmptyAndTheServersMayComeFromAnyOfItsPorts() throws Exception {
        try (DatagramSocket otherPort = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                DatagramSocket otherHost = new DatagramSocket(new InetSocketAddress("127.0.0.9", port));
                ScriptedServer server = server(client -> {
                    DatagramPacket opener = receive();
                    assertThat(opener.getLength()).isZero();
                    InetSocketAddress target = (InetSocketAddress) opener.getSocketAddress();
                    assertThat(target.getPort()).isEqualTo(port + 256);
                    send(otherHost, 500, 100, target);
                    send(otherPort, 1, 100, target);
                    send(otherPort, 3, 100, target);
                    client.drain();
                })) {
            TestReport report =
                    runUntil(udp(server).direction(Direction.RECEIVE).nat(true), IntervalReport::rxPackets, 2);
            assertThat(report.rxBytes()).isEqualTo(256);
            assertThat(report.lostPackets()).isEqualTo(1);
        }
    }

    @Test
    void behindANatTheFirstDatagramIsSentAgainUntilSomethingComes() throws Exception {
        try (ScriptedServer server = server(client -> {
            assertThat(receive().getLength()).isZero();
            DatagramPacket second = receive();
            assertThat(second.getLength()).isZero();
            send(datagrams, 1, 100, (InetSocketAddress) second.getSocketAddress());
            client.drain();
        })) {
            TestReport report =
                    runUntil(udp(server).direction(Direction.RECEIVE).nat(true), IntervalReport::rxPackets, 1);
            assertThat(report.rxBytes()).isEqualTo(128);
        }
    }

    @Test
    void behindANatTheClientAnswersWhereTheServersDatagramsComeFrom() throws Exception {
        try (DatagramSocket otherPort = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
                ScriptedServer server = server(client -> {
                    InetSocketAddress target = (InetSocketAddress) receive().getSocketAddress();
                    otherPort.setSoTimeout(10_000);
                    send(otherPort, 1, 100, target);
                    DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
                    otherPort.receive(answer);
                    assertThat(answer.getLength()).isEqualTo(1472);
                    client.close();
                })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.BOTH)
                    .nat(true)
                    .duration(HOUR)
                    .localTxSpeed(1_000_000));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "TRANSMIT"})
    void theClientSendsAStatusEachSecondWhateverTheDirection(Direction direction) throws Exception {
        try (ScriptedServer server =
                server(client -> assertThat(client.readHex(12)).matches("07 [89a-e]. 00 00 01 00 00 00 00 00 00 00"))) {
            BtestException failure = Loopback.failure(
                    udp(server).direction(direction).localTxSpeed(1_000_000).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    @Test
    void theClientsStatusesCountIpPackets() throws Exception {
        try (ScriptedServer server = server(client -> {
            InetSocketAddress target = (InetSocketAddress) receive().getSocketAddress();
            for (int sequence = 0; sequence < 10; sequence++) {
                send(datagrams, sequence, 972, target);
            }
            client.expectReceived(1, 10_000);
        })) {
            BtestException failure = Loopback.failure(udp(server)
                    .direction(Direction.BOTH)
                    .localTxSpeed(1_000_000)
                    .duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    private interface Script {
        void play(Peer client) throws Exception;
    }

    private ScriptedServer server(Script script) throws Exception {
        return new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(new byte[] {(byte) (port >>> 8), (byte) port});
            script.play(client);
        }));
    }

    private static ClientOptionsBuilder udp(ScriptedServer server) {
        return Loopback.client(server.port()).protocol(Protocol.UDP);
    }

    private DatagramPacket receive() throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[64 << 10], 64 << 10);
        datagrams.receive(packet);
        return packet;
    }

    /** Takes the datagrams that are there; {@return how many} */
    private int received() throws Exception {
        int received = 0;
        datagrams.setSoTimeout(1);
        try {
            while (true) {
                receive();
                received++;
            }
        } catch (SocketTimeoutException e) {
            datagrams.setSoTimeout(DEADLINE_MILLIS);
            return received;
        }
    }

    private static void send(DatagramSocket from, int sequence, int length, InetSocketAddress target) throws Exception {
        byte[] data = new byte[length];
        for (int i = 0; i < 4; i++) {
            data[i] = (byte) (sequence >>> (24 - 8 * i));
        }
        from.send(new DatagramPacket(data, length, target));
    }

    private static TestReport runUntil(ClientOptionsBuilder options, ToLongFunction<IntervalReport> number, long enough)
            throws BtestException {
        BandwidthClient client = new BandwidthClient(options.duration(HOUR).build());
        AtomicLong sum = new AtomicLong();
        CompletableFuture<TestReport> test = Loopback.inBackground(client, interval -> {
            if (sum.addAndGet(number.applyAsLong(interval)) >= enough) {
                client.stop();
            }
        });
        BtestException end = Loopback.failure(test);
        assertThat(end.kind()).isEqualTo(ErrorKind.STOPPED);
        return end.report().orElseThrow();
    }
}
