package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client in TCP tests over several connections with servers that do as they like. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class ScriptedJoinsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    /** Each connection's share arrives in full: nothing is cut off at the end, as the client has nothing unread. */
    @ParameterizedTest
    @ValueSource(strings = {"", "01 ab cd 00"})
    void furtherConnectionsJoinWithTheTokenWhetherOrNotTheServerAcknowledges(String acknowledgement) throws Exception {
        ScriptedServer.Script first = client -> {
            client.send(Peer.HELLO);
            client.expect("01 02 01 04 00 80 00 00 00 00 00 00 00 00 00 00");
            client.send("01 ab cd 00");
            client.send(new byte[1000]);
            client.expectEnd();
        };
        ScriptedServer.Script joined = client -> {
            client.send(Peer.HELLO);
            client.expect("ab cd 02 00 00 00 00 00 00 00 00 00 00 00 00 00");
            client.send(acknowledgement);
            client.send(new byte[1000]);
            client.expectEnd();
        };
        try (ScriptedServer server = new ScriptedServer(first, joined, joined, joined)) {
            TestReport report = runUntilReceived(Loopback.client(server.port()).connectionCount(4), 4000);
            assertThat(report.connections()).isEqualTo(4);
            assertThat(report.rxBytes()).isEqualTo(4000);
        }
    }

    @Test
    void aZeroTokenGrantsOneConnectionOnly() throws Exception {
        try (ScriptedServer server = new ScriptedServer(client -> {
            client.send(Peer.HELLO);
            client.expect("01 02 01 04 00 80 00 00 00 00 00 00 00 00 00 00");
            client.send(Peer.OK);
            client.send(new byte[1000]);
            client.expectEnd();
        })) {
            TestReport report = Loopback.run(Loopback.client(server.port()).connectionCount(4));
            assertThat(report.connections()).isEqualTo(1);
            assertThat(report.rxBytes()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP, PROTOCOL", "'', PEER_LOST"})
    void aFurtherConnectionWithoutAHelloIsAnError(String greeting, ErrorKind kind) throws Exception {
        ScriptedServer.Script first = client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send("01 00 01 00");
            client.expectNothingMore();
        };
        try (ScriptedServer server =
                new ScriptedServer(first, client -> client.send(greeting.getBytes(StandardCharsets.US_ASCII)))) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server.port()).connectionCount(2));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining("HELLO");
        }
    }

    @Test
    void whenOneOfSeveralConnectionsClosesTheTestIsOver() throws Exception {
        ScriptedServer.Script first = client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send("01 00 01 00");
            client.send(new byte[500]);
            client.drain();
        };
        ScriptedServer.Script joined = client -> {
            client.send(Peer.HELLO);
            client.read(16);
        };
        try (ScriptedServer server = new ScriptedServer(first, joined)) {
            BtestException failure = Loopback.failure(
                    Loopback.client(server.port()).connectionCount(2).duration(HOUR));
            assertThat(failure.kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    /** The answers to the joins are no data. */
    @ParameterizedTest
    @EnumSource(names = {"RECEIVE", "BOTH"})
    void aServerThatAnswersTheJoinsAndSendsNothingIsNoSuccess(Direction direction) throws Exception {
        ScriptedServer.Script mute = client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send("01 ab cd 00");
            client.drain();
        };
        try (ScriptedServer server = new ScriptedServer(mute, mute, mute, mute)) {
            BtestException failure = Loopback.failure(Loopback.client(server.port())
                    .connectionCount(4)
                    .direction(direction)
                    .localTxSpeed(1_000_000));
            assertThat(failure.kind()).isEqualTo(ErrorKind.NO_DATA);
            assertThat(failure.report().orElseThrow().rxBytes()).isZero();
        }
    }

    /** btest-rs and jof/btest-rs report so; RouterOS reports the total on the first one. */
    @Test
    void reportsOnEachConnectionAreSummed() throws Exception {
        ScriptedServer.Script reporting = client -> {
            client.send(Peer.HELLO);
            client.read(16);
            client.send("01 ab cd 00");
            client.readFor(Duration.ofMillis(800));
            client.send("07 80 00 00 01 00 00 00 80 a9 03 00");
            client.drain();
        };
        try (ScriptedServer server = new ScriptedServer(reporting, reporting, reporting, reporting)) {
            TestReport report = Loopback.run(Loopback.client(server.port())
                    .connectionCount(4)
                    .direction(Direction.TRANSMIT)
                    .localTxSpeed(8_000_000)
                    .interval(Duration.ofSeconds(1))
                    .duration(Duration.ofSeconds(1)));
            assertThat(report.arrivedBytes()).isEqualTo(960_000);
        }
    }

    @Test
    void randomDataIsAskedForAndSentWithoutTwoConnectionsBeingAlike() throws Exception {
        byte[][] heard = new byte[2][];
        try (ScriptedServer server = new ScriptedServer(
                client -> {
                    client.send(Peer.HELLO);
                    client.expect("01 01 00 02 00 80 00 00 00 00 00 00 00 00 00 00");
                    client.send("01 00 01 00");
                    heard[0] = client.read(100_000);
                    client.drain();
                },
                client -> {
                    client.send(Peer.HELLO);
                    client.read(16);
                    heard[1] = client.read(100_000);
                    client.drain();
                })) {
            Loopback.run(Loopback.client(server.port())
                    .direction(Direction.TRANSMIT)
                    .connectionCount(2)
                    .randomData(true));
        }
        assertThat(heard[0]).isNotEqualTo(heard[1]);
        assertThat(Stream.of(heard).mapToLong(Compression::compressed)).allMatch(length -> length > 99_000);
    }

    private static TestReport runUntilReceived(ClientOptionsBuilder options, long bytes) throws BtestException {
        BandwidthClient client = new BandwidthClient(options.duration(HOUR).build());
        AtomicLong received = new AtomicLong();
        CompletableFuture<TestReport> test = Loopback.inBackground(client, interval -> {
            if (received.addAndGet(interval.rxBytes()) >= bytes) {
                client.stop();
            }
        });
        BtestException end = Loopback.failure(test);
        assertThat(end.kind()).isEqualTo(ErrorKind.STOPPED);
        return end.report().orElseThrow();
    }
}
