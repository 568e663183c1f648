package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Status;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client in uploads to a server that reads and reports for a while, and then no more, but closes nothing. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class FrozenServerTest {

    private static final int REPORTED = 100_000;

    private final CountDownLatch over = new CountDownLatch(1);

    /** What fills a socket's buffer is no sign of life where the server owes reports. */
    @ParameterizedTest
    @ValueSource(longs = {500_000, 20_000_000, 0})
    void aServerThatNeverReadsIsLost(long speed) throws Exception {
        try (ScriptedServer server = tcp(0)) {
            BtestException failure = run(upload(server, Protocol.TCP)
                    .localTxSpeed(speed)
                    .lostPeerTime(Duration.ofSeconds(1))
                    .duration(Duration.ofHours(1)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure.report().orElseThrow().averageDeliveredBitsPerSecond())
                    .isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP, 0, PEER_LOST", "TCP, 1, PEER_LOST", "UDP, 0, PEER_LOST", "UDP, 1, PEER_LOST"})
    @SuppressWarnings("try")
    void aTestShorterThanTheLostPeerTimeCountsOnlyWhatWasReported(Protocol protocol, int reports, ErrorKind kind)
            throws Exception {
        int port = Ports.freeUdp(1, "127.0.0.1");
        try (DatagramSocket datagrams = new DatagramSocket(new InetSocketAddress("127.0.0.1", port));
                ScriptedServer server = protocol == Protocol.TCP ? tcp(reports) : udp(reports, port)) {
            BtestException failure =
                    run(upload(server, protocol).localTxSpeed(8_000_000).duration(Duration.ofSeconds(3 + reports)));
            assertThat(failure.kind()).isEqualTo(kind);
            TestReport report = failure.report().orElseThrow();
            assertThat(report.txBytes()).as("sent").isPositive();
            assertThat(report.intervals())
                    .extracting(IntervalReport::remoteRxBytes)
                    .endsWith(0L, 0L)
                    .matches(
                            bytes -> bytes.get(0) != 0 == reports > 0,
                            "something arrived in the first second, if reported; how much is unknown where it was closed late");
            assertThat(report.arrivedBytes()).isEqualTo((long) REPORTED * reports);
            assertThat(report.averageDeliveredBitsPerSecond())
                    .isCloseTo(8.0 * REPORTED * reports / (3 + reports), withinPercentage(10));
            assertThat(report.minimum(IntervalReport::deliveredBitsPerSecond)).isZero();
        }
    }

    /** Far more was sent than it has reported, but it is silence, and no other way to count. */
    @Test
    void aServerThatStopsReportingIsLostHoweverMuchItRead() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(new Status(0, 1, 0).encode());
            client.read(40 << 20);
            over.await(20, TimeUnit.SECONDS);
        }))) {
            BtestException failure = run(upload(server, Protocol.TCP).duration(Duration.ofSeconds(3)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    /** Its own data shows that it lives, but not that it reads. */
    @Test
    void aServerThatSendsOnAndStopsReportingIsLost() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.read(900_000);
            client.send(new Status(0, 1, REPORTED).encode());
            sendUntilOver(client);
        }))) {
            BtestException failure = run(upload(server, Protocol.TCP)
                    .direction(Direction.BOTH)
                    .localTxSpeed(8_000_000)
                    .duration(Duration.ofSeconds(5)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure.report().orElseThrow().averageDeliveredBitsPerSecond())
                    .isCloseTo(8.0 * REPORTED / 5, withinPercentage(10));
        }
    }

    /** Its statuses may stand in line, so the test is none that failed; but nobody knows what arrived. */
    @Test
    void aServerThatSendsAndHasNotReportedYetLeavesTheRateUnknown() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            sendUntilOver(client);
        }))) {
            TestReport report = Loopback.run(upload(server, Protocol.TCP)
                    .direction(Direction.BOTH)
                    .localTxSpeed(8_000_000)
                    .duration(Duration.ofSeconds(2)));
            over.countDown();
            assertThat(report.averageDeliveredBitsPerSecond()).isNaN();
        }
    }

    private ClientOptionsBuilder upload(ScriptedServer server, Protocol protocol) {
        return Loopback.client(server.port())
                .protocol(protocol)
                .direction(Direction.TRANSMIT)
                .interval(Duration.ofSeconds(1))
                .lostPeerTime(Duration.ofSeconds(20));
    }

    private BtestException run(ClientOptionsBuilder options) {
        try {
            return Loopback.failure(options);
        } finally {
            over.countDown();
        }
    }

    private ScriptedServer tcp(int reports) throws Exception {
        return new ScriptedServer(ScriptedServer.afterOk(client -> {
            if (reports > 0) {
                // a little less than a second of the client's data
                client.read(950_000);
            }
            freeze(client, reports);
        }));
    }

    private ScriptedServer udp(int reports, int port) throws Exception {
        return new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(new byte[] {(byte) (port >>> 8), (byte) port});
            if (reports > 0) {
                // the client's own first status comes when its first second is over
                client.read(Status.LENGTH);
            }
            freeze(client, reports);
        }));
    }

    private void sendUntilOver(Peer client) throws Exception {
        while (!over.await(10, TimeUnit.MILLISECONDS)) {
            try {
                client.send(new byte[10_000]);
            } catch (SocketException e) {
                // the client has closed
                return;
            }
        }
    }

    private void freeze(Peer client, int reports) throws Exception {
        for (int i = 1; i <= reports; i++) {
            client.send(new Status(0, i, REPORTED).encode());
        }
        over.await(20, TimeUnit.SECONDS);
    }
}
