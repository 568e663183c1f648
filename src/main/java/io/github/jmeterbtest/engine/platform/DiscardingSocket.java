package io.github.jmeterbtest.engine.platform;

/**
 * Takes what comes over a TCP connection without having the system copy it (tcp(7), {@code MSG_TRUNC}): for data that
 * nobody looks at. Used by one thread.
 */
public final class DiscardingSocket implements AutoCloseable {
    /** More than a receive buffer holds, mostly. */
    private static final long MAX_BYTES = 4 << 20;

    private final SocketDescriptor descriptor;
    private final int fd;

    /** @param descriptor is closed with this */
    DiscardingSocket(SocketDescriptor descriptor) {
        this.descriptor = descriptor;
        this.fd = descriptor.number();
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
