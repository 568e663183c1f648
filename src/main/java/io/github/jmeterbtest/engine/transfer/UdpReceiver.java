package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Polling;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Receives and counts the datagrams of one test, on a thread of its own; any thread reads the counters. */
final class UdpReceiver {
    private static final int LARGEST_DATAGRAM = 64 << 10;
    /** Datagrams taken from one socket before the next one gets its turn. */
    private static final int MAX_IN_A_ROW = 64;

    /** Whole IP packets. */
    final Counter bytes = new Counter();
    /** Without their headers. */
    final Counter payloadBytes = new Counter();

    final Counter packets = new Counter();
    final Counter lost = new Counter();
    final Counter reordered = new Counter();
    final Counter duplicates = new Counter();

    private final NanoClock clock;
    private final List<UdpSocketReader> readers;
    private final int overhead;
    private final LongConsumer onEach;
    private final Polling polling;
    private boolean waits = true;
    private volatile Selector selector;
    private long lastDatagramAt;
    private volatile long longestGap = IntervalReport.UNKNOWN;

    /**
     * @param sockets blocking, at least one; several become non-blocking
     * @param overhead bytes of headers that count for each datagram
     * @param onEach called for each datagram with their number
     */
    UdpReceiver(NanoClock clock, List<UdpSocket> sockets, int overhead, LongConsumer onEach) {
        this.clock = clock;
        this.readers = sockets.stream()
                .map(socket -> new UdpSocketReader(clock, socket, this::newTracker))
                .toList();
        this.overhead = overhead;
        this.onEach = onEach;
        this.polling = sockets.size() == 1 ? new Polling(sockets.get(0).channel()) : new Polling(on -> waits = !on);
    }

    private SequenceTracker newTracker() {
        return new SequenceTracker(lost, reordered, duplicates);
    }

    /** @return from how many streams something has come */
    int streams() {
        return readers.stream().mapToInt(UdpSocketReader::sources).sum();
    }

    /** @return whether something has come to that socket */
    boolean hasReceived(int socket) {
        return readers.get(socket).sources() > 0;
    }

    /** @return the longest time between two datagrams, ns; {@link IntervalReport#UNKNOWN} with less than two */
    long longestGapNanos() {
        return longestGap;
    }

    /** @return CPU time that was spent on nothing but waiting, ns */
    long waitedNanos() {
        return polling.waitedNanos();
    }

    /** @return whether it waits in a selector */
    boolean selects() {
        return readers.size() > 1;
    }

    /** Receives until the sockets are closed, and this. */
    void run() throws IOException {
        // not a field: a session that has ended may be remembered for long
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        try {
            if (selects()) {
                receiveFromAll(buffer);
            } else {
                receiveFrom(readers.get(0), buffer);
            }
        } finally {
            polling.end();
            close();
        }
    }

    /** To be called by any thread once the sockets are closed: only then a selector lets them go. */
    void close() {
        Sockets.closeQuietly(selector);
    }

    private void receiveFrom(UdpSocketReader reader, ByteBuffer buffer) throws IOException {
        while (reader.channel().isOpen()) {
            if (!receiveOne(reader, buffer)) {
                polling.nothing(clock.nanoTime());
            }
        }
    }

    /** On one thread: with one for each socket, almost every datagram would wake another one. */
    private void receiveFromAll(ByteBuffer buffer) throws IOException {
        Selector ready = Selector.open();
        selector = ready;
        for (UdpSocketReader reader : readers) {
            reader.channel().configureBlocking(false);
            reader.channel().register(ready, SelectionKey.OP_READ, reader);
        }
        Consumer<SelectionKey> takeTurn = key -> takeTurn((UdpSocketReader) key.attachment(), buffer);
        try {
            while (true) {
                long before = packets.get();
                if (waits) {
                    ready.select(takeTurn);
                } else {
                    ready.selectNow(takeTurn);
                }
                if (packets.get() == before) {
                    polling.nothing(clock.nanoTime());
                }
            }
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void takeTurn(UdpSocketReader reader, ByteBuffer buffer) {
        try {
            int datagrams = 0;
            while (datagrams < MAX_IN_A_ROW && receiveOne(reader, buffer)) {
                datagrams++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean receiveOne(UdpSocketReader reader, ByteBuffer buffer) throws IOException {
        if (!reader.receive(buffer)) {
            return false;
        }
        long now = clock.nanoTime();
        count(buffer, reader.tracker(), now);
        polling.received(now);
        return true;
    }

    private void count(ByteBuffer datagram, SequenceTracker tracker, long now) {
        int length = datagram.position();
        watchGap(now);
        // RouterOS numbers only datagrams that have room for it
        if (length >= UdpHeader.SEQUENCE_LENGTH) {
            tracker.accept(UdpHeader.sequence(datagram));
        }
        packets.add(1);
        onEach.accept(packets.get());
        bytes.add(length + overhead);
        payloadBytes.add(length);
    }

    private void watchGap(long now) {
        if (packets.get() > 0 && now - lastDatagramAt > longestGap) {
            longestGap = now - lastDatagramAt;
        }
        lastDatagramAt = now;
    }
}
