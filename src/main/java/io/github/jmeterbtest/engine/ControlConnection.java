package io.github.jmeterbtest.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
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

    private final SocketChannel channel;
    private final SocketTable table;
    private volatile long acknowledgedAt = System.nanoTime();

    ControlConnection(SocketChannel channel) {
        this(channel, SocketTable.TCP);
    }

    ControlConnection(SocketChannel channel, SocketTable table) {
        this.channel = channel;
        this.table = table;
    }

    /** Looks whether all was acknowledged that was written so far; to be called before more is. */
    void look() {
        if (isAcknowledged()) {
            acknowledgedAt = System.nanoTime();
        }
    }

    private boolean isAcknowledged() {
        try {
            return table.unacknowledged((InetSocketAddress) channel.getLocalAddress(),
                    (InetSocketAddress) channel.getRemoteAddress()).orElse(0L) == 0;
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
