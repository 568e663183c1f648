package io.github.jmeterbtest.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.accuracy.NetworkLab.Host;
import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our numbers against the link's own: two hosts in network namespaces, a bottleneck between them, and the counters of
 * their interfaces and packet filters. Runs with {@code mvn verify -Paccuracy} as root on Linux; skipped where
 * namespaces fail.
 */
@EnabledIfSystemProperty(named = "btest.accuracy", matches = "true", disabledReason = "run with -Paccuracy")
@EnabledIf(
        value = "io.github.jmeterbtest.accuracy.NetworkLab#works",
        disabledReason = "needs root, ip netns, tc and nft")
@Timeout(60)
class AccuracyIT {
    private static final int SECONDS = 5;
    private static final Percentage ONE_PERCENT = Percentage.withPercentage(1);
    /** Ethernet, IPv4 and TCP with timestamps: what the interface counts beside the payload, for each packet. */
    private static final int TCP_HEADERS = 14 + 20 + 32;
    /** RouterOS and we count the IP packets of a UDP test. */
    private static final int ETHERNET_HEADER = 14;

    private static final List<String> TABLE = new ArrayList<>();
    private static NetworkLab lab;

    @BeforeAll
    static void buildLab() throws IOException {
        lab = new NetworkLab();
    }

    @AfterAll
    static void removeLab() {
        lab.close();
        TABLE.forEach(System.out::println);
    }

    static Stream<Arguments> throughputs() {
        return IntStream.of(20, 100, 500)
                .boxed()
                .flatMap(rate -> Stream.of(Protocol.values())
                        .flatMap(protocol -> Stream.of(Direction.values())
                                .map(direction -> Arguments.of(
                                        rate,
                                        protocol,
                                        direction,
                                        direction == Direction.BOTH ? Host.RIGHT : Host.LEFT))));
    }

    @ParameterizedTest(name = "{0} Mbit/s {1} {2}, client {3}")
    @MethodSource("throughputs")
    void throughputIsThatOfTheInterface(int megabits, Protocol protocol, Direction direction, Host clientHost)
            throws Exception {
        lab.dropUdp(0);
        lab.limit(megabits);
        try (EngineProcess server = server(clientHost.other());
                EngineProcess client = client(clientHost, server, protocol, direction, "")) {
            client.awaitEnd();
            server.awaitEnd();
            String test = String.format(Locale.ROOT, "%3d Mbit/s %s %-8s", megabits, protocol, direction);
            if (direction.clientReceives()) {
                compare(test + " client rx", client, "rx", client, protocol);
            }
            if (direction.clientTransmits()) {
                compare(test + " server rx", server, "rx", server, protocol);
                compare(test + " arrived  ", client, "arrived", server, protocol);
            }
        }
    }

    /** @param receiver whose interface counted what arrived */
    private static void compare(
            String what, EngineProcess engine, String ours, EngineProcess receiver, Protocol protocol) {
        List<Map<String, Long>> intervals = engine.intervals();
        int headers = protocol == Protocol.TCP ? TCP_HEADERS : ETHERNET_HEADER;
        // the first second has the handshake in it, and a short last one is no second
        if (ours.equals("arrived") && intervals.stream().limit(SECONDS).anyMatch(second -> second.get(ours) < 0)) {
            // in TCP both the peer's word stands in line behind the data that its system has buffered
            assertThat(what).contains("tcp both");
            TABLE.add(what + " said too late to be told second by second");
            return;
        }
        long measured = 0;
        for (int i = 1; i < SECONDS; i++) {
            long value = intervals.get(i).get(ours);
            assertThat(value).as(what + " second " + i).isPositive();
            measured += value;
        }
        Map<String, Long> from = receiver.intervals().get(0);
        Map<String, Long> to = receiver.intervals().get(SECONDS - 1);
        long link = to.get("if_rx_bytes")
                - from.get("if_rx_bytes")
                - headers * (to.get("if_rx_packets") - from.get("if_rx_packets"));
        double seconds = SECONDS - 1;
        TABLE.add(String.format(
                Locale.ROOT,
                "%-36s ours %9.3f  interface %9.3f Mbit/s  %+.3f %%",
                what,
                measured * 8 / seconds / 1e6,
                link * 8 / seconds / 1e6,
                100.0 * (measured - link) / link));
        assertThat(measured).as(what).isCloseTo(link, ONE_PERCENT);
    }

