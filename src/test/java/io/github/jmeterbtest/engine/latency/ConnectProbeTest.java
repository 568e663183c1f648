package io.github.jmeterbtest.engine.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.platform.NanoClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class ConnectProbeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static ConnectProbe probe(int port) {
        return new ConnectProbe(NanoClock.SYSTEM, new InetSocketAddress(LOOPBACK, port), null, 0);
    }

    @Test
    void aConnectionIsAnAnswerAndIsResetAtOnce() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, LOOPBACK);
                ConnectProbe probe = probe(listener.getLocalPort())) {
            assertThat(probe.nanos()).isPositive();
            try (Socket accepted = listener.accept()) {
                assertThatThrownBy(() -> accepted.getInputStream().read())
                        .isInstanceOf(SocketException.class)
                        .hasMessageContaining("reset");
            }
        }
    }

    @Test
    void aRefusalIsAnAnswer() throws IOException {
        int free;
        try (ServerSocket listener = new ServerSocket(0, 1, LOOPBACK)) {
            free = listener.getLocalPort();
        }
        try (ConnectProbe probe = probe(free)) {
            assertThat(probe.nanos()).isPositive();
        }
    }

    @Test
    void afterTheEndNothingIsSent() {
        ConnectProbe probe = probe(1);
        probe.close();
        assertThatThrownBy(probe::nanos).isInstanceOf(IOException.class);
    }

    @Test
    void anAddressOfTheOtherFamilyCannotBeProbedFrom() throws IOException {
        try (ConnectProbe probe = new ConnectProbe(
                NanoClock.SYSTEM, new InetSocketAddress(LOOPBACK, 1), InetAddress.getByName("::1"), 0)) {
            assertThatThrownBy(probe::nanos)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("from 0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void anAddressThatIsNotOursCannotBeProbedFrom() throws IOException {
        try (ConnectProbe probe = new ConnectProbe(
                NanoClock.SYSTEM, new InetSocketAddress(LOOPBACK, 1), InetAddress.getByName("192.0.2.1"), 0)) {
            assertThatThrownBy(probe::nanos).isInstanceOf(IOException.class);
        }
    }
}
