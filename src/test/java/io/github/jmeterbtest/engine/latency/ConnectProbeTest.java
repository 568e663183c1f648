package io.github.jmeterbtest.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.harness.FullListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@Timeout(30)
class ConnectProbeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static ConnectProbe probe(int port) {
        return new ConnectProbe(NanoClock.SYSTEM, new InetSocketAddress(LOOPBACK, port), null, 0);
    }

    @Test
    void aConnectionIsAnAnswerAndIsResetAtOnce() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, LOOPBACK);
                ConnectProbe probe = probe(listener.getLocalPort())) {
            assertThat(probe.ask().nanos()).isPositive();
            try (Socket accepted = listener.accept()) {
                assertThatThrownBy(() -> accepted.getInputStream().read())
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }
    }

    /** The system drops the first packet, since the listener has connections enough that nobody accepts. */
    @Test
    @EnabledIf(
            value = "io.github.jmeterbtest.engine.platform.Batching#enabled",
            disabledReason = "system calls need Linux and Java 22")
    void theSystemTellsHowLongARepeatedPacketTook() throws Exception {
        assumeThat(Path.of("/proc/sys/net/ipv4/tcp_timestamps"))
                .as("timestamps of TCP")
                .content()
                .isNotEqualToIgnoringWhitespace("0");
        try (FullListener full = new FullListener();
                ConnectProbe probe =
                        new ConnectProbe(NanoClock.SYSTEM, new InetSocketAddress("127.0.0.1", full.port()), null, 0)) {
            Future<Probe.Answer> answer = threads.submit(probe::ask);
            full.awaitPacket();
            full.empty();
            assertThat(answer.get().nanos()).isGreaterThanOrEqualTo(LateProbes.LATE_NANOS);
            assertThat(answer.get().roundTripNanos()).isBetween(1L, LateProbes.LATE_NANOS - 1);
        }
    }

    @Test
    void aRefusalIsAnAnswer() throws IOException {
        int free;
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            free = listener.getLocalPort();
        }
        try (ConnectProbe probe = probe(free)) {
            assertThat(probe.ask().nanos()).isPositive();
        }
    }

    @Test
    void afterTheEndNothingIsSent() {
        ConnectProbe probe = probe(1);
        probe.close();
        assertThatThrownBy(probe::ask).isInstanceOf(IOException.class);
    }

    @Test
    void anAddressOfTheOtherFamilyCannotBeProbedFrom() throws IOException {
        try (ConnectProbe probe = new ConnectProbe(
                NanoClock.SYSTEM, new InetSocketAddress(LOOPBACK, 1), InetAddress.getByName("::1"), 0)) {
            assertThatThrownBy(probe::ask).isInstanceOf(IOException.class).hasMessageContaining("from 0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void anAddressThatIsNotOursCannotBeProbedFrom() throws IOException {
        try (ConnectProbe probe = new ConnectProbe(
                NanoClock.SYSTEM, new InetSocketAddress(LOOPBACK, 1), InetAddress.getByName("192.0.2.1"), 0)) {
            assertThatThrownBy(probe::ask).isInstanceOf(IOException.class);
        }
    }
}
