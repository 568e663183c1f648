package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Test data over UDP. Both ends send a status each second over the control connection, whatever the direction. */
final class UdpTransfer extends Transfer {
    private static final int LARGEST_DATAGRAM = 64 << 10;
    /** Enough for a RouterOS client with 255 connections, and an end to the memory that a stranger can take. */
    private static final int MOST_SOURCES = 256;
    /** Slower than this a sender falls to one packet a second (agreed by several implementations). */
    private static final long NO_BUFFER_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * What this end does in the test.
     *
     * @param txSize  size of the IP packets to send, bytes
     * @param txSpeed cap, bit/s; 0 for none, which makes the sender follow what the peer says it receives
     */
    record Role(boolean sends, boolean receives, int txSize, long txSpeed, boolean randomData) {
    }

    private final SocketChannel control;
    private final DatagramChannel channel;
    private final boolean connected;
    private final InetAddress peer;
    private final Role role;
    private final int overhead;
    private final UdpFeedback feedback;
    private final SocketAddress prescribed;
    /** Where to send if the socket is not connected: where the protocol says, or if nothing comes from there, where it does. */
    private volatile SocketAddress target;

    private final Counter rxBytes = new Counter();
    private final Counter rxPackets = new Counter();
    private final Counter txBytes = new Counter();
    private final Counter txPackets = new Counter();
    private final Counter lost = new Counter();
    private final Counter reordered = new Counter();
    private final Counter duplicates = new Counter();
    /** Of the receiving thread. */
    private long lastDatagramAt;
    private volatile long longestGap = IntervalReport.UNKNOWN;
    private final ByteBuffer statusBuffer = ByteBuffer.allocate(Status.LENGTH);

    /**
     * @param control blocking control connection
     * @param channel bound and blocking; if not connected, datagrams of other addresses than the target's are dropped
     * @param target  the peer's UDP address as the protocol prescribes it
     */
    UdpTransfer(SocketChannel control, DatagramChannel channel, InetSocketAddress target, Role role) {
        this.control = control;
        this.channel = channel;
        this.connected = channel.isConnected();
        this.prescribed = target;
        this.target = target;
        this.peer = target.getAddress();
        this.role = role;
        this.overhead = peer instanceof Inet4Address ? UdpHeader.IPV4_OVERHEAD : UdpHeader.IPV6_OVERHEAD;
        this.feedback = new UdpFeedback(role.txSpeed, role.txSize, txBytes::get);
    }

    @Override
    void startThreads() {
        startThread("udp-control",
                () -> readStatuses(control, bytes -> feedback.peerReceived(bytes, System.nanoTime())));
        if (role.receives || !connected) {
            startThread("udp-rx", this::receive);
        }
        if (role.sends) {
            startThread("udp-tx", this::send);
        }
    }

