package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.SharedReading;
import io.github.jmeterbtest.engine.platform.SocketTable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by TCP whether the other end of a control connection lives, where it sends nothing: as long as it acknowledges
 * the statuses that it gets. On systems that do not tell that, the time-out of TCP's retransmissions ends a dead
 * connection. (A keep-alive probes only what is idle, and a connection with a status each second never is.)
 */
final class ControlConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private static final SharedReading<SocketTable> SYSTEM = new SharedReading<>(SocketTable::tcp, NanoClock.SYSTEM);

    private final NanoClock clock;
    private final SocketChannel channel;
    private long acknowledgedBytes;
    private boolean acknowledged;
    private volatile long lastAcknowledgedAt;

    ControlConnection(NanoClock clock, SocketChannel channel) {
        this.clock = clock;
        this.lastAcknowledgedAt = clock.nanoTime();
        this.channel = channel;
    }

    /**
     * Looks what of it was acknowledged; to be called before more is written. Where the system does not tell, the other
     * end counts as alive, but nothing as acknowledged.
     *
     * @param written bytes that were written since the first look
     */
    void look(long written) {
        Optional<Long> unacknowledged = unacknowledged();
        acknowledged = unacknowledged.isPresent() && unacknowledged.get() == 0;
        long bytes = written - unacknowledged.orElse(0L);
        if (bytes > acknowledgedBytes) {
            acknowledgedBytes = bytes;
            lastAcknowledgedAt = clock.nanoTime();
        }
    }

    private Optional<Long> unacknowledged() {
        try {
            String ends = SocketTable.ends(channel.getLocalAddress(), channel.getRemoteAddress());
            return Optional.ofNullable(SYSTEM.get().byEnds(ends)).map(SocketTable.Row::unacknowledged);
        } catch (IOException e) {
            LOG.debug("closed while being checked", e);
            return Optional.empty();
        }
    }

    /** @return whether the last look found everything acknowledged */
    boolean isAcknowledged() {
        return acknowledged;
    }

    /** @return ns since a look found more acknowledged than the one before */
    long silentNanos() {
        return clock.nanoTime() - lastAcknowledgedAt;
    }
}
