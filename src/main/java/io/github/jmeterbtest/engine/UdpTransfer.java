package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
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
     */
    record Role(boolean sends, boolean receives, int txSize, long txSpeed, boolean randomData, boolean opensNat) {
    }

    private final SocketChannel control;
    private final DatagramChannel channel;
    private final InetSocketAddress target;
    private final Role role;
    private final UdpSender sender;
    private final UdpReceiver receiver;
    private final UdpFeedback feedback;
    private final ByteBuffer statusBuffer = ByteBuffer.allocate(Status.LENGTH);

    /**
     * @param control blocking control connection
     * @param channel bound and blocking; if not connected, datagrams of other hosts than the target's are dropped
     * @param target  the peer's UDP address as the protocol prescribes it
     */
    UdpTransfer(long begin, SocketChannel control, DatagramChannel channel, InetSocketAddress target, Role role) {
        super(begin, false);
        this.control = control;
        this.channel = channel;
        this.target = target;
        this.role = role;
        UdpPeer peer = new UdpPeer(target);
        int overhead = peer.host() instanceof Inet4Address ? UdpHeader.IPV4_OVERHEAD : UdpHeader.IPV6_OVERHEAD;
        this.receiver = new UdpReceiver(channel, peer, overhead, this::received);
        this.sender = new UdpSender(channel, peer, role.txSize, overhead, role.randomData, !role.receives, this::sent);
        this.feedback = new UdpFeedback(role.txSpeed, role.txSize, sender.bytes::get);
    }

    @Override
    void startThreads() {
        openNat();
        startThread("udp-control", () -> readStatuses(control, this::peerReceived));
        if (role.receives) {
            startThread("udp-rx", receiver::run, receiver::waitedNanos);
        }
        if (role.sends) {
            feedback.begin(begin());
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
    boolean sendsStatuses() {
        return true;
    }

    @Override
    void sendStatus(Status status) throws IOException {
        // the peer's is due when this one is
        feedback.firstStatusIsDue();
        openNat();
        statusBuffer.clear().put(status.encode()).flip();
        while (statusBuffer.hasRemaining()) {
            control.write(statusBuffer);
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
