package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Hex;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientOptionsTest {

    /** So that the compiler knows what a lambda in a row of arguments is. */
    private interface Change extends UnaryOperator<ClientOptionsBuilder> {}

    private static Arguments row(String message, Change change) {
        return Arguments.of(message, change);
    }

    static Stream<Arguments> outOfRange() {
        return Stream.of(
                row("server is empty; must be a host name or an IP address", b -> b.server(" ")),
                row("server is empty; must be a host name or an IP address", b -> b.server(null)),
                row("port is 0; must be 1 to 65535", b -> b.port(0)),
                row("port is 65536; must be 1 to 65535", b -> b.port(65536)),
                row("user and password is missing", b -> b.credentials(null)),
                row("authentication is missing", b -> b.authentication(null)),
                row("protocol is missing", b -> b.protocol(null)),
                row("direction is missing", b -> b.direction(null)),
                row("duration is 19 ms; must be 20 ms to 604800 s", b -> b.duration(Duration.ofMillis(19))),
                row("duration is 604801 s; must be 20 ms to 604800 s", b -> b.duration(Duration.ofSeconds(604_801))),
                row("duration is missing; must be 20 ms to 604800 s", b -> b.duration(null)),
                row("omit is 9600 ms; must be 0 s to 9500 ms", b -> b.omit(Duration.ofMillis(9600))),
                row("interval is 19 ms; must be 20 ms to 5 s", b -> b.interval(Duration.ofMillis(19))),
                row("interval is 5001 ms; must be 20 ms to 5 s", b -> b.interval(Duration.ofMillis(5001))),
                row("interval is -1 s; must be 20 ms to 5 s", b -> b.interval(Duration.ofSeconds(-1))),
                row(
                        "local-tx-speed is -1 bit/s; must be at most 4.294967295 Gbit/s, or 0 for unlimited",
                        b -> b.localTxSpeed(-1)),
                row(
                        "local-tx-speed is 4.294967296 Gbit/s; must be at most 4.294967295 Gbit/s, or 0 for unlimited",
                        b -> b.localTxSpeed(1L << 32)),
                row(
                        "remote-tx-speed is -1 bit/s; must be at most 4.294967295 Gbit/s, or 0 for unlimited",
                        b -> b.remoteTxSpeed(-1)),
                row(
                        "remote-tx-speed is 4.294967296 Gbit/s; must be at most 4.294967295 Gbit/s, or 0 for unlimited",
                        b -> b.remoteTxSpeed(1L << 32)),
                row("local-udp-tx-size is 27; must be 28 to 64000", b -> b.localUdpTxSize(27)),
                row("local-udp-tx-size is 64001; must be 28 to 64000", b -> b.localUdpTxSize(64001)),
                row("remote-udp-tx-size is 27; must be 28 to 64000", b -> b.remoteUdpTxSize(27)),
                row("remote-udp-tx-size is 64001; must be 28 to 64000", b -> b.remoteUdpTxSize(64001)),
                row("connection-count is 0; must be 1 to 255", b -> b.connectionCount(0)),
                row("connection-count is 256; must be 1 to 255", b -> b.connectionCount(256)),
                row("connect timeout is 19 ms; must be 20 ms to 600 s", b -> b.connectTimeout(Duration.ofMillis(19))),
                row("connect timeout is 601 s; must be 20 ms to 600 s", b -> b.connectTimeout(Duration.ofSeconds(601))),
                row("assume-lost-time is 999 ms; must be 1 s to 600 s", b -> b.lostPeerTime(Duration.ofMillis(999))),
                row("assume-lost-time is 601 s; must be 1 s to 600 s", b -> b.lostPeerTime(Duration.ofSeconds(601))),
                row(
                        "congestion control is \"a b\"; must be a name of Linux, such as cubic or bbr",
                        b -> b.congestionControl("a b")),
                row("ends after is -1; must be 0 to 1000000000000000", b -> b.maxBytes(-1)),
                row("dscp is -1; must be 0 to 63", b -> b.dscp(-1)),
                row("dscp is 64; must be 0 to 63", b -> b.dscp(64)));
    }

    static Stream<Change> atTheLimit() {
        return Stream.of(
                b -> b.port(1),
                b -> b.port(65535),
                b -> b.duration(Duration.ofMillis(20)),
                b -> b.duration(Duration.ofDays(7)),
                b -> b.interval(Duration.ofMillis(20)),
                b -> b.interval(Duration.ofSeconds(5)),
                b -> b.localTxSpeed(4_294_967_295L),
                b -> b.remoteTxSpeed(4_294_967_295L),
                b -> b.localUdpTxSize(28),
                b -> b.localUdpTxSize(64000),
                b -> b.remoteUdpTxSize(28),
                b -> b.remoteUdpTxSize(64000),
                b -> b.connectionCount(255),
                b -> b.connectTimeout(Duration.ofMinutes(10)),
                b -> b.lostPeerTime(Duration.ofSeconds(1)),
                b -> b.lostPeerTime(Duration.ofMinutes(10)),
                b -> b.congestionControl(null),
                b -> b.congestionControl("tcp_15_letters_"),
                b -> b.maxBytes(1_000_000_000_000_000L),
                b -> b.dscp(63),
                b -> b.localAddress(null));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void aWrongValueIsNamedWithItsFieldAndWhatWouldBeRight(String message, Change change) {
        assertThatThrownBy(() -> change.apply(valid()).build())
                .isInstanceOf(BtestException.class)
                .hasMessage(message)
                .extracting(e -> ((BtestException) e).kind())
                .isEqualTo(ErrorKind.INVALID_OPTION);
    }

    @ParameterizedTest
    @MethodSource("atTheLimit")
    void aValueAtItsLimitIsTaken(Change change) throws Exception {
        assertThat(change.apply(valid()).build()).isNotNull();
    }

    /** A plan may say 9223372036854775807 seconds. */
    @Test
    void evenATimeThatNoClockCanHoldIsNamed() {
        assertThatThrownBy(() ->
                        valid().duration(Duration.ofSeconds(Long.MAX_VALUE)).build())
                .isInstanceOf(BtestException.class)
                .hasMessageStartingWith("duration is ");
    }

    @Test
    void optionsDoNotChangeWithTheirBuilder() throws Exception {
        ClientOptionsBuilder builder = valid().port(1234).server(" router ");
        ClientOptions options = builder.build();
        builder.port(4321).server("other");
        assertThat(options.port()).isEqualTo(1234);
        assertThat(options.server()).isEqualTo("router");
    }

    @Test
    void aTestCanBeMadeShorterThanItsOmittedTimeButNotTooShort() throws Exception {
        ClientOptions options = valid().omit(Duration.ofSeconds(5)).build();
        assertThat(options.within(Duration.ofSeconds(3)).duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.within(Duration.ofSeconds(-3)).duration()).isEqualTo(Duration.ofMillis(20));
        assertThat(options.within(Duration.ofHours(3)).duration()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.duration()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everyValueIsKept() throws Exception {
        Credentials admin = new Credentials("admin", "secret");
        ClientOptions options = ClientOptions.builder()
                .server("router")
                .port(65535)
                .credentials(admin)
                .authentication(Authentication.MD5)
                .protocol(Protocol.UDP)
                .direction(Direction.BOTH)
                .duration(Duration.ofSeconds(60))
                .omit(Duration.ofSeconds(4))
                .interval(Duration.ofSeconds(2))
                .localTxSpeed(ClientOptions.MAX_SPEED)
                .remoteTxSpeed(3)
                .localUdpTxSize(100)
                .remoteUdpTxSize(200)
                .randomData(true)
                .connectionCount(255)
                .connectTimeout(Duration.ofSeconds(7))
                .lostPeerTime(Duration.ofSeconds(8))
                .nat(true)
                .localAddress(" 192.0.2.9 ")
                .dscp(46)
                .maxBytes(500)
                .congestionControl(" cubic ")
                .build();
        assertThat(options.server()).isEqualTo("router");
        assertThat(options.port()).isEqualTo(65535);
        assertThat(options.credentials()).isEqualTo(admin);
        assertThat(options.authentication()).isEqualTo(Authentication.MD5);
        assertThat(options.protocol()).isEqualTo(Protocol.UDP);
        assertThat(options.direction()).isEqualTo(Direction.BOTH);
        assertThat(options.duration()).isEqualTo(Duration.ofSeconds(60));
        assertThat(options.omit()).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.localTxSpeed()).isEqualTo(4_294_967_295L);
        assertThat(options.remoteTxSpeed()).isEqualTo(3);
        assertThat(options.localUdpTxSize()).isEqualTo(100);
        assertThat(options.remoteUdpTxSize()).isEqualTo(200);
        assertThat(options.randomData()).isTrue();
        assertThat(options.connectionCount()).isEqualTo(255);
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.lostPeerTime()).isEqualTo(Duration.ofSeconds(8));
        assertThat(options.nat()).isTrue();
        assertThat(options.localAddress()).isEqualTo("192.0.2.9");
        assertThat(options.dscp()).isEqualTo(46);
        assertThat(options.maxBytes()).isEqualTo(500);
        assertThat(options.congestionControl()).isEqualTo("cubic");
        assertThat(valid().build().nat()).isFalse();
    }

    @Test
    void theCommandIsWhatRouterOsWouldSend() throws Exception {
        assertThat(command(valid().direction(Direction.BOTH).connectionCount(20)))
                .isEqualTo("01 03 01 14 00 80 00 00 00 00 00 00 00 00 00 00");
        assertThat(command(valid().direction(Direction.TRANSMIT)))
                .isEqualTo("01 01 01 00 00 80 00 00 00 00 00 00 00 00 00 00");
        assertThat(command(valid().direction(Direction.TRANSMIT).randomData(true)))
                .isEqualTo("01 01 00 00 00 80 00 00 00 00 00 00 00 00 00 00");
        assertThat(command(valid().direction(Direction.RECEIVE).remoteTxSpeed(1)))
                .isEqualTo("01 02 01 00 00 80 00 00 01 00 00 00 00 00 00 00");
        assertThat(command(valid().protocol(Protocol.UDP).direction(Direction.RECEIVE)))
                .isEqualTo("00 02 01 00 dc 05 00 00 00 00 00 00 00 00 00 00");
        assertThat(command(valid().protocol(Protocol.UDP)
                        .direction(Direction.BOTH)
                        .remoteUdpTxSize(1000)
                        .remoteTxSpeed(300)
                        .localTxSpeed(300)))
                .isEqualTo("00 03 01 00 e8 03 00 00 2c 01 00 00 2c 01 00 00");
        assertThat(command(valid().protocol(Protocol.UDP)
                        .direction(Direction.RECEIVE)
                        .connectionCount(20)))
                .isEqualTo("00 02 01 14 dc 05 00 00 00 00 00 00 00 00 00 00");
    }

    /** The one size in the command is what the server needs to know: how large its own packets shall be. */
    @Test
    void aUdpCommandNamesTheSizeOfTheServersPacketsUnlessItSendsNone() throws Exception {
        ClientOptionsBuilder udp =
                valid().protocol(Protocol.UDP).localUdpTxSize(100).remoteUdpTxSize(200);
        assertThat(udp.direction(Direction.RECEIVE).build().command().txSize()).isEqualTo(200);
        assertThat(udp.direction(Direction.BOTH).build().command().txSize()).isEqualTo(200);
        assertThat(udp.direction(Direction.TRANSMIT).build().command().txSize()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource
    void oneConnectionIsWrittenAsNone(Protocol protocol) throws Exception {
        assertThat(valid().protocol(protocol)
                        .connectionCount(1)
                        .build()
                        .command()
                        .connectionCount())
                .isZero();
        assertThat(valid().protocol(protocol)
                        .connectionCount(2)
                        .build()
                        .command()
                        .connectionCount())
                .isEqualTo(2);
    }

    @Test
    void noMessageHoldsThePassword() {
        assertThatThrownBy(() -> valid().credentials(new Credentials("admin", "s3cr3t"))
                        .port(0)
                        .build())
                .hasToString(BtestException.class.getName() + ": port is 0; must be 1 to 65535");
    }

    private static String command(ClientOptionsBuilder builder) throws BtestException {
        return Hex.text(builder.build().command().encode());
    }

    private static ClientOptionsBuilder valid() {
        return ClientOptions.builder().server("192.0.2.1");
    }
}
