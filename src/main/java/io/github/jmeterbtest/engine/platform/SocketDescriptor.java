package io.github.jmeterbtest.engine.platform;

import java.io.File;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

    /**
     * Looks for the sockets by their ends; Java gives no other way to them.
     *
     * @param channels of UDP or TCP, listeners included, bound, and connected if they will be
     * @return for each, to be closed by the caller; null where there is none, or no system call can be made
     * @throws ClosedChannelException if one of them is closed; nothing is left open then
     */
    static List<SocketDescriptor> of(List<? extends NetworkChannel> channels) throws IOException {
        SocketDescriptor[] found = new SocketDescriptor[channels.size()];
        List<SocketDescriptor> result = Arrays.asList(found);
        String[] numbers = SystemCalls.available() ? DESCRIPTORS.list() : null;
        if (numbers == null) {
            return result;
        }
        Map<SocketEnds, Integer> wanted = new HashMap<>();
        for (int i = 0; i < found.length; i++) {
            wanted.put(SocketEnds.of(channels.get(i)), i);
        }
        SocketEnds.Lookup lookup = new SocketEnds.Lookup();
        for (String number : numbers) {
            int fd = Integer.parseInt(number);
            SocketEnds ends = lookup.of(fd);
            Integer index = ends == null ? null : wanted.get(ends);
            if (index != null && found[index] == null) {
                found[index] = duplicate(fd, ends, lookup);
            }
        }
        // another socket may have got the address of one that was closed meanwhile
        if (channels.stream().anyMatch(channel -> !channel.isOpen())) {
            closeAll(result);
            throw new ClosedChannelException();
        }
        return result;
    }

    /** The number may have been given to another socket since; the duplicate's cannot. */
    private static SocketDescriptor duplicate(int fd, SocketEnds ends, SocketEnds.Lookup lookup) {
        int own = SystemCalls.dup(fd);
        if (own >= 0 && ends.equals(lookup.of(own))) {
            return new SocketDescriptor(own);
        }
        SystemCalls.close(own);
        return null;
    }

    /** @param descriptors some may be null */
    static void closeAll(List<SocketDescriptor> descriptors) {
        descriptors.stream().filter(Objects::nonNull).forEach(SocketDescriptor::close);
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

    /** As above, for a value of several bytes. */
    synchronized boolean setOption(int level, int option, byte[] value) {
        if (fd == CLOSED) {
            return false;
        }
        NativeMemory memory = NativeMemory.allocate(value.length);
        memory.bytes.put(0, value);
        try {
            return SystemCalls.setsockopt(fd, level, option, memory.address, value.length) == 0;
        } finally {
            // the address alone does not keep it
            Reference.reachabilityFence(memory);
        }
    }

    /**
     * @param maxLength bytes of the value that are wanted
     * @return the value, in the byte order of the machine; nothing if the system does not know the option, or after
     *     {@link #close()}
     */
    synchronized Optional<ByteBuffer> option(int level, int option, int maxLength) {
        if (fd == CLOSED) {
            return Optional.empty();
        }
        int lengthAt = (maxLength + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
        NativeMemory memory = NativeMemory.allocate(lengthAt + Integer.BYTES);
        memory.bytes.putInt(lengthAt, maxLength);
        try {
            int result = SystemCalls.getsockopt(fd, level, option, memory.address, memory.address + lengthAt);
            return result == 0 ? Optional.of(memory.bytes.limit(memory.bytes.getInt(lengthAt))) : Optional.empty();
        } finally {
            Reference.reachabilityFence(memory);
        }
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
