package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.OpeningMessage;
import io.github.jmeterbtest.protocol.ServerReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, greets them and reads their opening messages, all of them on one thread: a client that says
 * nothing costs a socket, but no thread.
 */
final class Acceptor implements Entrance.Guests {
    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    /** Connections without an opening message. */
    static final int MAX_OPENINGS = 4096;

    /** Takes over what was accepted. Called on the acceptor's thread, so it must be quick. */
    interface Handler {
        /**
         * @param opening its channel is blocking, and the handler's from now on
         * @param message what it opened with
         */
        void opened(Opening opening, OpeningMessage message);

        /**
         * Ends something of a source with many connections, since the system has no descriptor for another one.
         *
         * @return false if no source has more than the newcomer's
         */
        boolean makeRoom(Source newcomer);

        /** @param reason why the connection, which is closed, got no test */
        void refused(Opening opening, Refusal.Cause cause, String reason);
    }

    private final Handler handler;
    private final NanoClock clock;
    private final Duration timeout;
    private final Selector selector;
    private final SelectionKey acceptKey;
    private final Entrance entrance;
    private final Thread thread;
    private volatile boolean closed;

    // used by the acceptor's thread only; in the order of their deadlines
    private final Map<Opening, SelectionKey> openings = new LinkedHashMap<>();
    private final SourceShares<Opening> shares = SourceShares.ofBrief(MAX_OPENINGS);
    private final ErrorLog errors;

    /**
     * @param listener bound; closed together with this
     * @param timeout what a client may take for its opening message
     * @param dscp of what is sent, 0..63
     */
    Acceptor(ServerSocketChannel listener, Handler handler, NanoClock clock, Duration timeout, int dscp)
            throws IOException {
        this.handler = handler;
        this.clock = clock;
        this.errors = new ErrorLog(LOG, clock);
        this.timeout = timeout;
        this.selector = Selector.open();
        listener.configureBlocking(false);
        this.acceptKey = listener.register(selector, SelectionKey.OP_ACCEPT);
        this.entrance = new Entrance(listener, acceptKey, dscp, clock, errors, this);
        this.thread = Threads.daemon("accept", this::run);
    }

    void start() {
        thread.start();
    }

    /** Closes the listener and all openings; the port is free once {@link #thread()} has ended. */
    void close() {
        closed = true;
        selector.wakeup();
    }

    Thread thread() {
        return thread;
    }

    private void run() {
        try {
            while (!closed) {
                takeTurns();
            }
        } catch (IOException e) {
            errors.log("a bandwidth server cannot accept connections any more", e);
        } finally {
            Sockets.closeQuietly(entrance);
            openings.keySet().forEach(opening -> Sockets.closeQuietly(opening.channel()));
            Sockets.closeQuietly(selector);
        }
    }

    private void takeTurns() throws IOException {
        try {
            select();
            List<Opening> complete = readAll();
            // only after it a channel is no longer the selector's
            selector.selectNow();
            complete.forEach(this::handOver);
            giveUpLate();
        } catch (RuntimeException | Error e) {
            // whatever is wrong with one connection, others may come
            errors.log("bandwidth server failed to take a connection", e);
        }
    }

    private void select() throws IOException {
        long now = clock.nanoTime();
        long left = entrance.pauseNanos(now);
        if (!openings.isEmpty()) {
            left = Math.min(left, deadline(openings.keySet().iterator().next()) - now);
        }
        if (left == Long.MAX_VALUE) {
            selector.select();
        } else if (left <= 0) {
            selector.selectNow();
        } else {
            selector.select((left + 999_999) / 1_000_000);
        }
    }

    private long deadline(Opening opening) {
        return opening.acceptedAt() + timeout.toNanos();
    }

