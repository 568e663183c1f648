package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Test data over UDP. Both ends send a status each second over the control connection, whatever the direction. */
final class UdpTransfer extends Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(UdpTransfer.class);

    /**
     * What this end does in the test.
     *
     * @param txSize   size of the IP packets to send, bytes
     * @param txSpeed  cap, bit/s; 0 for none, which makes the sender follow what the peer says it receives
     * @param opensNat whether datagrams of the peer may come in only after one of this end has gone out
     * @param server   whether this end is the server. It serves clients that report nothing, while the result of a client that
     *                 sends depends on the server's reports. And its statuses count UDP payload: RouterOS 7 shows its client's
     *                 upload as the server reports it, and counts payload itself (kernel module). Those of a client count IP
     *                 packets: nobody shows them, but a server without a cap sends at 1.5 times of them, and with payload that is
     *                 less than two thirds of its packets it would get slower and slower
     */
    record Role(boolean sends, boolean receives, int txSize, long txSpeed, boolean randomData, boolean opensNat,
            boolean server) {
    }

    private static final long STATUS_NANOS = 1_000_000_000;
    private static final int QUIET_AFTER_STATUSES = 2;

    private final SocketChannel control;
    private final ControlConnection connection;
    private final DatagramChannel channel;
    private final InetSocketAddress target;
    private final Role role;
    private final UdpSender sender;
    private final UdpReceiver receiver;
    private final UdpFeedback feedback;
    private final ReceiveDrops drops;
    private final ByteBuffer statusBuffer = ByteBuffer.allocate(Status.LENGTH);
    private int statusesSent;

    /**
     * @param control blocking control connection
     * @param channel bound and blocking; if not connected, datagrams of other hosts than the target's are dropped
     * @param target  the peer's UDP address as the protocol prescribes it
     */
    UdpTransfer(long begin, SocketChannel control, DatagramChannel channel, InetSocketAddress target, Role role) {
        super(begin, new PeerStatus(false, 1, unitDetector(target, role)));
        this.control = control;
        this.connection = new ControlConnection(control);
        this.channel = channel;
        this.target = target;
        this.role = role;
        UdpPeer peer = new UdpPeer(target);
        int overhead = overhead(target);
        this.receiver = new UdpReceiver(channel, peer, overhead, this::received);
        this.sender = new UdpSender(channel, peer, role.txSize, overhead, role.randomData, !role.receives, this::sent);
        this.drops = new ReceiveDrops(List.of(channel));
        this.feedback = new UdpFeedback(role.txSpeed, sender.packetSize(), sender.bytes::get);
    }

    private static int overhead(InetSocketAddress target) {
        return target.getAddress() instanceof Inet4Address ? UdpHeader.IPV4_OVERHEAD : UdpHeader.IPV6_OVERHEAD;
    }

    private static ByteUnitDetector unitDetector(InetSocketAddress target, Role role) {
        int payload = UdpHeader.payloadLength(role.txSize, overhead(target));
        return new ByteUnitDetector(payload + overhead(target), payload);
    }

    @Override
    void startThreads() {
        // before anything can come: the first status may be there already
        feedback.begin(begin());
        openNat();
        startThread("udp-control", () -> readStatuses(0, control, this::peerReceived));
        if (role.receives) {
            startThread("udp-rx", receiver::run, receiver::waitedNanos);
        }
        if (role.sends) {
            startThread("udp-tx", () -> sender.run(feedback.pacer(), this::sendingIsOver));
        }
    }

    /** An empty datagram, which counts for nobody; it may be lost. */
    private void openNat() {
        if (role.opensNat && !role.sends && receiver.packets.get() == 0) {
            try {
                channel.send(ByteBuffer.allocate(0), target);
            } catch (IOException e) {
                LOG.debug("no way through a NAT to {} opened", target, e);
            }
        }
    }

    private void received(long packets) {
        markFirstPayload();
        letOthersRun(packets);
    }

    private void sent(long packets) {
        if (!role.receives) {
            markFirstPayload();
        }
        letOthersRun(packets);
    }

    private void peerReceived(long bytes) {
        feedback.peerReceived(bytes, System.nanoTime());
        if (bytes > 0) {
            sender.arrives();
        }
    }

    @Override
    long rxBytes() {
        return receiver.bytes.get();
    }

    @Override
    long reportedRxBytes() {
        return (role.server ? receiver.payloadBytes : receiver.bytes).get();
    }

    @Override
    long txBytes() {
        return sender.bytes.get();
    }

    @Override
    long rxPackets() {
        return receiver.packets.get();
    }

    @Override
    long txPackets() {
        return sender.packets.get();
    }

    @Override
    long lostPackets() {
        return receiver.lost.get();
    }

    @Override
    long reorderedPackets() {
        return receiver.reordered.get();
    }

    @Override
    long duplicatePackets() {
        return receiver.duplicates.get();
    }

    @Override
    long hostDroppedPackets(long newlyLost) {
        return role.receives ? drops.explain(newlyLost) : IntervalReport.UNKNOWN;
    }

    @Override
    long longestGapNanos() {
        return receiver.longestGapNanos();
    }

    @Override
    boolean peerTellsArrivals() {
        return role.sends;
    }

    @Override
    boolean peerIsCredible() {
        return true;
    }

    @Override
    boolean peerMustReport() {
        return role.sends && !role.server;
    }

    /** Such as blast as a client that receives: RouterOS serves it to the end. */
    @Override
    boolean isQuietPeerAlive(long patienceNanos) {
        return isQuiet() && connection.unacknowledgedNanos() < patienceNanos;
    }

    private boolean isQuiet() {
        return !peerMustReport() && peerStatus().count() == 0;
    }

    @Override
    boolean sendsStatuses() {
        return true;
    }

    @Override
    void sendStatus(Status status) throws IOException {
        // the peer's is due when this one is
        feedback.firstStatusIsDue();
        watchQuietPeer();
        openNat();
        statusBuffer.clear().put(status.encode()).flip();
        while (statusBuffer.hasRemaining()) {
            control.write(statusBuffer);
        }
    }

    private void watchQuietPeer() {
        if (!isQuiet()) {
            return;
        }
        connection.look();
        if (++statusesSent > QUIET_AFTER_STATUSES && connection.unacknowledgedNanos() < STATUS_NANOS / 2) {
            feedback.peerIsQuiet();
        }
    }

    @Override
    long signsOfLife() {
        return receiver.packets.get();
    }

    @Override
    void closeChannels() {
        Sockets.closeQuietly(channel);
        Sockets.closeQuietly(control);
    }
}
