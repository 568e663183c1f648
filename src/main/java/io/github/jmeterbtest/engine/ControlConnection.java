package io.github.jmeterbtest.engine;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by TCP whether the other end of a control connection lives, where it sends nothing: as long as it acknowledges the
 * statuses that it gets. On systems that do not tell that, the time-out of TCP's retransmissions ends a dead connection. (A
 * keep-alive probes only what is idle, and a connection with a status each second never is.)
 */
final class ControlConnection {
    private static final Logger LOG = LoggerFactory.getLogger(ControlConnection.class);

    private static final SharedReading<SocketTable> SYSTEM = new SharedReading<>(SocketTable::tcp, System::nanoTime);

    private final SocketChannel channel;
    private volatile long acknowledgedAt = System.nanoTime();

    ControlConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** Looks whether all was acknowledged that was written so far; to be called before more is. */
    void look() {
        if (isAcknowledged()) {
            acknowledgedAt = System.nanoTime();
        }
    }

    private boolean isAcknowledged() {
        try {
            String ends = SocketTable.ends(channel.getLocalAddress(), channel.getRemoteAddress());
            SocketTable.Row row = SYSTEM.get().byEnds(ends);
            return row == null || row.unacknowledged() == 0;
        } catch (IOException e) {
            LOG.debug("closed under the look at it", e);
            return false;
        }
    }

    /** @return ns since the last look that found everything acknowledged */
    long unacknowledgedNanos() {
        return System.nanoTime() - acknowledgedAt;
    }
}
