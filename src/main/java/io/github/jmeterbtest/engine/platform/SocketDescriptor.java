package io.github.jmeterbtest.engine.platform;

import java.io.File;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/**
 * A file descriptor of a channel's socket, beside the one that Java keeps to itself: a duplicate, so that it stays
 * valid when the channel is closed and its number is given to something else. Thread-safe.
 */
final class SocketDescriptor implements AutoCloseable {
    private static final File DESCRIPTORS = new File("/proc/self/fd");
    private static final int CLOSED = -1;

    private final NativeMemory optionValue = NativeMemory.allocate(Integer.BYTES);
    private int fd;

    private SocketDescriptor(int fd) {
        this.fd = fd;
    }

    /** @return to be closed by the caller; null if there is none, or no system call can be made */
    static SocketDescriptor of(DatagramChannel channel) throws IOException {
        return duplicate(channel.getLocalAddress(), channel.getRemoteAddress());
    }

    /** @see #of(DatagramChannel) */
    static SocketDescriptor of(SocketChannel channel) throws IOException {
        return duplicate(channel.getLocalAddress(), channel.getRemoteAddress());
    }

    /** Looks for the socket by its two ends. Java gives no other way to it. */
    private static SocketDescriptor duplicate(SocketAddress local, SocketAddress remote) {
        String[] numbers = SystemCalls.available() && local != null ? DESCRIPTORS.list() : null;
        if (numbers == null) {
            return null;
        }
        Ends ends = new Ends(local, remote);
        for (String number : numbers) {
            int fd = Integer.parseInt(number);
            if (ends.areThoseOf(fd)) {
                int own = SystemCalls.dup(fd);
                // the number may have been given to another socket since; the duplicate's cannot
                if (own >= 0 && ends.areThoseOf(own)) {
                    return new SocketDescriptor(own);
                }
                SystemCalls.close(own);
            }
        }
        return null;
    }

    /** The addresses of a socket. */
    private static final class Ends {
        private final SocketAddress local;
        private final SocketAddress remote;
        private final NativeMemory name = NativeMemory.allocate(SocketAddresses.LENGTH + Integer.BYTES);

        /** @param remote null if the socket is not connected */
        Ends(SocketAddress local, SocketAddress remote) {
            this.local = local;
            this.remote = remote;
        }

        boolean areThoseOf(int fd) {
            return local.equals(local(fd)) && Objects.equals(remote, remote(fd));
        }

        private SocketAddress local(int fd) {
            resetLength();
            return SystemCalls.getsockname(fd, name.address, name.address + SocketAddresses.LENGTH) == 0
                    ? SocketAddresses.decode(name.bytes, 0)
                    : null;
        }

        private SocketAddress remote(int fd) {
            resetLength();
            return SystemCalls.getpeername(fd, name.address, name.address + SocketAddresses.LENGTH) == 0
                    ? SocketAddresses.decode(name.bytes, 0)
                    : null;
        }

        private void resetLength() {
            name.bytes.putInt(SocketAddresses.LENGTH, SocketAddresses.LENGTH);
        }
    }

    /** @return the number, for the thread that alone may close it; -1 when it is closed */
    synchronized int number() {
        return fd;
    }

    /** @return whether the system knows the option and takes the value */
    synchronized boolean setOption(int level, int option, int value) {
        if (fd == CLOSED) {
            return false;
        }
        optionValue.bytes.putInt(0, value);
        return SystemCalls.setsockopt(fd, level, option, optionValue.address, Integer.BYTES) == 0;
    }

    /** Wakes a thread that waits in a call for the socket, which is of no use to anybody after that. */
    synchronized void shutdown() {
        if (fd != CLOSED) {
            SystemCalls.shutdown(fd);
        }
    }

    @Override
    public synchronized void close() {
        if (fd != CLOSED) {
            SystemCalls.close(fd);
            fd = CLOSED;
        }
    }
}
