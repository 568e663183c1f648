package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

/** What a report says of the congestion control, and that a client can choose it. */
@EnabledOnOs(OS.LINUX)
@Timeout(30)
class CongestionControlTest {
    private BandwidthServer server;

    @BeforeEach
    void startServer() throws BtestException {
        server = BandwidthServer.start(Loopback.server().build());
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    private static String ofSystem() throws Exception {
        return Files.readString(Path.of("/proc/sys/net/ipv4/tcp_congestion_control"))
                .trim();
    }

    private ClientOptionsBuilder upload(Protocol protocol) {
        return Loopback.client(server)
                .protocol(protocol)
                .direction(Direction.TRANSMIT)
                .connectionCount(2)
                .localTxSpeed(8_000_000);
    }

    @Test
    void aTcpTestNamesThatOfTheSystemAndAUdpTestNone() throws Exception {
        assertThat(Loopback.run(upload(Protocol.TCP)).congestionControl()).isEqualTo(ofSystem());
        assertThat(Loopback.run(upload(Protocol.UDP)).congestionControl()).isEmpty();
    }

    @Test
    @EnabledIf(
            value = "io.github.jmeterbtest.engine.platform.Batching#enabled",
            disabledReason = "system calls need Linux and Java 22")
    void aClientHasTheOneThatItChooses() throws Exception {
        TestReport report = Loopback.run(upload(Protocol.TCP).congestionControl("reno"));
        assertThat(report.congestionControl()).isEqualTo("reno");
        assertThat(Loopback.session(server).follow(Loopback.NOBODY).congestionControl())
                .as("an end that only receives")
                .isEmpty();
    }

    @Test
    @EnabledIf(
            value = "io.github.jmeterbtest.engine.platform.Batching#enabled",
            disabledReason = "system calls need Linux and Java 22")
    void oneThatTheSystemDoesNotHaveIsNamedBeforeAnythingIsConnected() {
        BtestException failure = Loopback.failure(upload(Protocol.TCP).congestionControl("nosuch"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_OPTION);
        assertThat(failure)
                .hasMessageStartingWith("congestion control is \"nosuch\", which is not available; this system has ")
                .hasMessageContaining("reno");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_21)
    void anOlderJavaRefusesToChoose() {
        BtestException failure = Loopback.failure(upload(Protocol.TCP).congestionControl("reno"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_OPTION);
        assertThat(failure)
                .hasMessageStartingWith(
                        "congestion control is \"reno\", which cannot be set by this Java on this system");
    }
}
