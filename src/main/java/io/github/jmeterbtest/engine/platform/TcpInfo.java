package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;

/**
 * What the system's TCP knows of some connections: on Linux with Java 22 or newer (tcp(7), {@code TCP_INFO}). It keeps
 * the sockets open until it is closed. Thread-safe.
 */
public final class TcpInfo implements AutoCloseable {
    // struct tcp_info of linux/tcp.h, as far as every kernel of this century has it
    private static final int RTT = 68;
    private static final int TOTAL_RETRANSMITS = 100;
    private static final int LENGTH = 104;

    /** Each needs a descriptor more, which a server with thousands of connections may not have. */
    private static final int MAX_FOLLOWED = 256;

    private static final Semaphore LEFT = new Semaphore(MAX_FOLLOWED);

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private final List<SocketDescriptor> descriptors;
    private Optional<Reading> last = Optional.empty();
    private boolean closed;

    /**
     * The state of all connections at a moment.
     *
     * @param meanRttNanos average over the connections of their smoothed round-trip times, ns; 0 if none has one yet
     * @param maxRttNanos the longest of them, ns; likewise
     * @param retransmits segments that have been sent again since the connections began
     */
    public record Reading(long meanRttNanos, long maxRttNanos, long retransmits) {}

    private TcpInfo(List<SocketDescriptor> descriptors) {
        this.descriptors = descriptors;
    }

    /**
     * Looks for the sockets. Of more than 256 connections at a time, in all tests of the process, nothing is told.
     *
     * @param connections that are open; where the system tells nothing of one of them, it tells nothing at all
     * @throws IOException if one of them is closed
     */
    public static TcpInfo of(List<SocketChannel> connections) throws IOException {
        int wanted = connections.size();
        if (!SystemCalls.available() || !LEFT.tryAcquire(wanted)) {
            return new TcpInfo(List.of());
        }
        List<SocketDescriptor> found = List.of();
        try {
            found = SocketDescriptor.of(connections);
        } finally {
            if (found.isEmpty()) {
                LEFT.release(wanted);
            }
        }
        if (found.contains(null)) {
            SocketDescriptor.closeAll(found);
            LEFT.release(wanted);
            return new TcpInfo(List.of());
        }
        return new TcpInfo(found);
    }

    /**
     * @return the congestion control of the connections, which all have the same; nothing where the system does not
     *     tell
     */
    public Optional<String> congestionControl() {
        if (!descriptors.isEmpty()) {
            return CongestionControl.of(descriptors.get(0));
        }
        // where a connection could have its own, that of the system says nothing
        return SystemCalls.available() ? Optional.empty() : CongestionControl.ofSystem();
    }

    /** @return how it is now, or was when this was closed; nothing where the system does not tell */
    public synchronized Optional<Reading> read() {
        if (!closed) {
            last = readNow();
        }
        return last;
    }

    private Optional<Reading> readNow() {
        List<ByteBuffer> infos = descriptors.stream()
                .map(descriptor -> descriptor.option(SystemCalls.IPPROTO_TCP, SystemCalls.TCP_INFO, LENGTH))
                .flatMap(Optional::stream)
                .filter(info -> info.limit() == LENGTH)
                .toList();
        if (infos.isEmpty() || infos.size() < descriptors.size()) {
            return Optional.empty();
        }
        LongSummaryStatistics rtts =
                unsigned(infos, RTT).filter(micros -> micros > 0).summaryStatistics();
        return Optional.of(new Reading(
                Math.round(rtts.getAverage() * NANOS_PER_MICRO),
                Math.max(0, rtts.getMax()) * NANOS_PER_MICRO,
                unsigned(infos, TOTAL_RETRANSMITS).sum()));
    }

    private static LongStream unsigned(List<ByteBuffer> infos, int at) {
        return infos.stream().mapToLong(info -> info.getInt(at) & UNSIGNED);
    }

    /** Lets the sockets go, which must come before the channels are closed: only then the connections end. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        read();
        closed = true;
        SocketDescriptor.closeAll(descriptors);
        LEFT.release(descriptors.size());
    }
}