    private void receive() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(LARGEST_DATAGRAM);
        Map<SocketAddress, SequenceTracker> trackers = new HashMap<>();
        SocketAddress lastSource = null;
        SequenceTracker tracker = newTracker();
        while (!closed()) {
            buffer.clear();
            if (!connected) {
                SocketAddress source = channel.receive(buffer);
                if (source != lastSource && !source.equals(lastSource)) {
                    if (!peer.equals(((InetSocketAddress) source).getAddress())) {
                        continue;
                    }
                    tracker = trackers.size() < MOST_SOURCES
                            ? trackers.computeIfAbsent(source, s -> newTracker()) : trackers.getOrDefault(source, tracker);
                    target = source.equals(prescribed) || trackers.size() == 1 ? source : target;
                }
                lastSource = source;
            } else if (!read(buffer)) {
                continue;
            }
            count(buffer, tracker);
        }
    }

    private void count(ByteBuffer datagram, SequenceTracker tracker) {
        int length = datagram.position();
        // an empty datagram only opens a NAT, and shorter ones than a sequence number are none of ours
        if (length >= UdpHeader.SEQUENCE_LENGTH && role.receives) {
            markFirstPayload();
            watchGap(System.nanoTime());
            tracker.accept(UdpHeader.sequence(datagram));
            rxPackets.add(1);
            rxBytes.add(length + overhead);
        }
    }

    private void watchGap(long now) {
        if (lastDatagramAt != 0 && now - lastDatagramAt > longestGap) {
            longestGap = now - lastDatagramAt;
        }
        lastDatagramAt = now;
    }

    /** @return false if the peer's socket is not open (yet, or any more), which the control connection will clear up */
    private boolean read(ByteBuffer buffer) throws IOException {
        try {
            channel.read(buffer);
            return true;
        } catch (PortUnreachableException e) {
            return false;
        }
    }

    private SequenceTracker newTracker() {
        return new SequenceTracker(lost, reordered, duplicates);
    }

    private void send() throws IOException {
        int payload = UdpHeader.payloadLength(role.txSize, overhead);
        int packet = payload + overhead;
        ByteBuffer datagram = ByteBuffer.allocateDirect(payload);
        ByteBuffer filling = Filling.of(role.randomData);
        int sequence = 0;
        Pacer pacer = feedback.pacer();
        while (!sendingIsOver()) {
            long wait = pacer.nanosUntilDue(System.nanoTime());
            if (wait > 0) {
                // the rate may rise while this thread waits
                LockSupport.parkNanos(Math.min(wait, LONGEST_GAP_NANOS));
                continue;
            }
            if (role.randomData) {
                fill(datagram, filling);
            }
            UdpHeader.putSequence(datagram, sequence++);
            datagram.clear();
            if (!sendOne(datagram)) {
                sequence--;
                LockSupport.parkNanos(NO_BUFFER_PAUSE_NANOS);
                continue;
            }
            txPackets.add(1);
            txBytes.add(packet);
            if (!role.receives) {
                markFirstPayload();
            }
            pacer.sent(pacedBytes(pacer.rate(), packet));
        }
    }

    /** Below the slowest rate a packet counts as much as the rate carries in a second. */
    private static double pacedBytes(long rate, int packet) {
        boolean tooSlow = rate != Pacer.UNLIMITED && packet * 8e9 / rate > LONGEST_GAP_NANOS;
        return tooSlow ? rate / 8.0 : packet;
    }

    private static void fill(ByteBuffer datagram, ByteBuffer filling) {
        int from = ThreadLocalRandom.current().nextInt(filling.capacity() - datagram.capacity());
        datagram.clear();
        filling.limit(from + datagram.capacity()).position(from);
        datagram.put(filling);
    }

    /** @return false if the system would not take it just now */
    private boolean sendOne(ByteBuffer datagram) throws IOException {
        try {
            return (connected ? channel.write(datagram) : channel.send(datagram, target)) > 0;
        } catch (PortUnreachableException e) {
            // tells of an earlier datagram, which came before the peer's socket was open, or after it was closed
            return false;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("buffer space")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    long rxBytes() {
        return rxBytes.get();
    }

    @Override
    long txBytes() {
        return txBytes.get();
    }

    @Override
    long rxPackets() {
        return rxPackets.get();
    }

    @Override
    long txPackets() {
        return txPackets.get();
    }

    @Override
    long lostPackets() {
        return lost.get();
    }

    @Override
    long reorderedPackets() {
        return reordered.get();
    }

    @Override
    long duplicatePackets() {
        return duplicates.get();
    }

    @Override
    long longestGapNanos() {
        return longestGap;
    }

    @Override
    boolean peerTellsArrivals() {
        return role.sends;
    }

    @Override
    boolean sendsStatuses() {
        return true;
    }

    @Override
    void sendStatus(Status status) throws IOException {
        statusBuffer.clear().put(status.encode()).flip();
        while (statusBuffer.hasRemaining()) {
            control.write(statusBuffer);
        }
    }

    @Override
    long signsOfLife() {
        return rxPackets.get() + peerStatus().count();
    }

    @Override
    void closeChannels() {
        Sockets.closeQuietly(channel);
        Sockets.closeQuietly(control);
    }
}
