package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.TestReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers that cannot be connected, and what is tried next. Linux refuses a TCP connection to a group or without a zone
 * by itself, so that nothing leaves this machine; it says so by different exceptions, as it does for what routers and
 * firewalls say.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
@EnabledOnOs(value = OS.LINUX, disabledReason = "other systems may send what Linux refuses by itself")
class UnreachableTest {
    private static final String GROUP = "224.0.0.1";

    private static HostNames dual(String... addresses) {
        return new HostNames(host -> {
            InetAddress[] all = new InetAddress[addresses.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = InetAddress.getByName(addresses[i]);
            }
            return all;
        });
    }

    private static int closedPort() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return closed.getLocalPort();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GROUP, "ff02::1", "fe80::1"})
    void whatNoWayLeadsToIsUnreachable(String address) {
        BtestException failure = Loopback.failure(Loopback.client(2000).server(address));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNREACHABLE);
    }

    @Test
    void aLinkLocalAddressNeedsItsInterface() {
        AddressesTest.assumeIpv6();
        assertThat(Loopback.failure(Loopback.client(2000).server(GROUP)))
                .hasMessageContaining("cannot be reached from here")
                .hasMessageContaining("check address, route");
        assertThat(Loopback.failure(Loopback.client(2000).server("fe80::1"))).hasMessageContaining("%eth0");
    }

    @ParameterizedTest
    @ValueSource(strings = {GROUP, "ff02::1", "fe80::1", "127.0.0.3"})
    void theNextAddressOfTheNameIsTried(String first) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            TestReport report =
                    Loopback.runUntilData(Loopback.client(server).server("dual.example"), dual(first, "127.0.0.1"));
            assertThat(report.peer()).isEqualTo(server.address());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theAddressThatAnsweredTellsWhatIsWrong(boolean first) throws Exception {
        int port = closedPort();
        BtestException failure = Loopback.failure(() -> new BandwidthClient(
                        Loopback.client(port).server("dual.example").build(),
                        first ? dual("127.0.0.1", GROUP) : dual(GROUP, "127.0.0.1"),
                        NanoClock.SYSTEM)
                .run(Loopback.NOBODY));
        assertThat(failure.kind()).isEqualTo(ErrorKind.CONNECT_REFUSED);
        assertThat(failure)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("none of the 2 addresses of dual.example");
    }

    @Test
    @SuppressWarnings("try")
    void aFurtherConnectionThatIsRefusedIsNamed() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<TestReport> test = Loopback.inBackground(
                    new BandwidthClient(Loopback.client(listener.getLocalPort())
                            .connectionCount(3)
                            .build()),
                    Loopback.NOBODY);
            try (Peer client = new Peer(listener.accept(), false)) {
                client.send(Peer.HELLO);
                client.read(16);
                listener.close();
                client.send("01 12 34 00");
                BtestException failure = Loopback.failure(test);
                assertThat(failure.kind()).isEqualTo(ErrorKind.CONNECT_REFUSED);
                assertThat(failure).hasMessageContaining("2 other connections");
            }
        }
    }
}
