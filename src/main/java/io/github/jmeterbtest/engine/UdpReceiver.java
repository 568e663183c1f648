package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/** Receives and counts the datagrams of one test, on a thread of its own; any thread reads the counters. */
final class UdpReceiver {
    private static final int LARGEST_DATAGRAM = 64 << 10;
    /** Enough for a RouterOS client with 255 connections, and an end to the memory that a stranger can take. */
    private static final int MOST_SOURCES = 256;

    private static final long ERROR_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Whole IP packets. */
    final Counter bytes = new Counter();
    /** Without their headers. */
    final Counter payloadBytes = new Counter();
    final Counter packets = new Counter();
    final Counter lost = new Counter();
    final Counter reordered = new Counter();
    final Counter duplicates = new Counter();

    private final DatagramChannel channel;
    private final UdpPeer peer;
    private final int overhead;
    private final LongConsumer onEach;
    private final Polling polling;
    private final Map<SocketAddress, SequenceTracker> trackers = new HashMap<>();
    private SequenceTracker tracker = newTracker();
    private SocketAddress lastSource;
    private long lastDatagramAt;
    private volatile long longestGap = IntervalReport.UNKNOWN;

    /**
     * @param channel  blocking; if not connected, datagrams of other hosts are dropped
     * @param overhead bytes of headers that count for each datagram
     * @param onEach   called for each datagram with their number
     */
    UdpReceiver(DatagramChannel channel, UdpPeer peer, int overhead, LongConsumer onEach) {
        this.channel = channel;
        this.peer = peer;
        this.overhead = overhead;
        this.onEach = onEach;
        this.polling = new Polling(channel);
    }

    /** @return the longest time between two datagrams, ns; {@link IntervalReport#UNKNOWN} with less than two */
    long longestGapNanos() {
        return longestGap;
    }

    /** @return CPU time that was spent on nothing but waiting, ns */
    long waitedNanos() {
        return polling.waitedNanos();
    }

    /** Receives until the socket is closed. */
    void run() throws IOException {
        boolean connected = channel.isConnected();
        // not a field: a session that has ended may be remembered for long
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        try {
            while (channel.isOpen()) {
                buffer.clear();
                boolean received = connected ? receiveFromOne(buffer) : receiveFromMany(buffer);
                long now = System.nanoTime();
                if (received) {
                    count(buffer, now);
                    polling.received(now);
                } else {
                    polling.nothing(now);
                }
            }
        } finally {
            polling.end();
        }
    }

    private boolean receiveFromOne(ByteBuffer buffer) throws IOException {
        try {
            return channel.read(buffer) > 0;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // told of a packet that this end has sent: the control connection will clear up what it means
            LockSupport.parkNanos(ERROR_PAUSE_NANOS);
            return false;
        }
    }

    private boolean receiveFromMany(ByteBuffer buffer) throws IOException {
        SocketAddress source = channel.receive(buffer);
        if (source == null) {
            return false;
        }
        if (source != lastSource && !source.equals(lastSource)) {
            if (!peer.heardFrom(source)) {
                return false;
            }
            tracker = trackers.size() < MOST_SOURCES
                    ? trackers.computeIfAbsent(source, s -> newTracker()) : trackers.getOrDefault(source, tracker);
            lastSource = source;
        }
        return true;
    }

    private SequenceTracker newTracker() {
        return new SequenceTracker(lost, reordered, duplicates);
    }

    private void count(ByteBuffer buffer, long now) {
        int length = buffer.position();
        if (length == 0) {
            // it only opens a NAT
            return;
        }
        watchGap(now);
        // RouterOS numbers only datagrams that have room for it
        if (length >= UdpHeader.SEQUENCE_LENGTH) {
            tracker.accept(UdpHeader.sequence(buffer));
        }
        packets.add(1);
        onEach.accept(packets.get());
        bytes.add(length + overhead);
        payloadBytes.add(length);
    }

    private void watchGap(long now) {
        if (lastDatagramAt != 0 && now - lastDatagramAt > longestGap) {
            longestGap = now - lastDatagramAt;
        }
        lastDatagramAt = now;
    }
}
