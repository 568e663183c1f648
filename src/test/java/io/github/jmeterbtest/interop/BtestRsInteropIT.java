package io.github.jmeterbtest.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.ServerSession;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our client and server with those of btest-rs, over every way to test and to log in. Skipped unless its path is given.
 */
@EnabledIfSystemProperty(
        named = BtestRsProcess.PATH_PROPERTY,
        matches = ".+",
        disabledReason = "give the executable with -Dinterop.btest-rs=PATH")
@Timeout(60)
class BtestRsInteropIT {
    private static final int SECONDS = Integer.getInteger("interop.seconds", 3);
    private static final Authentication[] LOGINS = {Authentication.NONE, Authentication.MD5, Authentication.EC_SRP5};
    private static final Credentials CREDENTIALS = new Credentials(BtestRsProcess.USER, BtestRsProcess.PASSWORD);
    private static final List<String> TABLE = new ArrayList<>();

    static Stream<Arguments> matrix() {
        return Stream.of(LOGINS)
                .flatMap(login -> Stream.of(Protocol.values())
                        .flatMap(protocol -> Stream.of(Direction.values())
                                .map(direction -> Arguments.of(protocol, direction, login))));
    }

    static Stream<Arguments> manyConnections() {
        return Stream.of(LOGINS).flatMap(login -> Stream.of(Direction.values()).map(d -> Arguments.of(d, login)));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("matrix")
    void ourClientTestsItsServer(Protocol protocol, Direction direction, Authentication login) throws Exception {
        int port = freePort();
        try (BtestRsProcess server = BtestRsProcess.server(port, login)) {
            TestReport ours = new BandwidthClient(options(port, CREDENTIALS)
                            .protocol(protocol)
                            .direction(direction)
                            .build())
                    .run(second -> {});
            BtestRsProcess.Averages its = server.awaitAverages();
            row("our client", protocol, direction, login, ours, its);
            assertMeasured(ours, login);
        }
    }

    @ParameterizedTest(name = "4 connections {0} {1}")
    @MethodSource("manyConnections")
    void ourClientUsesFourConnectionsToItsServer(Direction direction, Authentication login) throws Exception {
        int port = freePort();
        try (BtestRsProcess server = BtestRsProcess.server(port, login)) {
            TestReport ours = new BandwidthClient(options(port, CREDENTIALS)
                            .direction(direction)
                            .connectionCount(4)
                            .build())
                    .run(second -> {});
            BtestRsProcess.Averages its = server.awaitAverages();
            row("our client x4", Protocol.TCP, direction, login, ours, its);
            assertMeasured(ours, login);
            assertThat(ours.connections()).isEqualTo(4);
        }
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("matrix")
    void itsClientTestsOurServer(Protocol protocol, Direction direction, Authentication login) throws Exception {
        try (BandwidthServer server = ourServer(login);
                BtestRsProcess client = BtestRsProcess.client(
                        server.address().getPort(), words(protocol, direction), SECONDS, BtestRsProcess.PASSWORD)) {
            ServerSession session =
                    server.awaitSession(Duration.ofSeconds(10), any -> true).orElseThrow();
            TestReport ours = session.follow(second -> {});
            row("our server", protocol, direction, login, ours, client.awaitAverages());
            assertMeasured(ours, login);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Authentication.class,
            names = {"MD5", "EC_SRP5"})
    void itsServerRefusesOurWrongPassword(Authentication login) throws Exception {
        int port = freePort();
        try (BtestRsProcess server = BtestRsProcess.server(port, login)) {
            BandwidthClient client = new BandwidthClient(
                    options(port, new Credentials(BtestRsProcess.USER, "wrong")).build());
            BtestException failure = catchThrowableOfType(BtestException.class, () -> client.run(second -> {}));
            assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
            assertThat(server).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Authentication.class,
            names = {"MD5", "EC_SRP5"})
    void ourServerRefusesItsWrongPassword(Authentication login) throws Exception {
        try (BandwidthServer server = ourServer(login);
                BtestRsProcess client =
                        BtestRsProcess.client(server.address().getPort(), List.of("-r"), SECONDS, "wrong")) {
            String said = client.awaitEnd();
            assertThat(client.exitValue()).as(said).isNotZero();
            assertThat(server.awaitSession(Duration.ZERO, any -> true)).isEmpty();
        }
    }

    @AfterAll
    static void printTable() {
        TABLE.forEach(System.out::println);
    }

    private static ClientOptionsBuilder options(int port, Credentials credentials) {
        return ClientOptions.builder()
                .server("127.0.0.1")
                .port(port)
                .credentials(credentials)
                .duration(Duration.ofSeconds(SECONDS));
    }

    private static BandwidthServer ourServer(Authentication login) throws BtestException {
        return BandwidthServer.start(ServerOptions.builder()
                .port(0)
                .authentication(login)
                .credentials(CREDENTIALS)
                .build());
    }

    private static List<String> words(Protocol protocol, Direction direction) {
        List<String> words = new ArrayList<>();
        if (protocol == Protocol.UDP) {
            words.add("-u");
        }
        if (direction.clientReceives()) {
            words.add("-r");
        }
        if (direction.clientTransmits()) {
            words.add("-t");
        }
        return words;
    }

    private static void assertMeasured(TestReport ours, Authentication login) {
        assertThat(ours.authentication()).isEqualTo(login);
        assertThat(ours.rxBytes() > 0).isEqualTo(ours.receives());
        assertThat(ours.txBytes() > 0).isEqualTo(ours.transmits());
        assertThat(ours.intervals()).hasSizeBetween(SECONDS, SECONDS + 1);
    }

    private static void row(
            String side,
            Protocol protocol,
            Direction direction,
            Authentication login,
            TestReport ours,
            BtestRsProcess.Averages its) {
        TABLE.add(String.format(
                Locale.ROOT,
                "%-14s %s %-8s %-7s ours rx %9.1f tx %9.1f lost %6d   btest-rs rx %9.1f tx %9.1f lost %6d  Mbit/s",
                side,
                protocol,
                direction,
                login,
                ours.averageRxBitsPerSecond() / 1e6,
                ours.averageTxBitsPerSecond() / 1e6,
                ours.lostPackets(),
                its.rx(),
                its.tx(),
                its.lost()));
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
