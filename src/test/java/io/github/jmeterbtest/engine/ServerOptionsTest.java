package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerOptionsTest {

    private interface Change extends UnaryOperator<ServerOptions.Builder> {}

    private static Arguments row(String message, Change change) {
        return Arguments.of(message, change);
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                row("bind address is empty; must be a host name or an IP address", b -> b.bindAddress("")),
                row("port is -1; must be 0 to 65535", b -> b.port(-1)),
                row("port is 65536; must be 0 to 65535", b -> b.port(65536)),
                row("authentication is missing", b -> b.authentication(null)),
                row(
                        "authentication is auto; must be none, md5 or ec-srp5 for a server",
                        b -> b.authentication(Authentication.AUTO)),
                row("user and password is missing", b -> b.credentials(null)),
                row("user is empty; authentication md5 requires one", b -> b.authentication(Authentication.MD5)),
                row(
                        "user is empty; authentication ec-srp5 requires one",
                        b -> b.authentication(Authentication.EC_SRP5)),
                row("EC-SRP5 secret has 31 bytes; must be 32 or none", b -> b.ecSrp5Secret(new byte[31])),
                row("allocate-udp-ports-from is 0; must be 1 to 65279", b -> b.udpPortsFrom(0)),
                row("allocate-udp-ports-from is 65280; must be 1 to 65279", b -> b.udpPortsFrom(65280)),
                row("UDP port count is 0; must be 1 to 10000", b -> b.udpPortCount(0)),
                row("UDP port count is 10001; must be 1 to 10000", b -> b.udpPortCount(10001)),
                row("max-sessions is 0; must be 1 to 10000", b -> b.maxSessions(0)),
                row("max-sessions is 10001; must be 1 to 10000", b -> b.maxSessions(10001)),
                row(
                        "handshake timeout is 19 ms; must be 20 ms to 600 s",
                        b -> b.handshakeTimeout(Duration.ofMillis(19))),
                row(
                        "handshake timeout is 601 s; must be 20 ms to 600 s",
                        b -> b.handshakeTimeout(Duration.ofSeconds(601))),
                row("maximum duration is 19 ms; must be 20 ms to 604800 s", b -> b.maxDuration(Duration.ofMillis(19))),
                row(
                        "maximum duration is 604801 s; must be 20 ms to 604800 s",
                        b -> b.maxDuration(Duration.ofSeconds(604_801))),
                row("interval is 19 ms; must be 20 ms to 5 s", b -> b.interval(Duration.ofMillis(19))),
                row("interval is 6 s; must be 20 ms to 5 s", b -> b.interval(Duration.ofSeconds(6))),
                row("assume-lost-time is 999 ms; must be 1 s to 600 s", b -> b.lostPeerTime(Duration.ofMillis(999))),
                row("assume-lost-time is missing; must be 1 s to 600 s", b -> b.lostPeerTime(null)),
                row("dscp is 64; must be 0 to 63", b -> b.dscp(64)));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void aWrongValueIsNamedWithItsFieldAndWhatWouldBeRight(String message, Change change) {
        assertThatThrownBy(() -> change.apply(ServerOptions.builder()).build())
                .isInstanceOf(BtestException.class)
                .hasMessage(message)
                .extracting(e -> ((BtestException) e).kind())
                .isEqualTo(ErrorKind.INVALID_OPTION);
    }

    @Test
    void everyValueIsKept() throws Exception {
        ServerOptions options = ServerOptions.builder()
                .bindAddress("192.0.2.1")
                .port(2100)
                .authentication(Authentication.EC_SRP5)
                .credentials(new Credentials("admin", "secret"))
                .ecSrp5Secret(new byte[32])
                .ecSrp5TorsionBlinding(true)
                .udpPortsFrom(3000)
                .udpPortCount(4)
                .maxSessions(5)
                .handshakeTimeout(Duration.ofSeconds(6))
                .maxDuration(Duration.ofSeconds(7))
                .interval(Duration.ofMillis(800))
                .lostPeerTime(Duration.ofSeconds(9))
                .dscp(8)
                .build();
        assertThat(options.bindAddress()).isEqualTo("192.0.2.1");
        assertThat(options.port()).isEqualTo(2100);
        assertThat(options.authentication()).isEqualTo(Authentication.EC_SRP5);
        assertThat(options.credentials()).isEqualTo(new Credentials("admin", "secret"));
        assertThat(options.ecSrp5Secret()).hasSize(32);
        assertThat(options.ecSrp5TorsionBlinding()).isTrue();
        assertThat(options.udpPortsFrom()).isEqualTo(3000);
        assertThat(options.udpPortCount()).isEqualTo(4);
        assertThat(options.maxSessions()).isEqualTo(5);
        assertThat(options.handshakeTimeout()).isEqualTo(Duration.ofSeconds(6));
        assertThat(options.maxDuration()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.interval()).isEqualTo(Duration.ofMillis(800));
        assertThat(options.lostPeerTime()).isEqualTo(Duration.ofSeconds(9));
        assertThat(options.dscp()).isEqualTo(8);
        assertThat(ServerOptions.builder().build().ecSrp5TorsionBlinding()).isFalse();
    }

    @Test
    void aPasswordMayBeEmpty() throws Exception {
        ServerOptions options = ServerOptions.builder()
                .authentication(Authentication.MD5)
                .credentials(new Credentials("admin", ""))
                .build();
        assertThat(options.credentials().password()).isEmpty();
    }

    @Test
    void theSecretCannotBeChangedFromOutside() throws Exception {
        byte[] secret = new byte[32];
        ServerOptions options = ServerOptions.builder().ecSrp5Secret(secret).build();
        secret[0] = 1;
        options.ecSrp5Secret()[1] = 1;
        assertThat(options.ecSrp5Secret()).containsOnly(0);
    }

    @Test
    void aUserThatNoClientCouldSendIsRefusedBeforeTheServerStarts() {
        assertThatThrownBy(() -> BandwidthServer.start(ServerOptions.builder()
                                .port(0)
                                .authentication(Authentication.EC_SRP5)
                                .credentials(new Credentials("u".repeat(222), "s3cr3t"))
                                .build())
                        .close())
                .isInstanceOf(BtestException.class)
                .hasMessageContaining("user")
                .hasMessageContaining("222")
                .hasMessageNotContaining("s3cr3t")
                .extracting(e -> ((BtestException) e).kind())
                .isEqualTo(ErrorKind.INVALID_OPTION);
    }

    @Test
    void anAddressThatIsNotOfThisMachineIsNamed() {
        assertThatThrownBy(() -> BandwidthServer.start(ServerOptions.builder()
                                .port(0)
                                .bindAddress("192.0.2.1")
                                .build())
                        .close())
                .isInstanceOf(BtestException.class)
                .hasMessageContaining("192.0.2.1")
                .extracting(e -> ((BtestException) e).kind())
                .isEqualTo(ErrorKind.BIND_FAILED);
    }
}
