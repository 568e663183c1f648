package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.transfer.LostPeerTimeout;
import io.github.jmeterbtest.engine.transfer.Side;
import io.github.jmeterbtest.engine.transfer.TcpTransfer;
import io.github.jmeterbtest.engine.transfer.Timing;
import io.github.jmeterbtest.engine.transfer.Transfer;
import io.github.jmeterbtest.engine.transfer.UdpPeer;
import io.github.jmeterbtest.engine.transfer.UdpSocket;
import io.github.jmeterbtest.engine.transfer.UdpTransfer;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that has asked for a test, on a thread of its own: the login, then the test. */
final class SessionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);
    /** For all connections of a test together: a RouterOS client opens them at once. */
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(5);
    /** Of tests that move data, the one that just did so is not better than the others; ns. */
    private static final long NOT_IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final BandwidthServer server;
    private final Reception reception;
    private final NanoClock clock;
    private final ServerOptions options;
    private final SocketChannel control;
    private final long acceptedAt;
    private final InetSocketAddress peer;
    private final Source source;
    private final Command command;
    private InetSocketAddress local;
    private volatile ServerSession session;
    private volatile int connections = 1;
    private volatile boolean makesRoom;

    SessionHandler(BandwidthServer server, Reception reception, Opening opening, Command command) {
        this.server = server;
        this.reception = reception;
        this.clock = server.clock();
        this.options = server.options();
        this.control = opening.channel();
        this.acceptedAt = opening.acceptedAt();
        this.peer = opening.client();
        this.source = opening.source();
        this.command = command;
    }

    Source source() {
        return source;
    }

    /** @return connections that it has now; any thread */
    int connections() {
        return connections;
    }

    /** @return for how long it has moved nothing that can be seen, ns; any thread */
    long idleness() {
        ServerSession running = session;
        long idle = running == null ? clock.nanoTime() - acceptedAt : running.idleNanos();
        return idle < NOT_IDLE_NANOS ? 0 : idle;
    }

    /** Ends the login or the test, whose place another client has got; any thread. */
    void makeRoom() {
        makesRoom = true;
        noTest(
                Refusal.Cause.MADE_ROOM,
                "the server ended it to make room: its address held more than others, and it was idle for longest");
        ServerSession running = session;
        if (running != null) {
            running.makeRoom();
        } else {
            Sockets.closeQuietly(control);
        }
    }

    static String tooLate(Duration timeout) {
        return "it took longer than " + timeout.toMillis() + " ms for its command or login";
    }

    void run() {
        try {
            local = (InetSocketAddress) control.getLocalAddress();
            serve();
        } catch (BtestException e) {
            noTest(cause(e.kind()), e.getMessage());
        } catch (SocketTimeoutException e) {
            noTest(Refusal.Cause.TOO_LATE, tooLate(options.handshakeTimeout()));
        } catch (ClosedChannelException e) {
            LOG.debug("handshake with {} aborted by this end", peer);
        } catch (IOException e) {
            noTest(Refusal.Cause.CLOSED, "it closed the connection before the test: " + e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("handshake with {} interrupted: the server is closing", peer);
        } catch (RuntimeException | Error e) {
            noTest(Refusal.Cause.FAILED, "the server failed: " + e);
            LOG.error("no test for {}", peer, e);
        } finally {
            Sockets.closeQuietly(control);
        }
    }

    private static Refusal.Cause cause(ErrorKind kind) {
        return switch (kind) {
            case AUTHENTICATION_FAILED -> Refusal.Cause.LOGIN;
            case REFUSED -> Refusal.Cause.FULL;
            default -> Refusal.Cause.FAILED;
        };
    }

    private void noTest(Refusal.Cause cause, String reason) {
        server.refused(peer.getAddress(), cause, reason);
    }

    private void serve() throws IOException, BtestException, InterruptedException {
        Duration timeLeft = options.handshakeTimeout().minusNanos(clock.nanoTime() - acceptedAt);
        HandshakeChannel channel = new HandshakeChannel(clock, control, timeLeft);
        String user = server.login().run(channel, source);
        if (!reception.takeSession(this)) {
            channel.write(new ServerReply.Refused().encode());
            throw new BtestException(ErrorKind.REFUSED, reception.allInUse());
        }
        if (command.protocol() == Protocol.UDP) {
            serveUdp(user, channel);
        } else {
            serveTcp(user, channel);
        }
    }

    private void serveTcp(String user, HandshakeChannel channel) throws IOException, InterruptedException {
        List<SocketChannel> channels = new ArrayList<>();
        channels.add(control);
        try {
            if (command.connectionCount() <= 1) {
                channel.write(new ServerReply.Ok(0).encode());
            } else {
                channels.addAll(awaitJoins(channel));
            }
            connections = channels.size();
            long startNanos = clock.nanoTime();
            TcpTransfer.Role role = TcpTransfer.Role.of(Side.SERVER, command, options.authentication());
            serve(user, new TcpTransfer(clock, startNanos, channels, role, channel.earlyBytes()), 0);
        } finally {
            channels.forEach(Sockets::closeQuietly);
            channels.forEach(reception::unregister);
        }
    }

    /** @return the connections that have joined the control connection; they are closed if that has ended */
    private List<SocketChannel> awaitJoins(HandshakeChannel channel) throws IOException, InterruptedException {
        int wanted = command.connectionCount() - 1;
        try (PendingJoins.JoinGroup group = reception.pendingJoins().open(peer.getAddress(), wanted)) {
            channel.write(new ServerReply.Ok(group.token()).encode());
            List<SocketChannel> joined = group.await(JOIN_TIMEOUT, channel::hasEnded);
            if (channel.hasEnded()) {
                joined.forEach(Sockets::closeQuietly);
                joined.forEach(reception::unregister);
                throw new EOFException("only " + (1 + joined.size()) + " of its " + command.connectionCount()
                        + " connections had been opened");
            }
            if (joined.size() < wanted) {
                server.note(
                        peer.getAddress(),
                        "requested " + (wanted + 1) + " connections and opened " + (joined.size() + 1) + " in "
                                + JOIN_TIMEOUT.toSeconds() + " s; its test begins with these");
            }
            return joined;
        }
    }

    private void serveUdp(String user, HandshakeChannel channel) throws IOException, BtestException {
        int streams = command.connections();
        DatagramChannel datagrams = openUdp(channel, streams);
        try {
            reception.register(datagrams);
            int port = ((InetSocketAddress) datagrams.getLocalAddress()).getPort();
            channel.append(new ServerReply.Ok(0).encode());
            channel.write(UdpHeader.encodePort(port));
            long startNanos = clock.nanoTime();
            InetSocketAddress target = new InetSocketAddress(peer.getAddress(), port + UdpHeader.CLIENT_PORT_OFFSET);
            UdpSocket socket = new UdpSocket(datagrams, UdpPeer.client(target, streams));
            UdpTransfer transfer = new UdpTransfer(
                    clock,
                    startNanos,
                    control,
                    List.of(socket),
                    UdpTransfer.Role.of(Side.SERVER, command, command.txSize(), false));
            serve(user, transfer, port);
        } finally {
            reception.unregister(datagrams);
            Sockets.closeQuietly(datagrams);
        }
    }

    /**
     * A refusal behind a login means a wrong password. So a client that gets no port is let in, and then sees none
     * come.
     */
    private DatagramChannel openUdp(HandshakeChannel channel, int streams) throws IOException, BtestException {
        try {
            return server.udpPorts().open(local.getAddress(), streams);
        } catch (BtestException e) {
            channel.write(new ServerReply.Ok(0).encode());
            throw e;
        }
    }

    private void serve(String user, Transfer transfer, int udpPort) {
        Measurement measurement = new Measurement(
                new Measurement.Setup(
                        Side.SERVER, command, options.authentication(), user, local, peer, udpPort, acceptedAt, 0),
                new Timing(
                        options.maxDuration(),
                        Duration.ZERO,
                        options.interval(),
                        LostPeerTimeout.of(Side.SERVER, options.lostPeerTime(), command)),
                transfer,
                Optional.empty());
        session = new ServerSession(measurement);
        if (makesRoom) {
            session.makeRoom();
        }
        try {
            measurement.run(() -> server.sessionStarted(session));
        } finally {
            server.sessionEnded(session);
        }
    }
}
