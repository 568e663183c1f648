package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of test, our client with our server. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class LoopbackTest {

    private static final long MEGABIT = 1_000_000;
    private static final long CAP = 40 * MEGABIT;
    private static final long PLENTY = 16 << 20;
    /**
     * On each connection one write can be under way when the sending ends. A busy machine can lose more, but add none.
     */
    private static final long LAST_WRITE = 32 << 10;

    /** Before Java has loaded all classes, a test of a second can be over without data on a busy machine. */
    @BeforeAll
    static void warmUp() throws Exception {
        for (Protocol protocol : Protocol.values()) {
            try (BandwidthServer server =
                    BandwidthServer.start(Loopback.server().build())) {
                Loopback.runUntilData(Loopback.client(server).protocol(protocol));
            }
        }
    }

    static Stream<Arguments> everyTest() {
        List<Arguments> tests = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            for (Direction direction : Direction.values()) {
                for (Authentication login : List.of(Authentication.NONE, Authentication.MD5, Authentication.EC_SRP5)) {
                    tests.add(Arguments.of(protocol, direction, login));
                }
            }
        }
        return tests.stream();
    }

    @ParameterizedTest
    @MethodSource("everyTest")
    void bothEndsReportTheSameTest(Protocol protocol, Direction direction, Authentication login) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(login)
                .credentials(Loopback.ADMIN)
                .build())) {
            List<IntervalReport> heard = new ArrayList<>();
            TestReport client = new BandwidthClient(Loopback.client(server)
                            .protocol(protocol)
                            .direction(direction)
                            .localTxSpeed(CAP)
                            .remoteTxSpeed(CAP)
                            .credentials(Loopback.ADMIN)
                            .build())
                    .run(heard::add);
            ServerSession session = Loopback.session(server);
            TestReport served = session.follow(Loopback.NOBODY);

            assertIntervals(client, heard);
            assertBytes(client, direction.clientReceives(), direction.clientTransmits());
            assertBytes(served, direction.clientTransmits(), direction.clientReceives());
            assertNoneIsReceivedThatWasNotSent(served, client);
            assertNoneIsReceivedThatWasNotSent(client, served);
            assertSame(client, served, login);
            assertThat(session.user()).isEqualTo(served.user());
            assertThat(session.peer()).isEqualTo(client.local());
            assertThat(session.command()).isEqualTo(client.command());
        }
    }

    private static void assertIntervals(TestReport report, List<IntervalReport> heard) {
        assertThat(report.intervals()).isEqualTo(heard).hasSizeBetween(1, 10);
        long end = 0;
        for (IntervalReport interval : heard) {
            assertThat(interval.startNanos()).isEqualTo(end);
            assertThat(interval.lengthNanos()).isPositive();
            end += interval.lengthNanos();
        }
        assertThat(end)
                .isGreaterThanOrEqualTo(Loopback.DURATION_WITH_OUR_SERVER.toNanos())
                .isEqualTo(report.transferNanos());
        assertThat(heard).extracting(IntervalReport::index).isSorted().doesNotHaveDuplicates();
        assertThat(report.rxBytes())
                .isEqualTo(heard.stream().mapToLong(IntervalReport::rxBytes).sum());
        assertThat(report.txBytes())
                .isEqualTo(heard.stream().mapToLong(IntervalReport::txBytes).sum());
    }

    private static void assertBytes(TestReport report, boolean receives, boolean transmits) {
        assertThat(report.receives()).isEqualTo(receives);
        assertThat(report.transmits()).isEqualTo(transmits);
        assertThat(report.rxBytes() > 0).isEqualTo(receives);
        assertThat(report.txBytes() > 0).isEqualTo(transmits);
        boolean udp = report.protocol() == Protocol.UDP;
        assertThat(report.sum(IntervalReport::rxPackets) > 0).isEqualTo(udp && receives);
        assertThat(report.sum(IntervalReport::txPackets) > 0).isEqualTo(udp && transmits);
        // bytes and packets are not read at one and the same moment, but each datagram counts as a whole
        assertThat(udp ? (report.rxBytes() + report.txBytes()) % 1500 : 0).isZero();
        assertThat(report.firstPayloadNanos()).isGreaterThanOrEqualTo(report.handshakeNanos());
    }

    private static void assertNoneIsReceivedThatWasNotSent(TestReport sender, TestReport receiver) {
        long lastWrites = sender.connections() * LAST_WRITE;
        assertThat(receiver.rxBytes()).isLessThanOrEqualTo(sender.txBytes() + lastWrites);
    }

    private static void assertSame(TestReport client, TestReport served, Authentication login) {
        assertThat(served.command()).isEqualTo(client.command());
        assertThat(List.of(client.authentication(), served.authentication())).containsOnly(login);
        assertThat(List.of(client.user(), served.user())).containsOnly(login == Authentication.NONE ? "" : "admin");
        assertThat(served.local()).isEqualTo(client.peer());
        assertThat(served.peer()).isEqualTo(client.local());
        assertThat(served.localUdpPort()).isEqualTo(client.remoteUdpPort());
        assertThat(served.remoteUdpPort()).isEqualTo(client.localUdpPort());
        boolean udp = client.protocol() == Protocol.UDP;
        assertThat(client.localUdpPort()).isEqualTo(udp ? client.remoteUdpPort() + 256 : 0);
        assertThat(client.handshakeNanos()).isGreaterThan(client.connectNanos());
        assertThat(client.connectNanos()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void withoutACapThereIsNone(Protocol protocol) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client = new BandwidthClient(Loopback.client(server)
                    .protocol(protocol)
                    .direction(Direction.BOTH)
                    .randomData(true)
                    .duration(Duration.ofHours(1))
                    .build());
            long[] moved = {0, 0};
            // more than any default would let through until this test's time is up
            BtestException end = Loopback.failure(() -> client.run(interval -> {
                moved[0] += interval.rxBytes();
                moved[1] += interval.txBytes();
                if (Math.min(moved[0], moved[1]) > PLENTY) {
                    client.stop();
                }
            }));
            assertThat(end.kind()).isEqualTo(ErrorKind.STOPPED);
        }
    }

    /** The peer counts whole seconds; the last interval of such a test is none. */
    @ParameterizedTest
    @CsvSource({"TCP, 1800, 1", "UDP, 1800, 1", "TCP, 3200, 2"})
    void whatArrivesInPartsOfSecondsIsDividedByThoseThatWereReported(Protocol protocol, long millis, long interval)
            throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            TestReport report = Loopback.run(Loopback.client(server)
                    .protocol(protocol)
                    .direction(Direction.TRANSMIT)
                    .localTxSpeed(8_000_000)
                    .duration(Duration.ofMillis(millis))
                    .interval(Duration.ofSeconds(interval)));
            assertThat(report.arrivedBytes()).isPositive().isLessThanOrEqualTo(report.txBytes() + LAST_WRITE);
            double seconds = 8.0
                    * report.arrivedBytes()
                    / report.averageArrivedBitsPerSecond().orElseThrow();
            // of those that it reported on: one without the last part, or all of it if the test ended late. The average
            // is
            // never above that of what was sent, while the bytes can include a last write that was not counted.
            double excess = Math.max(1, (double) report.arrivedBytes() / report.txBytes());
            double rounding = 1e-6;
            assertThat(seconds).isBetween(0.99, excess * report.transferNanos() / 1e9 + rounding);
            assertThat(report.minimum(IntervalReport::arrivedBitsPerSecond)).isPositive();
        }
    }

    /**
     * A busy machine can make a sender miss some of its rate, but never exceed it; that of the other direction is far.
     */
    @ParameterizedTest
    @CsvSource({
        "TCP, 1, false, 4, 16",
        "TCP, 4, true, 16, 4",
        "UDP, 1, false, 16, 4",
        "UDP, 1, true, 4, 16",
        "UDP, 4, true, 4, 16"
    })
    void eachDirectionHoldsItsOwnCap(
            Protocol protocol, int connections, boolean random, int localMegabits, int remoteMegabits)
            throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            TestReport report = Loopback.run(Loopback.client(server)
                    .protocol(protocol)
                    .direction(Direction.BOTH)
                    .connectionCount(connections)
                    .randomData(random)
                    .localUdpTxSize(500)
                    .remoteUdpTxSize(500)
                    .localTxSpeed(localMegabits * MEGABIT)
                    .remoteTxSpeed(remoteMegabits * MEGABIT));
            TestReport served = Loopback.session(server).follow(Loopback.NOBODY);
            assertThat(report.averageTxBitsPerSecond()).isBetween(1.0, 2.0 * localMegabits * MEGABIT);
            assertThat(served.averageTxBitsPerSecond()).isBetween(1.0, 2.0 * remoteMegabits * MEGABIT);
        }
    }

    @ParameterizedTest
    @CsvSource({"TCP, RECEIVE", "TCP, TRANSMIT", "TCP, BOTH", "UDP, RECEIVE", "UDP, TRANSMIT", "UDP, BOTH"})
    void fourConnectionsCarryOneTest(Protocol protocol, Direction direction) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(Authentication.EC_SRP5)
                .credentials(Loopback.ADMIN)
                .build())) {
            TestReport client = Loopback.run(Loopback.client(server)
                    .protocol(protocol)
                    .direction(direction)
                    .connectionCount(4)
                    .localTxSpeed(CAP)
                    .remoteTxSpeed(CAP)
                    .credentials(Loopback.ADMIN));
            TestReport served = Loopback.session(server).follow(Loopback.NOBODY);
            assertThat(client.connections()).isEqualTo(served.connections()).isEqualTo(4);
            assertBytes(client, direction.clientReceives(), direction.clientTransmits());
            assertBytes(served, direction.clientTransmits(), direction.clientReceives());
            assertNoneIsReceivedThatWasNotSent(served, client);
            assertNoneIsReceivedThatWasNotSent(client, served);
        }
    }

    @ParameterizedTest
    @CsvSource({"28, 64000", "64000, 28", "1400, 9000"})
    void eachDirectionOfAUdpTestHasItsOwnPacketSize(int local, int remote) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            TestReport report = Loopback.run(Loopback.client(server)
                    .protocol(Protocol.UDP)
                    .direction(Direction.BOTH)
                    .localUdpTxSize(local)
                    .remoteUdpTxSize(remote)
                    .localTxSpeed(20_000_000)
                    .remoteTxSpeed(20_000_000));
            // beneath 32 bytes there is no room for the sequence number
            assertThat(report.txBytes()).isPositive();
            assertThat(report.txBytes() % Math.max(32, local)).isZero();
            assertThat(report.rxBytes()).isPositive();
            assertThat(report.rxBytes() % Math.max(32, remote)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, admin, wrong",
        "MD5, nobody, s3cr3t",
        "EC_SRP5, admin, wrong",
        "EC_SRP5, nobody, s3cr3t",
        "MD5, admin, ''"
    })
    void aWrongUserOrPasswordIsToldWithoutThePassword(Authentication login, String user, String password)
            throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(login)
                .credentials(new Credentials("admin", "s3cr3t"))
                .build())) {
            BtestException failure =
                    Loopback.failure(Loopback.client(server).credentials(new Credentials(user, password)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
            assertThat(failure)
                    .hasMessageContaining(login.word())
                    .hasMessageContaining("\"" + user + "\"")
                    .hasMessageNotContaining("s3cr3t")
                    .hasMessageNotContaining("wrong");
            assertThat(server.awaitSession(Duration.ZERO, any -> true)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "MD5", "EC_SRP5"})
    void thePinnedLoginIsUsed(Authentication login) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server()
                .authentication(login)
                .credentials(Loopback.ADMIN)
                .build())) {
            assertThat(Loopback.run(Loopback.client(server)
                                    .authentication(login)
                                    .credentials(Loopback.ADMIN))
                            .authentication())
                    .isEqualTo(login);
        }
    }
}
