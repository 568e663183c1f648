package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.Counter;
import io.github.jmeterbtest.engine.platform.DatagramReader;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.DoubleStream;

/** Receives and counts the datagrams of one test, on a thread of its own; any thread reads the counters. */
final class UdpReceiver {
    /** Calls for one socket before the next one gets its turn. */
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
    private volatile boolean inBatches;
    private volatile Selector selector;
    private final ArrivalGap gap;
    private final boolean evenlySent;
    private final List<Jitter> jitters = new CopyOnWriteArrayList<>();
    private volatile boolean counted;

    /**
     * @param sockets blocking, at least one; several become non-blocking
     * @param overhead bytes of headers that count for each datagram
     * @param gap takes note of the times
     * @param evenlySent whether they come from a sender that spaces them evenly
     * @param onEach called after each call of the system with the number of datagrams so far
     */
    UdpReceiver(
            NanoClock clock,
            List<UdpSocket> sockets,
            int overhead,
            ArrivalGap gap,
            boolean evenlySent,
            LongConsumer onEach) {
        this.clock = clock;
        this.readers = sockets.stream()
                .map(socket -> new UdpSocketReader(clock, socket, this::newTracker, this::newJitter))
                .toList();
        this.overhead = overhead;
        this.gap = gap;
        this.evenlySent = evenlySent;
        this.onEach = onEach;
        this.polling = sockets.size() == 1 ? new Polling(sockets.get(0).channel()) : new Polling(on -> waits = !on);
    }

    private SequenceTracker newTracker() {
        return new SequenceTracker(lost, reordered, duplicates);
    }

    private Jitter newJitter() {
        Jitter jitter = new Jitter();
        jitters.add(jitter);
        return jitter;
    }

    /** @return of each source that it is known of, ns; any thread */
    DoubleStream jitters() {
        return jitters.stream().mapToDouble(Jitter::nanos).filter(known -> !Double.isNaN(known));
    }

    /** The counters have been read for an interval: from now on they only grow. */
    void counted() {
        if (packets.get() > 0) {
            counted = true;
        }
    }

    /** Of what was taken for a peer behind a NAT, as long as nobody has read it. */
    private void startAgain(UdpSocketReader reader) {
        jitters.retainAll(List.of(reader.jitter()));
        for (Counter counter : List.of(bytes, payloadBytes, packets, lost, reordered, duplicates)) {
            counter.add(-counter.get());
        }
    }

    /** @return from how many streams something has come */
    int streams() {
        return readers.stream().mapToInt(UdpSocketReader::sources).sum();
    }

    /** @return whether it reads from that socket, and something has come to it */
    boolean hasReceived(UdpSocket socket) {
        return readers.stream().anyMatch(reader -> reader.channel() == socket.channel() && reader.sources() > 0);
    }

    /** @return the longest time between two datagrams, ns; {@link IntervalReport#UNKNOWN} with less than two */
    long longestGapNanos() {
        return gap.longest();
    }

    /** @return CPU time that was spent on nothing but waiting, ns */
    long waitedNanos() {
        return polling.waitedNanos();
    }

    /** @return whether it waits in a selector */
    boolean selects() {
        return readers.size() > 1;
    }

    /** @return whether it takes several datagrams in a call */
    boolean inBatches() {
        return inBatches;
    }

    /** @return of those lost, what this host dropped; only known where it receives in batches */
    long hostDropped() {
        return readers.stream().mapToLong(UdpSocketReader::hostDropped).sum();
    }

    /**
     * Receives until the sockets are closed, and this.
     *
     * @param batches whether to take several datagrams in a call, where the system can
     */
    void run(boolean batches) throws IOException {
        List<DatagramReader> datagrams =
                Batching.readers(readers.stream().map(UdpSocketReader::channel).toList(), batches);
        for (int i = 0; i < datagrams.size(); i++) {
            readers.get(i).readFrom(datagrams.get(i));
        }
        inBatches = datagrams.get(0).inBatches();
        try {
            if (selects()) {
                receiveFromAll();
            } else {
                receiveFrom(readers.get(0));
            }
        } finally {
            polling.end();
            close();
            datagrams.forEach(DatagramReader::close);
        }
    }

    /** To be called by any thread once the sockets are closed: only then a selector lets them go. */
    void close() {
        Sockets.closeQuietly(selector);
        readers.forEach(UdpSocketReader::wake);
    }

    private void receiveFrom(UdpSocketReader reader) throws IOException {
        while (reader.channel().isOpen()) {
            if (!receive(reader)) {
                polling.nothing(clock.nanoTime());
            }
        }
    }

    /** On one thread: with one for each socket, almost every datagram would wake another one. */
    private void receiveFromAll() throws IOException {
        Selector ready = Selector.open();
        selector = ready;
        for (UdpSocketReader reader : readers) {
            reader.channel().configureBlocking(false);
            reader.channel().register(ready, SelectionKey.OP_READ, reader);
        }
        Consumer<SelectionKey> takeTurn = key -> takeTurn((UdpSocketReader) key.attachment());
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

    private void takeTurn(UdpSocketReader reader) {
        try {
            int calls = 0;
            while (calls < MAX_IN_A_ROW && receive(reader)) {
                calls++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean receive(UdpSocketReader reader) throws IOException {
        if (!reader.receive()) {
            return false;
        }
        long now = clock.nanoTime();
        count(reader, now);
        polling.received(now);
        return true;
    }

    private void count(UdpSocketReader reader, long now) {
        if (reader.takeFoundPrescribed() && !counted) {
            startAgain(reader);
        }
        gap.received(now);
        DatagramReader datagrams = reader.datagrams();
        ByteBuffer buffer = datagrams.buffer();
        int length = datagrams.length();
        int datagramLength = datagrams.datagramLength();
        boolean timed = evenlySent && !datagrams.inBatches();
        long lostBefore = lost.get();
        int count = 0;
        long lostBeforeBatch = 0;
        for (int at = 0; at < length; at += datagramLength) {
            // RouterOS numbers only datagrams that have room for it
            if (Math.min(datagramLength, length - at) >= UdpHeader.SEQUENCE_LENGTH) {
                int sequence = UdpHeader.sequence(buffer, at);
                reader.tracker().accept(sequence);
                if (timed) {
                    reader.jitter().received(sequence, now);
                }
            }
            if (++count == 1) {
                lostBeforeBatch = lost.get() - lostBefore;
            }
        }
        if (datagrams.inBatches()) {
            reader.explain(count, lostBeforeBatch, now);
        }
        packets.add(count);
        onEach.accept(packets.get());
        bytes.add(length + (long) overhead * count);
        payloadBytes.add(length);
    }
}
