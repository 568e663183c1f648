package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Takes what comes over a TCP connection without having the system copy it (tcp(7), {@code MSG_TRUNC}): for data that
 * nobody looks at. Used by one thread.
 */
public final class DiscardingSocket implements AutoCloseable {
    /** More than a receive buffer holds, mostly. */
    private static final long MAX_BYTES = 4 << 20;

    private final SocketDescriptor descriptor;
    private final int fd;

    private DiscardingSocket(SocketDescriptor descriptor) {
        this.descriptor = descriptor;
        this.fd = descriptor.number();
    }

    /** @return null where the system cannot, or where it has been turned off ({@link Batching#PROPERTY}) */
    public static DiscardingSocket of(SocketChannel channel) throws IOException {
        SocketDescriptor descriptor = Batching.enabled() ? SocketDescriptor.of(channel) : null;
        return descriptor == null ? null : new DiscardingSocket(descriptor);
    }

    /** @return bytes that were there and have been taken; 0 or less if there were none, or at the end */
    public long discard() {
        return SystemCalls.discard(fd, MAX_BYTES);
    }

    /** Leaves the connection to its channel. */
    @Override
    public void close() {
        descriptor.close();
    }
}
