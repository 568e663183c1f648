package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CongestionControlTest {
    private static final String WITH_SYSTEM_CALLS = "io.github.jmeterbtest.engine.platform.Batching#enabled";
    private static final String WHY = "system calls need Linux and Java 22";

    private ServerSocketChannel listener;
    private SocketChannel one;
    private SocketChannel other;

    @BeforeEach
    void connect() throws IOException {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        one = SocketChannel.open(listener.getLocalAddress());
        other = SocketChannel.open(listener.getLocalAddress());
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        other.close();
        listener.close();
    }

    private static Optional<String> of(SocketChannel connection) throws IOException {
        try (TcpInfo info = TcpInfo.of(List.of(connection))) {
            return info.congestionControl();
        }
    }

    @Test
    void aConnectionBeginsWithThatOfTheSystem() throws IOException {
        String system = Files.readString(Path.of("/proc/sys/net/ipv4/tcp_congestion_control"))
                .trim();
        assertThat(of(one)).contains(system);
        assertThat(CongestionControl.ofSystem()).contains(system);
    }

    /** Linux always has reno. */
    @Test
    @EnabledIf(value = WITH_SYSTEM_CALLS, disabledReason = WHY)
    void itIsSetForTheConnectionsThatAreNamedAndNoOthers() throws IOException {
        String before = of(other).orElseThrow();
        assertThat(CongestionControl.whyNot("reno")).isEmpty();
        assertThat(CongestionControl.set(List.of(one), "reno")).isTrue();
        assertThat(of(one)).contains("reno");
        assertThat(of(other)).contains(before);
    }

    @Test
    @EnabledIf(value = WITH_SYSTEM_CALLS, disabledReason = WHY)
    void oneThatTheSystemDoesNotHaveIsToldWhatItHas() throws IOException {
        assertThat(CongestionControl.whyNot("no-such"))
                .startsWith("is not available; this system has ")
                .contains("reno");
        assertThat(CongestionControl.set(List.of(one, other), "no-such")).isFalse();
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_21)
    void anOlderJavaSaysSo() {
        assertThat(CongestionControl.whyNot("reno"))
                .startsWith("cannot be set by this Java on this system (needs Java 22 or newer, this is ");
    }
}
