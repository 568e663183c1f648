package io.github.jmeterbtest.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.harness.NetworkLab;
import io.github.jmeterbtest.harness.NetworkLab.Host;
import io.github.jmeterbtest.harness.NetworkLab.Offload;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our throughput against the link's own: two hosts in network namespaces, a bottleneck between them, and the counters
 * of their interfaces. Runs with {@code mvn verify -Paccuracy} as root on Linux; skipped where namespaces fail.
 */
@EnabledIfSystemProperty(named = "btest.accuracy", matches = "true", disabledReason = "run with -Paccuracy")
@EnabledIf(
        value = "io.github.jmeterbtest.harness.NetworkLab#works",
        disabledReason = "needs root, ip netns, tc and nft")
@Timeout(60)
class AccuracyIT {
    private static final int SECONDS = 5;
    private static final double ONE_PERCENT = 0.01;
    private static final double FIVE_PERCENT = 0.05;
    /** Ethernet, IPv4 and TCP with timestamps: what the interface counts beside the payload, for each packet. */
    private static final int TCP_HEADERS = 14 + 20 + 32;

    private static final int ETHERNET_HEADER = 14;
    private static final int UDP_HEADERS = 20 + 8;
    /** RouterOS and we count the IP packets of a UDP test. */
    private static final int UDP_PACKET = 1500;
    /** A machine whose threads wait for a core no longer than this can fill the link. */
    private static final double QUIET_SECONDS = 0.05;

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
        lab.limit(megabits);
        String test = String.format(Locale.ROOT, "%3d Mbit/s %s %-8s", megabits, protocol, direction);
        measure(test, protocol, direction, clientHost);
    }

    @ParameterizedTest(name = "500 Mbit/s udp {0}, batches cross the links as one")
    @EnumSource(Direction.class)
    void throughputIsThatOfTheInterfaceWhereBatchesCrossTheLinksAsOne(Direction direction) throws Exception {
        lab.limit(500);
        lab.offload(Offload.ALL);
        try {
            measure(String.format("offload    UDP %-8s", direction), Protocol.UDP, direction, Host.LEFT);
        } finally {
            lab.offload(Offload.NONE);
        }
    }

    private static void measure(String test, Protocol protocol, Direction direction, Host clientHost)
            throws IOException {
        try (EngineProcess server = server(clientHost.other());
                EngineProcess client = client(clientHost, server, protocol, direction)) {
            client.awaitEnd();
            server.awaitEnd();
            if (direction.clientReceives()) {
                compare(test + " client rx", client, "rx", client, protocol);
            }
            if (direction.clientTransmits()) {
                compare(test + " server rx", server, "rx", server, protocol);
                compare(test + " arrived  ", client, "arrived", server, protocol);
            }
        }
    }

    /**
     * On a busy machine a thread that reads bytes or closes an interval waits for a core, and bytes fall into the next
     * interval: what arrives in that time is allowed beside the percent. Where that is much, nothing can be compared.
     * Payloads are compared, since an interface counts the headers of a batch once, however many datagrams are in it.
     *
     * @param receiver whose interface counted what arrived
     * @return how long threads waited for a core when the first and the last interval were closed, s
     */
    private static double compare(
            String what, EngineProcess engine, String ours, EngineProcess receiver, Protocol protocol) {
        List<Map<String, Long>> intervals = engine.intervals();
        boolean tcp = protocol == Protocol.TCP;
        int headers = tcp ? TCP_HEADERS : ETHERNET_HEADER + UDP_HEADERS;
        double oursPerPayload = tcp ? 1 : (double) UDP_PACKET / (UDP_PACKET - UDP_HEADERS);
        double late = late(intervals) + late(receiver.intervals());
        if (ours.equals("arrived") && intervals.stream().limit(SECONDS).anyMatch(second -> second.get(ours) < 0)) {
            // in TCP both the peer's status queues behind the data that its system has buffered
            TABLE.add(what + " reported too late to be assigned to a second");
            assertThat(what).as("reported late").matches(test -> test.contains("tcp both") || late > QUIET_SECONDS);
            return late;
        }
        double measured = perSecond(intervals, ours);
        double dropped = UDP_PACKET * perSecond(receiver.intervals(), "dropped");
        Map<String, Long> from = receiver.intervals().get(0);
        Map<String, Long> to = last(receiver.intervals());
        long linkPackets = to.get("if_rx_packets") - from.get("if_rx_packets");
        long linkPayload = to.get("if_rx_bytes") - from.get("if_rx_bytes") - headers * linkPackets;
        double link = linkPayload * oursPerPayload / seconds(receiver.intervals());
        TABLE.add(String.format(
                Locale.ROOT,
                "%-36s ours %9.3f  interface %9.3f Mbit/s  %+.3f %%  late %.0f ms  %.0f bytes a packet",
                what,
                measured * 8 / 1e6,
                link * 8 / 1e6,
                100 * (measured - link) / link,
                late * 1e3,
                (double) linkPayload / linkPackets));
        double lateShare = 2 * late / seconds(receiver.intervals());
        assumeThat(lateShare)
                .as(what + " cannot be compared: the machine is too busy, threads waited for a core")
                .isLessThan(FIVE_PERCENT);
        double allowed = link * (ONE_PERCENT + lateShare);
        // the interface has counted what the host dropped, in this second or the one before
        assertThat(link).as(what + ", bytes a second").isBetween(measured - allowed, measured + dropped + allowed);
        return late;
    }

    /** {@return how long threads waited for a core about the ends of the settled part, s} */
    private static double late(List<Map<String, Long>> intervals) {
        return (intervals.get(0).get("late") + last(intervals).get("late")) / 1e9;
    }

    /** {@return bytes or datagrams a second after the first one, without what is not known} */
    private static double perSecond(List<Map<String, Long>> intervals, String counter) {
        return settled(intervals)
                        .mapToLong(second -> Math.max(0, second.get(counter)))
                        .sum()
                / seconds(intervals);
    }

    private static double seconds(List<Map<String, Long>> intervals) {
        return settled(intervals).mapToLong(second -> second.get("nanos")).sum() / 1e9;
    }

    /** The first second has the handshake in it, and a short last one is no second. */
    private static Stream<Map<String, Long>> settled(List<Map<String, Long>> intervals) {
        return intervals.stream().limit(SECONDS).skip(1);
    }

    private static Map<String, Long> last(List<Map<String, Long>> intervals) {
        return settled(intervals).reduce((one, next) -> next).orElseThrow();
    }

    @ParameterizedTest(name = "unlimited udp {0} at 100 Mbit/s")
    @EnumSource(
            value = Direction.class,
            names = {"RECEIVE", "TRANSMIT"})
    void unlimitedUdpFillsTheLinkAndDoesNotFloodIt(Direction direction) throws Exception {
        lab.limit(100);
        try (EngineProcess server = server(Host.RIGHT);
                EngineProcess client = client(Host.LEFT, server, Protocol.UDP, direction)) {
            client.awaitEnd();
            server.awaitEnd();
            boolean receives = direction == Direction.RECEIVE;
            EngineProcess sender = receives ? server : client;
            EngineProcess receiver = receives ? client : server;
            double late = compare("unlimited udp " + direction, receiver, "rx", receiver, Protocol.UDP);
            double link = 100e6 / 8 * UDP_PACKET / (UDP_PACKET + ETHERNET_HEADER);
            List<Double> sent = settled(sender.intervals())
                    .map(second -> perSecond(second, "tx") / link)
                    .toList();
            TABLE.add("unlimited udp " + direction + ", sent of the link: " + sent);
            // 1.5 times of what a second brought, which a busy machine can take for a longer or shorter one; the first
            // of these begins before the first status has come
            assertThat(sent).as("sent in each second, of the link").allMatch(share -> share < 3);
            assertThat(sent.subList(1, sent.size()))
                    .as("sent in each later second, of the link")
                    .allMatch(share -> share < 2);
            if (late < QUIET_SECONDS) {
                assertThat(sent)
                        .as("more than the link takes, so that it is full")
                        .allMatch(share -> share > 1.1);
            }
        }
    }

    private static double perSecond(Map<String, Long> interval, String counter) {
        return interval.get(counter) * 1e9 / interval.get("nanos");
    }

    private static EngineProcess server(Host host) throws IOException {
        return lab.engineOn(host, List.of("role=server", "bind=" + host.address, "interface=" + NetworkLab.INTERFACE));
    }

    private static EngineProcess client(Host host, EngineProcess server, Protocol protocol, Direction direction)
            throws IOException {
        return lab.engineOn(
                host,
                List.of(
                        "role=client",
                        "server=" + host.other().address,
                        "port=" + server.awaitPort(),
                        "protocol=" + protocol,
                        "direction=" + direction,
                        "seconds=" + SECONDS,
                        "interface=" + NetworkLab.INTERFACE));
    }
}
