package io.github.jmeterbtest.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.harness.NetworkLab;
import io.github.jmeterbtest.harness.NetworkLab.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our latency under load against the length of the queue that the test fills. Runs as {@link AccuracyIT} does. */
@EnabledIfSystemProperty(named = "btest.accuracy", matches = "true", disabledReason = "run with -Paccuracy")
@EnabledIf(
        value = "io.github.jmeterbtest.harness.NetworkLab#works",
        disabledReason = "needs root, ip netns, tc, nft and ethtool")
@Timeout(60)
class LatencyAccuracyIT {
    private static final List<String> TABLE = new ArrayList<>();

    @AfterAll
    static void showTable() {
        TABLE.forEach(System.out::println);
    }

    @ParameterizedTest(name = "{0} Mbit/s, queue of {1} ms, {2}")
    @CsvSource({"20, 100, receive", "100, 20, transmit"})
    void packetsWaitAsLongAsTheQueueIs(int megabits, int queueMillis, String direction) throws Exception {
        try (NetworkLab lab = new NetworkLab()) {
            lab.limit(megabits, queueMillis);
            Map<String, Long> end = test(lab, direction);
            double full = queueMillis + NetworkLab.burstBytes(megabits) * 8.0 / megabits / 1e3;
            double idle = end.get("idle") / 1e6;
            double loaded = end.get("loaded") / 1e6;
            TABLE.add(String.format(
                    Locale.ROOT,
                    "%3d Mbit/s, %-8s queue %3d ms, with the burst %6.1f ms: idle %.2f ms, loaded %6.1f ms, %d probes",
                    megabits,
                    direction,
                    queueMillis,
                    full,
                    idle,
                    loaded,
                    end.get("probes")));
            assertThat(end.get("probes")).as("probes").isPositive();
            assertThat(idle).as("idle, ms").isBetween(0.0, 5.0);
            assertThat(loaded).as("under load, ms").isBetween(queueMillis * 0.9, full * 1.1);
        }
    }

    private static Map<String, Long> test(NetworkLab lab, String direction) throws Exception {
        try (EngineProcess server =
                        lab.engineOn(Host.RIGHT, List.of("role=server", "bind=" + Host.RIGHT.address, "sessions=1"));
                EngineProcess client = lab.engineOn(
                        Host.LEFT,
                        List.of(
                                "role=client",
                                "server=" + Host.RIGHT.address,
                                "port=" + server.awaitPort(),
                                "protocol=udp",
                                "direction=" + direction,
                                "seconds=5",
                                "omit=1",
                                "probes=100"))) {
            return client.awaitEnd();
        }
    }
}
