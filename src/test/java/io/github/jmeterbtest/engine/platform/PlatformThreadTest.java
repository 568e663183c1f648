package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.Loopback;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.parallel.Isolated;

/** The threads of a slow test are virtual; some must not be. Alone, since it finds them by their names. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "before Java 21 there are no virtual threads")
@Isolated
@Timeout(30)
class PlatformThreadTest {

    /** A virtual thread that waits in a selector keeps its carrier, of which there are no more than 256. */
    @Test
    void aSlowReceiverWithASelectorHasAThreadOfTheSystem() throws Exception {
        Set<String> seen = new HashSet<>();
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client = new BandwidthClient(Loopback.client(server)
                    .protocol(Protocol.UDP)
                    .direction(Direction.RECEIVE)
                    .connectionCount(2)
                    .remoteTxSpeed(1_000_000)
                    .duration(Duration.ofHours(1))
                    .build());
            Loopback.failure(() -> client.run(interval -> {
                seen.addAll(platformThreads());
                client.stop();
            }));
        }
        assertThat(seen).contains("btest-udp-rx");
    }

    private static Set<String> platformThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