    /** @return the openings whose message has come */
    private List<Opening> readAll() {
        List<Opening> complete = new ArrayList<>();
        boolean accepts = false;
        Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
        while (keys.hasNext()) {
            SelectionKey key = keys.next();
            keys.remove();
            if (key == acceptKey) {
                accepts = true;
            } else if (key.isValid() && read((Opening) key.attachment())) {
                complete.add((Opening) key.attachment());
            }
        }
        // last, so that nobody is evicted whose message has come
        if (accepts) {
            entrance.acceptSome();
        }
        return complete;
    }

    private boolean read(Opening opening) {
        try {
            if (!opening.read()) {
                return false;
            }
            forget(opening);
            return true;
        } catch (IOException e) {
            closed(opening, e);
            return false;
        }
    }

    /** Who connects only to see whether, or how soon, somebody answers wants no test: monitoring, a latency probe. */
    private void closed(Opening opening, IOException e) {
        if (opening.hasBegun()) {
            refuse(opening, Refusal.Cause.CLOSED, "it closed the connection before the test: " + e.getMessage());
        } else {
            forget(opening);
            Sockets.closeQuietly(opening.channel());
        }
    }

    @Override
    public boolean refuses(SocketChannel channel) {
        try {
            Opening opening = new Opening(channel, (InetSocketAddress) channel.getRemoteAddress(), clock.nanoTime());
            if (makesRoom(opening.source())) {
                accepted(channel);
                return false;
            }
            opening.refuse();
            handler.refused(opening, Refusal.Cause.FULL, "the system has no descriptor left");
        } catch (IOException e) {
            LOG.debug("client gone before it could be refused", e);
        }
        Sockets.closeQuietly(channel);
        return true;
    }

    private boolean makesRoom(Source newcomer) {
        Optional<Opening> oldest = shares.makeRoom(newcomer, any -> 1);
        oldest.ifPresent(this::makeRoom);
        return oldest.isPresent() || handler.makeRoom(newcomer);
    }

    @Override
    public void accepted(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            Sockets.disableNagle(channel);
            greet(new Opening(channel, (InetSocketAddress) channel.getRemoteAddress(), clock.nanoTime()));
        } catch (IOException e) {
            LOG.debug("client gone before it could be greeted", e);
            Sockets.closeQuietly(channel);
        }
    }

    private void greet(Opening opening) throws IOException {
        shares.take(opening.source(), opening).evicted().ifPresent(this::makeRoom);
        try {
            openings.put(opening, opening.channel().register(selector, SelectionKey.OP_READ, opening));
            opening.send(ServerReply.HELLO);
        } catch (IOException e) {
            forget(opening);
            throw e;
        }
    }

    private void makeRoom(Opening opening) {
        opening.refuse();
        refuse(
                opening,
                Refusal.Cause.MADE_ROOM,
                "it had sent no command when the server needed its place for another connection");
    }

    private void handOver(Opening opening) {
        try {
            opening.channel().configureBlocking(true);
            handler.opened(opening, opening.message());
        } catch (MalformedMessageException e) {
            Sockets.closeQuietly(opening.channel());
            handler.refused(opening, Refusal.Cause.PROTOCOL, "it violated the protocol: " + e.getMessage());
        } catch (IOException e) {
            Sockets.closeQuietly(opening.channel());
            LOG.debug("client gone before its message could be read", e);
        }
    }

    private void giveUpLate() {
        long now = clock.nanoTime();
        while (!openings.isEmpty()) {
            Opening oldest = openings.keySet().iterator().next();
            if (deadline(oldest) - now > 0) {
                return;
            }
            refuse(oldest, Refusal.Cause.TOO_LATE, SessionHandler.tooLate(timeout));
        }
    }

    private void refuse(Opening opening, Refusal.Cause cause, String reason) {
        forget(opening);
        Sockets.closeQuietly(opening.channel());
        handler.refused(opening, cause, reason);
    }

    private void forget(Opening opening) {
        SelectionKey key = openings.remove(opening);
        if (key != null) {
            key.cancel();
        }
        shares.release(opening.source(), opening);
    }
}
