package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client in TCP tests with servers that do as they like. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedTcpTransferTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void everyByteIsCountedUntilTheServerCloses() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(ScriptedServer.afterOk(client -> client.send(new byte[1_234_567])))) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure).hasMessageContaining("closed").hasMessageContaining("before the end of the test");
            assertThat(failure.report().orElseThrow().rxBytes()).isEqualTo(1_234_567);
            assertThat(failure.report().orElseThrow().txBytes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatClosesAtOnceIsNoSuccess(Direction direction) throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {}))) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).direction(direction).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    @Test
    void aServerThatSendsNothingUntilTheEndIsNoSuccess() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(Peer::drain))) {
            BtestException failure = Loopback.failure(Loopback.client(server.port()));
            assertThat(failure.kind()).isEqualTo(ErrorKind.NO_DATA);
            assertThat(failure).hasMessageContaining("no test data arrived from the server");
            assertThat(failure.report().orElseThrow().intervals()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "TRANSMIT"})
    void aServerThatFallsSilentAndReadsNoMoreIsLost(Direction direction) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        // its data comes with the OK: later might be too late on a busy machine
        String data = "00".repeat(direction.clientReceives() ? 1000 : 0);
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send(Peer.OK + data);
            over.await(15, TimeUnit.SECONDS);
        })) {
            BtestException failure = Loopback.failure(Loopback.client(server.port())
                    .direction(direction)
                    .duration(HOUR)
                    .interval(Duration.ofMillis(500))
                    .lostPeerTime(Duration.ofSeconds(1)));
            over.countDown();
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            assertThat(failure)
                    .hasMessageContaining(direction.clientReceives() ? "lost contact" : "never reported")
                    .hasMessageContaining("lost-peer time");
            TestReport report = failure.report().orElseThrow();
            assertThat(report.rxBytes()).isEqualTo(direction.clientReceives() ? 1000 : 0);
            assertThat(report.txBytes() > 0).isEqualTo(direction.clientTransmits());
            assertThat(report.intervals().stream()
                            .mapToLong(IntervalReport::lengthNanos)
                            .min()
                            .orElseThrow())
                    .as("the shortest interval, ns")
                    .isGreaterThan(10_000_000);
        }
    }

    @Test
    void statusesOfATransmitTestAreReportedAndAreNoData() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(
                    "07 e4 00 00 01 00 00 00 40 42 0f 00" + "07 2a 00 00 02 00 00 00 ff ff ff ff" + "07 aa 00 00 03");
            client.socket().shutdownOutput();
            client.drain();
        }))) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).direction(Direction.TRANSMIT).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            TestReport report = failure.report().orElseThrow();
            assertThat(report.rxBytes()).isZero();
            assertThat(report.intervals().get(report.intervals().size() - 1).remoteCpu())
                    .isEqualTo(42);
        }
    }

    @Test
    void whatTheServerSaysItReceivedInASecondIsReportedWithThatSecond() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(new byte[10_000]);
            client.readFor(SECOND);
            client.send("07 80 00 00 01 00 00 00 40 42 0f 00");
            client.readFor(SECOND.minusMillis(100));
            client.send("07 80 00 00 02 00 00 00 20 a1 07 00");
            client.drain();
        }))) {
            TestReport report = Loopback.run(Loopback.client(server.port())
                    .direction(Direction.BOTH)
                    .localTxSpeed(8_000_000)
                    .interval(Duration.ofSeconds(1))
                    // half a second more, in which a busy machine still sends the second status
                    .duration(Duration.ofMillis(2_500)));
            assertThat(report.arrivedBytes()).isEqualTo(1_500_000);
            List<IntervalReport> seconds = report.intervals();
            assertThat(seconds).hasSize(3);
            // one that was cut late on a busy machine has its share of the next one's bytes
            assertThat(seconds.get(0).remoteRxBytes())
                    .isGreaterThan(seconds.get(1).remoteRxBytes());
            assertThat(seconds.get(1).remoteRxBytes()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"08 80 00 00 01 00 00 00 00 00 00 00, byte 0 is 08", "00 00 00 00 00 00 00 00 00 00 00 00, byte 0 is 00"
    })
    void aNonsenseStatusInATransmitTestIsNamed(String status, String message) throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(status);
            client.drain();
        }))) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).direction(Direction.TRANSMIT).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL);
            assertThat(failure).hasMessageContaining("status").hasMessageContaining(message);
            assertThat(failure.report()).isPresent();
        }
    }

    /** What no buffer holds has arrived; btest-rs reports zeros with several connections. */
    @Test
    void aServerThatTakesEverythingAndReportsZerosIsNotBelieved() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.read(40 << 20);
            client.send("07 aa 00 00 01 00 00 00 00 00 00 00");
            client.close();
        }))) {
            TestReport report = Loopback.failure(Loopback.client(server.port())
                            .direction(Direction.TRANSMIT)
                            .duration(HOUR))
                    .report()
                    .orElseThrow();
            assertThat(report.averageArrivedBitsPerSecond()).isEmpty();
            assertThat(report.averageDeliveredBitsPerSecond()).isPositive();
        }
    }

    /** RouterOS 7 has other bytes than zero there. */
    @Test
    void bytesTwoAndThreeOfAStatusMeanNothing() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send("07 80 07 be 01 00 00 00 40 42 0f 00" + "07 aa 00 00 02 00 00 00 40 42 0f 00");
            client.drain();
        }))) {
            TestReport report = Loopback.run(
                    Loopback.client(server.port()).direction(Direction.TRANSMIT).localTxSpeed(1_000_000));
            assertThat(report.intervals().get(report.intervals().size() - 1).remoteCpu())
                    .isEqualTo(42);
            assertThat(report.arrivedBytes()).isEqualTo(2_000_000);
        }
    }

    /** The client's own half is still used when the server's ends, so that all that was sent is counted. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void statusesBetweenTheBlocksAreFoundAndCountedAsTheBytesTheyAre(boolean dataLikeAStatus) throws Exception {
        byte[] block = new byte[1400];
        if (dataLikeAStatus) {
            block[0] = 7;
            block[4] = 1;
        }
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            for (int i = 1; i <= 30; i++) {
                client.send(block);
                client.send(new Status(i, i, 1000L * i).encode());
            }
            client.send(block);
            client.socket().shutdownOutput();
            client.drain();
        }))) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).direction(Direction.BOTH).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
            TestReport report = failure.report().orElseThrow();
            assertThat(report.rxBytes()).isEqualTo(31L * 1400 + 30 * 12);
            assertThat(report.intervals().get(report.intervals().size() - 1).remoteCpu())
                    .isEqualTo(30);
        }
    }

    @Test
    void theClientSendsNoStatuses() throws Exception {
        AtomicLong received = new AtomicLong(-1);
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.afterOk(client -> {
            client.send(new byte[100]);
            received.set(client.drain());
        }))) {
            Loopback.run(
                    Loopback.client(server.port()).direction(Direction.RECEIVE).duration(Duration.ofMillis(1200)));
        }
        assertThat(received).hasValue(0);
    }
}
