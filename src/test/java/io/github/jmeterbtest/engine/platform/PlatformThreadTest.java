package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.Loopback;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From Java 21 on the threads of a slow test are virtual; some must not be. */
@Timeout(30)
class PlatformThreadTest {

    /** A virtual thread that waits in a selector keeps its carrier, of which there are no more than 256. */
    @Test
    void aSlowReceiverWithASelectorHasAThreadOfTheSystem() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            new BandwidthClient(Loopback.client(server)
                            .protocol(Protocol.UDP)
                            .direction(Direction.RECEIVE)
                            .connectionCount(2)
                            .remoteTxSpeed(1_000_000)
                            .build())
                    .run(interval -> seen.addAll(platformThreads()));
        }
        assertThat(seen).contains("btest-udp-rx");
    }

    private static Set<String> platformThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
