package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;
import io.github.jmeterbtest.engine.platform.LocalNetworkException;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Pacer;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Sends the datagrams of one test, on a thread of its own; any thread reads the counters. The streams take turns, so
 * that all get the same share of whatever rate there is. Where nobody receives on the same socket, it is switched to
 * non-blocking and connected as soon as that is safe: both spare the system work for each datagram.
 */
final class UdpSender {
    /** Slower than this a sender falls to one packet a second (agreed by several implementations). */
    private static final long MAX_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /**
     * A RouterOS receiver that sees a number above 10,000 first gives up counting loss (its kernel module). Until it is
     * ready, most of a flood would be lost; so half as many numbers leave in the time that it may need.
     */
    private static final long START_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final long START_PACKETS_PER_SECOND = 100_000;
    private static final long NOT_TAKEN_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    /** A full queue of the system, or of its network card, has room for the first datagram sooner. */
    private static final long MAX_QUEUE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    final Counter bytes = new Counter();
    final Counter packets = new Counter();

    private final NanoClock clock;
    private final UdpStream[] streams;
    private final boolean randomData;
    private final boolean alone;
    private final int packet;
    private final int payload;
    private final LongConsumer onEach;
    private boolean searching;
    private boolean notTaken;
    private long notTakenSince;
    private volatile boolean arrives;
    private volatile boolean inBatches;

    /**
     * @param streams of this test, at least one
     * @param packet size of the packets asked for, bytes, headers included; see {@link #packetSize}
     * @param overhead bytes of headers in it
     * @param alone whether nobody receives on the streams' sockets
     * @param onEach called for each datagram with their number
     */
    UdpSender(
            NanoClock clock,
            List<UdpStream> streams,
            int packet,
            int overhead,
            boolean randomData,
            boolean alone,
            LongConsumer onEach) {
        this.clock = clock;
        this.streams = streams.toArray(UdpStream[]::new);
        this.randomData = randomData;
        this.alone = alone;
        this.searching = alone && !this.streams[0].isConnected();
        this.payload = UdpHeader.payloadLength(packet, overhead);
        this.packet = payload + overhead;
        this.onEach = onEach;
    }

    /**
     * @return size of the packets, bytes, headers included: the size asked for, or the least that has room for a number
     */
    int packetSize() {
        return packet;
    }

    /** To be called once the sockets are closed; any thread. */
    void socketsClosed() {
        for (UdpStream stream : streams) {
            stream.socketClosed();
        }
    }

    /** @return how many streams it sends */
    int streams() {
        return streams.length;
    }

    /** The peer has said that it receives what is sent to it; any thread. */
    void arrives() {
        arrives = true;
    }

    /** @return whether all streams send several datagrams in a call; at the end, whether they did so to the end */
    boolean inBatches() {
        return inBatches;
    }

    /**
     * Sends what the pacer lets through, until it is over or the socket is closed.
     *
     * @param batches whether to send several datagrams in a call, where the system can
     */
    void run(Pacer pacer, BooleanSupplier over, boolean batches) throws IOException {
        try {
            for (UdpStream stream : streams) {
                if (alone) {
                    stream.outlet().channel().configureBlocking(false);
                }
            }
            if (batches) {
                UdpOutlet.sendInBatches(
                        Arrays.stream(streams).map(UdpStream::outlet).toList());
            }
            inBatches = allInBatches();
            pacer.limitInitialRate(
                    START_PACKETS_PER_SECOND * streams.length * packet * 8, clock.nanoTime() + START_NANOS);
            sendInTurn(pacer, over);
        } finally {
            inBatches = allInBatches();
            for (UdpStream stream : streams) {
                stream.close();
            }
        }
    }

    private void sendInTurn(Pacer pacer, BooleanSupplier over) throws IOException {
        // not fields: a session that has ended may be remembered for long
        ByteBuffer datagrams = ByteBuffer.allocateDirect(payload * maxBatch());
        ByteBuffer opener = ByteBuffer.allocateDirect(1);
        ByteBuffer filling = Payload.of(randomData);
        int turn = 0;
        while (!over.getAsBoolean()) {
            UdpStream stream = streams[turn];
            long now = clock.nanoTime();
            int maxBatch = stream.outlet().maxBatch();
            long wait = pacer.nanosUntilDue(now, maxBatch);
            if (wait > 0) {
                // the rate may rise while this thread waits
                clock.parkNanos(Math.min(wait, MAX_GAP_NANOS));
                continue;
            }
            int due = pacer.unitsDue(now, maxBatch);
            // its turn is over even if the system does not take its datagrams: the others may have more luck
            turn = turn + 1 < streams.length ? turn + 1 : 0;
            if (searching) {
                findPeer(stream, opener);
            }
            if (randomData) {
                fill(datagrams, filling, due);
            }
            int sent = send(stream, datagrams, due);
            if (sent == 0) {
                clock.parkNanos(NOT_TAKEN_PAUSE_NANOS);
                continue;
            }
            packets.add(sent);
            bytes.add((long) packet * sent);
            onEach.accept(packets.get());
            pacer.sent(sent == 1 ? pacedBytes(pacer.rate()) : (double) packet * sent);
        }
    }

    private boolean allInBatches() {
        return Arrays.stream(streams).allMatch(stream -> stream.outlet().maxBatch() > 1);
    }

    private int maxBatch() {
        return Arrays.stream(streams)
                .mapToInt(stream -> stream.outlet().maxBatch())
                .max()
                .orElse(1);
    }

    /**
     * Behind a NAT the peer's address is the one that its first datagram comes from; an address that data arrives at is
     * right.
     */
    private void findPeer(UdpStream stream, ByteBuffer opener) throws IOException {
        if (!stream.learnPeer(opener) && arrives && !stream.awaitsOthers()) {
            searching = false;
            for (UdpStream each : streams) {
                each.connect();
            }
        }
    }

    /** Below the slowest rate a packet counts as much as the rate carries in a second. */
    private double pacedBytes(long rate) {
        boolean tooSlow = rate != Pacer.UNLIMITED && packet * 8e9 / rate > MAX_GAP_NANOS;
        return tooSlow ? rate / 8.0 : packet;
    }

    private void fill(ByteBuffer datagrams, ByteBuffer filling, int count) {
        int length = count * payload;
        int from = ThreadLocalRandom.current().nextInt(filling.capacity() - length);
        datagrams.clear();
        filling.limit(from + length).position(from);
        datagrams.put(filling);
    }

    /** @return how many the system took; 0 if it would take none just now */
    private int send(UdpStream stream, ByteBuffer datagrams, int count) throws IOException {
        try {
            return stream.send(datagrams, count);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // An error about an earlier datagram, from a router, a firewall or the host itself, passes or not: if none
            // arrives, the peer will say so. A queue that is full passes. Only where not a single one can be sent, the
            // reason is this system's.
            long now = clock.nanoTime();
            notTakenSince = notTaken ? notTakenSince : now;
            notTaken = true;
            boolean ofAnEarlierOne = packets.get() > 0 || e instanceof PortUnreachableException;
            if (ofAnEarlierOne || now - notTakenSince < MAX_QUEUE_NANOS) {
                return 0;
            }
            throw new LocalNetworkException("cannot send datagrams (" + e.getMessage() + ")", e);
        }
    }
}
