package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Hex;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A server whose system has no descriptor or no thread left: it says so to the client, and serves those that come
 * later.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limits of a process are those of Linux")
class ScarceSystemTest {
    private static final String HTTP = "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a";
    private static final String RECEIVE = "01 02 01 00 00 80 00 00 00 00 00 00 00 00 00 00";
    private static final String RECEIVE_SLOWLY = "01 02 01 00 00 80 00 00 64 00 00 00 00 00 00 00";

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void closeSockets() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** The class path alone takes more than half of the descriptors. */
    @Test
    void withoutDescriptorsWhoHasNothingGetsTheirs() throws Exception {
        try (EngineProcess server = server("ulimit -n 300", List.of())) {
            int port = server.awaitPort();
            // here, unlike from a jar, it takes a descriptor to load a class
            assertServes(port, "127.0.0.1");
            open(port, HTTP);
            while (open(port, RECEIVE_SLOWLY)) {
                assertThat(sockets).as("connections that the server took").hasSizeLessThan(300);
            }
            assertServes(port, "127.0.0.2");
            closeSockets();
            assertServes(port, "127.0.0.1");
        }
    }

    /** With stacks so large that the address space has room for some dozens of them. */
    @Test
    void withoutThreadsATestIsRefusedOrSaysSo() throws Exception {
        try (EngineProcess server = server(
                "ulimit -v 6000000",
                List.of(
                        "-Xmx64m",
                        "-XX:ReservedCodeCacheSize=32m",
                        "-XX:+UseSerialGC",
                        "-XX:ThreadStackSize=200000"))) {
            int port = server.awaitPort();
            for (int i = 0; i < 40; i++) {
                open(port, RECEIVE);
            }
            closeSockets();
            assertThat(server.awaitFailure())
                    .contains("cannot start another thread")
                    .doesNotContain("unexpectedly");
            assertServes(port, "127.0.0.1");
        }
    }

    private static EngineProcess server(String limit, List<String> jvmOptions) throws IOException {
        return EngineProcess.start(
                command -> Stream.concat(Stream.of("sh", "-c", limit + "; exec \"$@\"", "sh"), command.stream())
                        .toList(),
                jvmOptions,
                List.of("role=server", "sessions=10000"));
    }

    /** Asks for a test, and {@return whether it is to be had}. */
    private boolean open(int port, String command) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setSoTimeout(5000);
        try {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
            socket.getInputStream().readNBytes(4);
            socket.getOutputStream().write(Hex.bytes(command));
            return Hex.text(socket.getInputStream().readNBytes(4)).equals(Peer.OK);
        } catch (SocketException e) {
            // refused, and closed before the command
            return false;
        }
    }

    private static void assertServes(int port, String source) throws BtestException {
        assertThat(Loopback.runUntilData(Loopback.client(port)
                                .localAddress(source)
                                .direction(Direction.RECEIVE)
                                .remoteTxSpeed(10_000_000))
                        .rxBytes())
                .isPositive();
    }
}
