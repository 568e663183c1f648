package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.ServerReply;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A TCP connection during the handshake: exact reads, however the bytes are split, with one deadline over all of them.
 * The end of the connection is an {@link EOFException}, whether it was closed, reset or broken, and whether a read or a
 * write sees it. If this end closes it, that is a {@link ClosedChannelException}.
 */
final class HandshakeChannel {
    private final NanoClock clock;
    private final SocketChannel channel;
    private final InputStream in;
    private final ByteArrayOutputStream heldBack = new ByteArrayOutputStream();
    private long deadline;
    private long lastReadAt;
    private int earlyBytes;

    HandshakeChannel(NanoClock clock, SocketChannel channel, Duration timeLeft) throws IOException {
        this.clock = clock;
        this.channel = channel;
        this.in = channel.socket().getInputStream();
        renewDeadline(timeLeft);
    }

    void renewDeadline(Duration timeLeft) {
        deadline = clock.nanoTime() + timeLeft.toNanos();
    }

    /** Extends the deadline by time that the peer is not responsible for. */
    void extendDeadline(long nanos) {
        deadline += nanos;
    }

    /**
     * @return exactly so many bytes
     * @throws SocketTimeoutException when the deadline has passed
     * @throws EOFException if the connection ends first
     * @throws ClosedChannelException if this end closes it, or the thread is interrupted
     */
    byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            long left = (deadline - clock.nanoTime() + 999_999) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("only " + filled + " of " + length + " bytes arrived in time");
            }
            int n = readSome(bytes, filled, left);
            if (n < 0) {
                throw new EOFException(
                        "only " + filled + " of " + length + " bytes arrived before the connection was closed");
            }
            filled += n;
        }
        lastReadAt = clock.nanoTime();
        return bytes;
    }

    private int readSome(byte[] bytes, int from, long timeoutMillis) throws IOException {
        try {
            channel.socket().setSoTimeout((int) Math.min(timeoutMillis, Integer.MAX_VALUE));
            return in.read(bytes, from, bytes.length - from);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw ended(e);
        }
    }

    private IOException ended(IOException e) {
        if (!channel.isOpen()) {
            // a socket has no exception of its own for that
            return e instanceof ClosedChannelException ? e : new AsynchronousCloseException();
        }
        EOFException end =
                new EOFException(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        end.initCause(e);
        return end;
    }

    /** @return {@link NanoClock#nanoTime()} when the last read had all its bytes */
    long lastReadAt() {
        return lastReadAt;
    }

    /** Reads a message that begins with its own length in one byte. */
    byte[] readFrame() throws IOException {
        return read(read(1)[0] & 0xFF);
    }

    ServerReply readReply() throws IOException, MalformedMessageException {
        return ServerReply.decode(read(ServerReply.LENGTH));
    }

    /**
     * Holds the bytes back until the next {@link #write}, so that both leave together: some peers take a message, or
     * two that belong together, by a single read.
     */
    void append(byte[] bytes) {
        heldBack.writeBytes(bytes);
    }

    void write(byte[] bytes) throws IOException {
        append(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(heldBack.toByteArray());
        heldBack.reset();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw ended(e);
        }
    }

    /**
     * Looks without waiting; to be called by the thread that reads, while nothing need come. A byte that has come is
     * taken, see {@link #earlyBytes}, and from then on the end can no longer be seen.
     *
     * @return whether the connection has ended, on either side
     */
    boolean hasEnded() {
        if (earlyBytes > 0) {
            return !channel.isOpen();
        }
        try {
            channel.configureBlocking(false);
            int n = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            earlyBytes = Math.max(0, n);
            return n < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** @return bytes of data that were taken by {@link #hasEnded} */
    int earlyBytes() {
        return earlyBytes;
    }

    /** @return the connection, blocking and without a read timeout, for the transfer */
    SocketChannel channel() {
        return channel;
    }
}
