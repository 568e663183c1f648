package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Pacer;
import io.github.jmeterbtest.engine.platform.ReceiveDrops;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Status;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Test data over UDP. Both ends send a status each second over the control connection, whatever the direction. */
public final class UdpTransfer extends Transfer {
    /** Some peers send a status at the very start, when nothing can have arrived. */
    private static final long TOO_EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /**
     * What this end does in the test.
     *
     * @param txSize size of the IP packets to send, bytes
     * @param txSpeed cap, bit/s; 0 for none, which makes the sender follow what the peer says it receives
     * @param opensNat whether datagrams of the peer may come in only after one of this end has gone out
     * @param evenlySent whether the peer's rate is capped, so that it spaces its datagrams evenly
     * @param slow whether the threads mostly wait, so that one for each direction does
     */
    public record Role(
            Side side,
            boolean sends,
            boolean receives,
            int txSize,
            long txSpeed,
            boolean randomData,
            boolean opensNat,
            boolean evenlySent,
            boolean slow) {
        /** @param txSize size of the IP packets that this end sends, bytes */
        public static Role of(Side side, Command command, int txSize, boolean opensNat) {
            return new Role(
                    side,
                    side.transmits(command.direction()),
                    side.receives(command.direction()),
                    txSize,
                    side.txSpeed(command),
                    command.randomData(),
                    opensNat,
                    side.rxSpeed(command) > 0,
                    SpeedCaps.of(side, command).slow());
        }

        boolean server() {
            return side == Side.SERVER;
        }
    }

    private final SocketChannel control;
    private final ControlConnection connection;
    private final List<UdpSocket> sockets;
    private final Role role;
    private final int receiveBuffer;
    private final UdpSenders senders;
    private final UdpReceivers receivers;
    private final UdpFeedback feedback;
    private final ReceiveDrops drops;
    private final ByteBuffer statusBuffer = ByteBuffer.allocate(Status.LENGTH);
    private int statusesSent;
    private long droppedBefore;

    /**
     * @param control blocking control connection
     * @param sockets one for each stream on the client, one for all of them on the server
     */
    public UdpTransfer(NanoClock clock, long startNanos, SocketChannel control, List<UdpSocket> sockets, Role role) {
        super(
                clock,
                startNanos,
                new PeerStatus(false, 1, unitDetector(sockets.get(0).peer().host(), role)));
        this.control = control;
        this.connection = new ControlConnection(clock, control);
        this.sockets = sockets;
        this.role = role;
        this.receiveBuffer =
                role.receives ? Sockets.receiveBuffer(sockets.get(0).channel()) : IntervalReport.UNKNOWN;
        int overhead = overhead(sockets.get(0).peer().host());
        int payload = UdpHeader.payloadLength(role.txSize, overhead);
        int cores = role.slow ? 1 : StreamThreads.usableCores();
        List<List<UdpSocket>> shares = StreamThreads.share(sockets, cores);
        AtomicLong lastAt = shares.size() == 1 ? null : new AtomicLong(ArrivalGap.NONE);
        this.receivers = new UdpReceivers(shares.stream()
                .map(some ->
                        new UdpReceiver(clock, some, overhead, new ArrivalGap(lastAt), role.evenlySent, this::received))
                .toList());
        List<UdpStream> streams =
                sockets.stream().flatMap(socket -> socket.streams(payload)).toList();
        this.senders = new UdpSenders(StreamThreads.share(streams, StreamThreads.toSend(role.txSpeed, cores)).stream()
                .map(some ->
                        new UdpSender(clock, some, role.txSize, overhead, role.randomData, !role.receives, this::sent))
                .toList());
        this.drops = new ReceiveDrops(sockets.stream().map(UdpSocket::channel).toList());
        this.feedback = new UdpFeedback(role.txSpeed, senders.packetSize(), senders::bytes, senders.streams());
    }

    private static int overhead(InetAddress peer) {
        return peer instanceof Inet4Address ? UdpHeader.IPV4_OVERHEAD : UdpHeader.IPV6_OVERHEAD;
    }

    private static ByteUnitDetector unitDetector(InetAddress peer, Role role) {
        int payload = UdpHeader.payloadLength(role.txSize, overhead(peer));
        return new ByteUnitDetector(payload + overhead(peer), payload);
    }

    @Override
    void startThreads() {
        // before anything can come: the first status may be there already
        feedback.start(startNanos());
        openNat();
        startThread("udp-control", () -> readStatuses(0, control, this::peerReceived));
        if (role.receives) {
            receivers.all().forEach(this::startReceiver);
        }
        for (int i = 0; role.sends && i < senders.all().size(); i++) {
            UdpSender sender = senders.all().get(i);
            Pacer pacer = feedback.pacer(i);
            startSender("udp-tx", () -> sender.run(pacer, this::sendingIsOver, !isSlow()));
        }
    }

    private void startReceiver(UdpReceiver receiver) {
        TransferThreads.Work receive = () -> receiver.run(!isSlow());
        if (receiver.selects()) {
            startPlatformThread("udp-rx", receive, receiver::waitedNanos);
        } else {
            startThread("udp-rx", receive, receiver::waitedNanos);
        }
    }

