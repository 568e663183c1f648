package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Sockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Moves the data of several connections of a TCP test, in both directions, on one thread: where two threads for each
 * would be too many. The connections carry no statuses.
 */
final class TcpMover {
    private static final int READ_BUFFER = 64 << 10;
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    /** So that the end of the sending is seen. */
    private static final long MAX_WAIT_NANOS = 50 * MILLISECOND;

    private final TcpTransfer transfer;
    private final List<TcpConnection> connections;
    private final boolean sends;
    private final Selector selector;

    /** @param connections become non-blocking */
    TcpMover(TcpTransfer transfer, List<TcpConnection> connections, boolean sends) throws IOException {
        this.transfer = transfer;
        this.connections = connections;
        this.sends = sends;
        this.selector = Selector.open();
    }

    void run() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_BUFFER);
        try {
            for (TcpConnection connection : connections) {
                connection.channel.configureBlocking(false);
                connection.channel.register(selector, SelectionKey.OP_READ, connection);
                if (sends) {
                    connection.startWriting();
                }
            }
            while (true) {
                await(writeAllThatIsDue());
                takeTurns(buffer);
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        } finally {
            close();
            connections.forEach(TcpConnection::endReading);
        }
    }

    private void takeTurns(ByteBuffer buffer) throws IOException {
        Set<SelectionKey> selected = selector.selectedKeys();
        // another thread may close the selector, which changes the set
        synchronized (selected) {
            for (SelectionKey key : selected) {
                takeTurn(key, buffer);
            }
            selected.clear();
        }
    }

    private void takeTurn(SelectionKey key, ByteBuffer buffer) throws IOException {
        if (key.isWritable()) {
            key.interestOps(SelectionKey.OP_READ);
        }
        if (key.isReadable() && !((TcpConnection) key.attachment()).readSome(buffer)) {
            key.cancel();
            transfer.peerHasClosed();
        }
    }

    /** @return ns until more is due */
    private long writeAllThatIsDue() throws IOException {
        long next = MAX_WAIT_NANOS;
        if (!sends) {
            return next;
        }
        for (SelectionKey key : selector.keys()) {
            if (!key.isValid() || key.interestOps() != SelectionKey.OP_READ) {
                continue;
            }
            TcpConnection connection = (TcpConnection) key.attachment();
            long wait = connection.nanosUntilDue();
            if (wait <= 0 && !transfer.sendingIsOver()) {
                if (!connection.writeSome()) {
                    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    continue;
                }
                wait = connection.nanosUntilDue();
            }
            next = Math.min(next, wait);
        }
        return next;
    }

    private void await(long nanos) throws IOException {
        if (nanos >= MILLISECOND) {
            selector.select(nanos / MILLISECOND);
        } else {
            transfer.clock().parkNanos(nanos);
            selector.selectNow();
        }
    }

    /** Ends {@link #run()}, and lets the connections go; any thread, once their channels are closed. */
    void close() {
        Sockets.closeQuietly(selector);
    }
}
