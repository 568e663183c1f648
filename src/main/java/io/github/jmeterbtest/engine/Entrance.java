package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts a listener's connections, also when the system has no descriptor left for one. Used by the acceptor's thread
 * only.
 */
final class Entrance implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    /** Connections accepted before those that are there get their turn. */
    private static final int MAX_IN_A_ROW = 64;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Takes connections over. */
    interface Guests {
        /** @param channel is theirs from now on */
        void accepted(SocketChannel channel);

        /** @return false if others have made room for the connection, and it has been accepted */
        boolean refuses(SocketChannel channel);
    }

    private final ServerSocketChannel listener;
    private final SelectionKey key;
    private final int dscp;
    private final NanoClock clock;
    private final ErrorLog errors;
    private final Guests guests;
    private boolean failing;
    private long pausedUntil;
    /** Kept for the time when there is no descriptor left: it lets one more in, to see whose turn it is. */
    private SocketChannel spare;

    /**
     * @param listener bound and non-blocking; closed together with this
     * @param key of the listener
     * @param dscp of what is sent, 0..63
     */
    Entrance(ServerSocketChannel listener, SelectionKey key, int dscp, NanoClock clock, ErrorLog errors, Guests guests)
            throws IOException {
        this.listener = listener;
        this.key = key;
        this.dscp = dscp;
        this.clock = clock;
        this.errors = errors;
        this.guests = guests;
        this.spare = SocketChannel.open();
    }

    /** @return how long no connection is accepted from now on, ns; {@link Long#MAX_VALUE} if they are */
    long pauseNanos(long now) {
        if (failing && now - pausedUntil >= 0) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
        return key.interestOps() == 0 ? pausedUntil - now : Long.MAX_VALUE;
    }

    void acceptSome() {
        try {
            SocketChannel channel;
            if (spare == null) {
                spare = SocketChannel.open();
            }
            for (int i = 0; i < MAX_IN_A_ROW && (channel = accept()) != null; i++) {
                guests.accepted(channel);
            }
            failing = false;
        } catch (IOException e) {
            // out of descriptors, mostly: that passes when connections end
            failing = true;
            if (acceptInsteadOfSpare()) {
                pausedUntil = clock.nanoTime() + PAUSE_NANOS;
                key.interestOps(0);
            }
            errors.log("bandwidth server cannot accept a connection", e);
        }
    }

    /**
     * Clients that wait are refused until one comes that has less than others, for whom these make room; that takes
     * them a moment.
     *
     * @return whether none waits any more that could be served now
     */
    private boolean acceptInsteadOfSpare() {
        Sockets.closeQuietly(spare);
        spare = null;
        for (int i = 0; i < MAX_IN_A_ROW; i++) {
            try {
                SocketChannel channel = accept();
                if (channel == null || !guests.refuses(channel)) {
                    return true;
                }
            } catch (IOException e) {
                LOG.debug("no descriptor, although one has just been closed", e);
                return true;
            }
        }
        return false;
    }

    /** @return a connection, or null */
    private SocketChannel accept() throws IOException {
        SocketChannel channel = listener.accept();
        if (channel != null) {
            mark(channel);
        }
        return channel;
    }

    private void mark(SocketChannel channel) {
        try {
            Dscp.mark(channel, dscp);
        } catch (IOException e) {
            // closed by the client, which is seen in what follows
            LOG.debug("DSCP not set for a client", e);
        }
    }

    @Override
    public void close() {
        Sockets.closeQuietly(listener);
        Sockets.closeQuietly(spare);
    }
}
