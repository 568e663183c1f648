package io.github.jmeterbtest.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.harness.NetworkLab;
import io.github.jmeterbtest.harness.NetworkLab.Host;
import io.github.jmeterbtest.protocol.Direction;
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
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our loss against the counters of what was dropped: by a packet filter at the receiving host, before it puts packets
 * together, and by the queue of the router between the hosts. The rates are high enough for batches, where this Java
 * and system have them. Runs as {@link AccuracyIT} does.
 */
@EnabledIfSystemProperty(named = "btest.accuracy", matches = "true", disabledReason = "run with -Paccuracy")
@EnabledIf(
        value = "io.github.jmeterbtest.harness.NetworkLab#works",
        disabledReason = "needs root, ip netns, tc, nft and ethtool")
@Timeout(60)
class LossAccuracyIT {
    private static final int SECONDS = 3;
    private static final int LINK_MEGABITS = 1000;
    private static final int FEW_PACKETS = 20;

    private static final List<String> TABLE = new ArrayList<>();
    private static NetworkLab lab;

    @BeforeAll
    static void buildLab() throws IOException {
        lab = new NetworkLab();
        lab.limit(LINK_MEGABITS);
    }

    @AfterAll
    static void removeLab() {
        lab.close();
        TABLE.forEach(System.out::println);
    }

    static Stream<Arguments> losses() {
        return IntStream.of(1500, 200)
                .boxed()
                .flatMap(size -> IntStream.of(0, 1, 5)
                        .boxed()
                        .flatMap(percent -> Stream.of(Direction.RECEIVE, Direction.TRANSMIT)
                                .map(direction -> Arguments.of(percent, size, direction))));
    }

    @ParameterizedTest(name = "{0} % dropped, {1} bytes, {2}")
    @MethodSource("losses")
    void lossIsThatOfTheDropCounters(int percent, int size, Direction direction) throws Exception {
        int megabits = size == 1500 ? 400 : 100;
        boolean receives = direction == Direction.RECEIVE;
        Host receivingHost = receives ? Host.LEFT : Host.RIGHT;
        lab.dropUdp(percent);
        long queueDropsBefore = lab.droppedInQueue(receivingHost);
        try (EngineProcess server = lab.engineOn(Host.RIGHT, List.of("role=server", "bind=" + Host.RIGHT.address));
                EngineProcess client = client(server, direction, size, megabits)) {
            Map<String, Long> clientsEnd = client.awaitEnd();
            Map<String, Long> serversEnd = server.awaitEnd();
            Map<String, Long> receiver = receives ? clientsEnd : serversEnd;
            Map<String, Long> sender = receives ? serversEnd : clientsEnd;
            long byHost = Math.max(0, receiver.get("dropped"));
            long lost = receiver.get("lost") - byHost;
            long missing = (sender.get("tx") - receiver.get("rx")) / size - byHost;
            long filtered = lab.dropped(receivingHost);
            long queued = lab.droppedInQueue(receivingHost) - queueDropsBefore;
            TABLE.add(String.format(
                    Locale.ROOT,
                    "%d %% dropped, udp %4d %-8s %s  ours %6d  filter %6d  queue %d  missing %6d  by the host %d",
                    percent,
                    size,
                    direction,
                    receiver.get("batched") == 1 ? "batched" : "single ",
                    lost,
                    filtered,
                    queued,
                    missing,
                    byHost));
            assertExplained(filtered + queued, lost, missing, percent);
        } finally {
            lab.dropUdp(0);
        }
    }

    /**
     * What was dropped after the last datagram that arrived leaves no gap, so it is not among the lost. It is that
     * percentage, or about that, of what is missing beside the lost.
     */
    private static void assertExplained(long dropped, long lost, long missing, int percent) {
        assertThat(dropped).as("dropped").isBetween(lost, missing);
        long tail = Math.max(0, missing - lost);
        assertThat(dropped - lost)
                .as("dropped and not counted as lost; %d are missing after the last", tail)
                .isLessThanOrEqualTo(FEW_PACKETS + 2 * tail * percent / 100);
    }

    private static EngineProcess client(EngineProcess server, Direction direction, int size, int megabits)
            throws IOException {
        return lab.engineOn(
                Host.LEFT,
                List.of(
                        "role=client",
                        "server=" + Host.RIGHT.address,
                        "port=" + server.awaitPort(),
                        "protocol=udp",
                        "direction=" + direction,
                        "seconds=" + SECONDS,
                        "size=" + size,
                        "speed=" + megabits + "M"));
    }
}
