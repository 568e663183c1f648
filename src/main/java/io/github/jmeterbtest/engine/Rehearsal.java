package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.CpuWatch;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A short test of this process with itself. Java loads, links and compiles code when it is first used; without this,
 * the first interval of the first test would miss the 0.2 s that this takes.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final Duration DURATION = Duration.ofMillis(100);
    /** Outside of what servers use by default. */
    private static final int UDP_PORTS_FROM = 40_000;

    // a lock, since its holder comes here again when it starts its server and clients; guarded by itself
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static boolean begun;

    private Rehearsal() {}

    /** Returns when it is over; from the second call on, at once. A failure has no consequence but a slow start. */
    static void once() {
        LOCK.lock();
        try {
            if (!begun) {
                begun = true;
                rehearse();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void rehearse() {
        CpuWatch.load();
        Batching.load();
        ServerOptions.Builder offer = ServerOptions.builder().port(0).udpPortsFrom(UDP_PORTS_FROM);
        try (BandwidthServer server = BandwidthServer.start(offer.build())) {
            for (Protocol protocol : Protocol.values()) {
                new BandwidthClient(test(server, protocol)).run(interval -> {});
            }
        } catch (BtestException | RuntimeException | OutOfMemoryError e) {
            // the test that follows will say what is wrong
            LOG.debug("no rehearsal", e);
        }
    }

    private static ClientOptions test(BandwidthServer server, Protocol protocol) throws BtestException {
        return ClientOptions.builder()
                .server(server.address().getAddress().getHostAddress())
                .port(server.address().getPort())
                .protocol(protocol)
                .direction(Direction.BOTH)
                .duration(DURATION)
                .interval(DURATION.dividedBy(2))
                .connectTimeout(Duration.ofSeconds(1))
                .build();
    }
}