    /** An empty datagram for each stream from which nothing has come; it counts for nobody, and may be lost. */
    private void openNat() {
        for (int i = 0; role.opensNat && !role.sends && i < sockets.size(); i++) {
            if (!receivers.hasReceived(sockets.get(i))) {
                sockets.get(i).openNat();
            }
        }
    }

    /** All streams, or at a server that receives those that something has come from. */
    @Override
    public int connections() {
        return role.receives && role.server()
                ? Math.max(1, receivers.streams())
                : sockets.stream().mapToInt(socket -> socket.peer().streams()).sum();
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
        feedback.peerReceived(bytes, clock().nanoTime());
        if (bytes > 0) {
            sockets.forEach(socket -> socket.peer().arrives());
            senders.arrives();
        } else if (role.server() && elapsed() > TOO_EARLY_NANOS) {
            sockets.forEach(socket -> socket.peer().nothingArrives());
        }
    }

    @Override
    long rxBytes() {
        return receivers.sum(receiver -> receiver.bytes);
    }

    /**
     * Those of a server count payload: RouterOS 7 shows its client's upload as the server reports it, and counts
     * payload itself (kernel module). Those of a client count IP packets: nobody shows them, but a server without a cap
     * sends at 1.5 times of them, and with payload that is less than two thirds of its packets it would get slower and
     * slower.
     */
    @Override
    long reportedRxBytes() {
        return receivers.sum(receiver -> role.server() ? receiver.payloadBytes : receiver.bytes);
    }

    @Override
    long txBytes() {
        return senders.bytes();
    }

    @Override
    long rxPackets() {
        receivers.all().forEach(UdpReceiver::counted);
        return receivers.sum(receiver -> receiver.packets);
    }

    @Override
    long txPackets() {
        return senders.packets();
    }

    @Override
    long lostPackets() {
        return receivers.sum(receiver -> receiver.lost);
    }

    @Override
    long reorderedPackets() {
        return receivers.sum(receiver -> receiver.reordered);
    }

    @Override
    long duplicatePackets() {
        return receivers.sum(receiver -> receiver.duplicates);
    }

    @Override
    long hostDroppedPackets(long newlyLost) {
        if (!role.receives) {
            return IntervalReport.UNKNOWN;
        }
        return receivers.inBatches() ? droppedOf(newlyLost) : drops.explain(newlyLost);
    }

    /** A loss that is told in one interval may have been explained just before the end of the last one. */
    private long droppedOf(long newlyLost) {
        long dropped = Math.max(0, Math.min(newlyLost, receivers.hostDropped() - droppedBefore));
        droppedBefore += dropped;
        return dropped;
    }

    @Override
    public boolean batched() {
        return (!role.sends || senders.inBatches()) && (!role.receives || receivers.inBatches());
    }

    @Override
    public int receiveBuffer() {
        return receiveBuffer;
    }

    @Override
    public long longestGapNanos() {
        return receivers.longestGapNanos();
    }

    @Override
    long jitterNanos() {
        return receivers.jitterNanos();
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
    String ports() {
        int peer = sockets.get(0).peer().port();
        int server = role.server() ? peer - UdpHeader.CLIENT_PORT_OFFSET : peer;
        int client = server + UdpHeader.CLIENT_PORT_OFFSET;
        int streams =
                sockets.stream().mapToInt(socket -> socket.peer().streams()).sum();
        String clients = streams == 1 ? " " + client : "s " + client + " to " + (client + streams - 1);
        return " (server port " + server + ", client port" + clients + ")";
    }

    /** A server serves clients that report nothing; the result of a client that sends depends on the reports. */
    @Override
    boolean peerMustReport() {
        return role.sends && !role.server();
    }

    /**
     * Such as blast as a client that receives: RouterOS serves it to the end. Of one that sends, the datagrams tell.
     * Until the first look at its connection, which comes with the second status, nothing speaks against it.
     */
    @Override
    boolean isQuietPeerAlive(long timeoutNanos) {
        boolean alive = statusesSent < 2 || connection.silentNanos() < timeoutNanos;
        return isQuiet() && !role.receives && alive;
    }

    private boolean isQuiet() {
        return role.server() && role.sends && peerStatus().count() == 0;
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
        // the peer's first status is due only now; when the next one is, a peer that sent none is quiet
        if (isQuiet() && ++statusesSent > 1) {
            connection.look((statusesSent - 1L) * Status.LENGTH);
            feedback.quietSecond(connection.isAcknowledged());
            sockets.forEach(socket -> socket.peer().saysNothing());
        }
    }

    @Override
    long signsOfLife() {
        return receivers.sum(receiver -> receiver.packets);
    }

    @Override
    long provenBytes() {
        return rxBytes() + peerStatus().total();
    }

    @Override
    void closeChannels() {
        sockets.forEach(socket -> Sockets.closeQuietly(socket.channel()));
        receivers.close();
        senders.socketsClosed();
        Sockets.closeQuietly(control);
    }
}
