package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Several addresses on one machine, and IPv6. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class AddressesTest {

    @ParameterizedTest
    @EnumSource
    @NeedsLoopbackNetwork
    void twoUdpTestsAtOnceToServersThatNameTheSamePortDoNotMeet(Direction direction) throws Exception {
        int port = Ports.freeUdp(1, "127.0.0.1", "127.0.0.2", "127.0.0.3");
        try (BandwidthServer two = server("127.0.0.2", port);
                BandwidthServer three = server("127.0.0.3", port)) {
            // neither ends before both run
            CyclicBarrier together = new CyclicBarrier(2);
            CompletableFuture<TestReport> slow = start(two, direction, 2_000_000, together);
            CompletableFuture<TestReport> fast = start(three, direction, 20_000_000, together);
            TestReport slowReport = slow.get(20, TimeUnit.SECONDS);
            TestReport fastReport = fast.get(20, TimeUnit.SECONDS);
            assertThat(slowReport.remoteUdpPort())
                    .isEqualTo(fastReport.remoteUdpPort())
                    .isEqualTo(port);
            assertThat(slowReport.local().getAddress())
                    .isEqualTo(fastReport.local().getAddress());
            assertOnlyItsOwn(slowReport, Loopback.session(two).follow(Loopback.NOBODY), direction);
            assertOnlyItsOwn(fastReport, Loopback.session(three).follow(Loopback.NOBODY), direction);
        }
    }

    private static BandwidthServer server(String address, int udpPort) throws BtestException {
        return BandwidthServer.start(Loopback.server()
                .bindAddress(address)
                .udpPortsFrom(udpPort)
                .udpPortCount(1)
                .build());
    }

    private static CompletableFuture<TestReport> start(
            BandwidthServer server, Direction direction, long speed, CyclicBarrier together) throws BtestException {
        Consumer<IntervalReport> meet = interval -> {
            if (interval.index() == 0) {
                try {
                    together.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        return Loopback.inBackground(
                new BandwidthClient(Loopback.client(server)
                        .protocol(Protocol.UDP)
                        .direction(direction)
                        .localAddress("127.0.0.1")
                        .localTxSpeed(speed)
                        .remoteTxSpeed(speed)
                        .localUdpTxSize(500)
                        .remoteUdpTxSize(500)
                        .duration(Duration.ofMillis(500))
                        .build()),
                meet);
    }

    private static void assertOnlyItsOwn(TestReport client, TestReport served, Direction direction) {
        if (direction.clientReceives()) {
            assertOnlyItsOwn(served, client);
        }
        if (direction.clientTransmits()) {
            assertOnlyItsOwn(client, served);
        }
    }

    /** Datagrams of the other test would be more than were sent in this one, or come in another order. */
    private static void assertOnlyItsOwn(TestReport sender, TestReport receiver) {
        // one can be under way when the sending ends
        assertThat(receiver.sum(IntervalReport::rxPackets) + receiver.lostPackets())
                .isPositive()
                .isLessThanOrEqualTo(sender.sum(IntervalReport::txPackets) + 1);
        assertThat(receiver.sum(IntervalReport::reorderedPackets)).isZero();
        assertThat(receiver.sum(IntervalReport::duplicatePackets)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"TCP, RECEIVE", "TCP, TRANSMIT", "TCP, BOTH", "UDP, RECEIVE", "UDP, TRANSMIT", "UDP, BOTH"})
    void ipv6CarriesEveryTest(Protocol protocol, Direction direction) throws Exception {
        assumeIpv6();
        try (BandwidthServer server =
                BandwidthServer.start(Loopback.server().bindAddress("::1").build())) {
            TestReport client = Loopback.run(Loopback.client(server)
                    .server("::1")
                    .protocol(protocol)
                    .direction(direction)
                    .localTxSpeed(20_000_000)
                    .remoteTxSpeed(20_000_000));
            TestReport served = Loopback.session(server).follow(Loopback.NOBODY);
            assertThat(client.peer().getAddress()).isEqualTo(InetAddress.getByName("::1"));
            assertThat(client.rxBytes() > 0).isEqualTo(direction.clientReceives());
            assertThat(served.rxBytes() > 0).isEqualTo(direction.clientTransmits());
            if (protocol == Protocol.UDP) {
                assertThat(client.rxBytes() % 1500).isZero();
                assertThat(served.rxBytes() % 1500).isZero();
            }
        }
    }

    /** An IPv6 header is 40 bytes, so that the smallest packet with a sequence number has 52. */
    @Test
    void theSmallestUdpPacketOfIpv6IsCountedWithItsLongerHeader() throws Exception {
        assumeIpv6();
        try (BandwidthServer server =
                BandwidthServer.start(Loopback.server().bindAddress("::1").build())) {
            TestReport report = Loopback.run(Loopback.client(server)
                    .server("::1")
                    .protocol(Protocol.UDP)
                    .remoteUdpTxSize(28)
                    .remoteTxSpeed(1_000_000));
            assertThat(report.rxBytes()).isPositive();
            assertThat(report.rxBytes() % 52).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, TCP", "127.0.0.1, UDP", "127.0.0.7, UDP", "::1, TCP", "::1, UDP"})
    void aServerOnAllAddressesAnswersFromTheOneThatWasAsked(String address, Protocol protocol) throws Exception {
        assumeIpv6();
        assumeFalse(address.equals("127.0.0.7") && OS.MAC.isCurrentOs(), "macOS lacks this address");
        try (BandwidthServer server =
                BandwidthServer.start(Loopback.server().bindAddress("::").build())) {
            TestReport report = Loopback.run(Loopback.client(server)
                    .server(address)
                    .protocol(protocol)
                    .direction(Direction.BOTH)
                    .remoteTxSpeed(10_000_000)
                    .localTxSpeed(10_000_000));
            assertThat(report.rxBytes()).isPositive();
            assertThat(Loopback.session(server).follow(Loopback.NOBODY).rxBytes())
                    .isPositive();
        }
    }

    /** localhost may stand for ::1 and 127.0.0.1, where only one of them has a server. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void allAddressesOfANameAreTried(String address) throws Exception {
        assumeTrue(InetAddress.getAllByName("localhost").length > 1, "localhost has one address only");
        assumeIpv6();
        try (BandwidthServer server =
                BandwidthServer.start(Loopback.server().bindAddress(address).build())) {
            TestReport report = Loopback.run(Loopback.client(server).server("localhost"));
            assertThat(report.peer().getAddress()).isEqualTo(InetAddress.getByName(address));
        }
    }

    @Test
    @NeedsLoopbackNetwork
    void theLocalAddressIsUsedForTheTestAndItsDatagrams() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            TestReport client = Loopback.run(Loopback.client(server)
                    .localAddress("127.0.0.5")
                    .protocol(Protocol.UDP)
                    .direction(Direction.BOTH)
                    .localTxSpeed(10_000_000)
                    .remoteTxSpeed(10_000_000));
            assertThat(client.local().getAddress().getHostAddress()).isEqualTo("127.0.0.5");
            assertThat(client.rxBytes()).isPositive();
            assertThat(Loopback.session(server).follow(Loopback.NOBODY).rxBytes())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, is not an address of this machine",
        "::1, are not both IPv4 or both IPv6",
        "no such host, is not a known host name or address"
    })
    void aLocalAddressThatCannotBeUsedIsNamed(String address, String message) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BtestException failure = Loopback.failure(Loopback.client(server).localAddress(address));
            assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_OPTION);
            assertThat(failure).hasMessageContaining(address).hasMessageContaining(message);
        }
    }

    static void assumeIpv6() {
        try {
            new ServerSocket(0, 1, InetAddress.getByName("::1")).close();
        } catch (IOException e) {
            assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
        }
    }
}