    @ParameterizedTest(name = "unlimited udp {0} at 100 Mbit/s")
    @EnumSource(
            value = Direction.class,
            names = {"RECEIVE", "TRANSMIT"})
    void unlimitedUdpFillsTheLinkAndDoesNotFloodIt(Direction direction) throws Exception {
        lab.dropUdp(0);
        lab.limit(100);
        try (EngineProcess server = server(Host.RIGHT);
                EngineProcess client = client(Host.LEFT, server, Protocol.UDP, direction, "")) {
            client.awaitEnd();
            server.awaitEnd();
            boolean receives = direction == Direction.RECEIVE;
            List<Map<String, Long>> sender = (receives ? server : client).intervals();
            List<Map<String, Long>> receiver = (receives ? client : server).intervals();
            double link = 100e6 / 8 * 1500 / (1500 + ETHERNET_HEADER);
            for (int i = 1; i < SECONDS; i++) {
                assertThat(perSecond(receiver.get(i), "rx"))
                        .as("received in second " + i)
                        .isCloseTo(link, Percentage.withPercentage(2));
                double sent = perSecond(sender.get(i), "tx") / link;
                TABLE.add(String.format(
                        Locale.ROOT, "unlimited udp %-8s second %d  sent %.2f of the link", direction, i, sent));
                assertThat(sent).as("sent in second " + i).isBetween(1.1, 1.6);
            }
        }
    }

    private static double perSecond(Map<String, Long> interval, String counter) {
        return interval.get(counter) * 1e9 / interval.get("nanos");
    }

    @ParameterizedTest(name = "{0} % dropped, {1}")
    @CsvSource({"0, RECEIVE", "0, TRANSMIT", "1, RECEIVE", "1, TRANSMIT", "5, RECEIVE", "5, TRANSMIT"})
    void lossIsThatOfTheDropCounter(int percent, Direction direction) throws Exception {
        lab.limit(100);
        lab.dropUdp(percent);
        Host clientHost = Host.LEFT;
        try (EngineProcess server = server(clientHost.other());
                EngineProcess client = client(clientHost, server, Protocol.UDP, direction, "speed=50M")) {
            long lostAtClient = client.awaitEnd().get("lost");
            long lostAtServer = server.awaitEnd().get("lost");
            boolean receives = direction == Direction.RECEIVE;
            long lost = receives ? lostAtClient : lostAtServer;
            long dropped = lab.dropped(receives ? clientHost : clientHost.other());
            TABLE.add(String.format(
                    Locale.ROOT,
                    "%d %% dropped, udp %-8s  ours %6d  drop counter %6d",
                    percent,
                    direction,
                    lost,
                    dropped));
            // what is dropped after the last datagram that came cannot be known, nor what is dropped after the test's
            // time
            assertThat(dropped - lost).as("dropped, but not counted as lost").isBetween(0L, 20L);
        } finally {
            lab.dropUdp(0);
        }
    }

    private static EngineProcess server(Host host) throws IOException {
        return EngineProcess.start(
                command -> lab.commandOn(host, command),
                List.of("role=server", "bind=" + host.address, "interface=" + NetworkLab.INTERFACE));
    }

    private static EngineProcess client(
            Host host, EngineProcess server, Protocol protocol, Direction direction, String more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "role=client",
                "server=" + host.other().address,
                "port=" + server.awaitPort(),
                "protocol=" + protocol,
                "direction=" + direction,
                "seconds=" + SECONDS,
                "interface=" + NetworkLab.INTERFACE));
        if (!more.isEmpty()) {
            options.add(more);
        }
        return EngineProcess.start(command -> lab.commandOn(host, command), options);
    }
}
