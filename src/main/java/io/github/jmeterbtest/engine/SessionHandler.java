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
import io.github.jmeterbtest.protocol.JoinRequest;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.OpeningMessage;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One accepted connection, on a thread of its own: handshake and login, then either it joins a test or it runs one. */
final class SessionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);
    /** A RouterOS client opens its further connections at once. */
    private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(5);

    private final BandwidthServer server;
    private final NanoClock clock;
    private final ServerOptions options;
    private final SocketChannel control;
    private final long acceptedAt;
    private InetSocketAddress local;
    private InetSocketAddress peer;
    private boolean handedOver;

    SessionHandler(BandwidthServer server, SocketChannel control) {
        this.server = server;
        this.clock = server.clock();
        this.acceptedAt = clock.nanoTime();
        this.options = server.options();
        this.control = control;
    }

    /** @return whether the connection lives on, as part of a test that another handler runs */
    boolean run() {
        try {
            Sockets.disableNagle(control);
            local = (InetSocketAddress) control.getLocalAddress();
            peer = (InetSocketAddress) control.getRemoteAddress();
            handshake();
        } catch (BtestException e) {
            LOG.warn("no test for {}: {}", peer, noTest(e.getMessage()));
        } catch (MalformedMessageException e) {
            LOG.warn("no test for {}: {}", peer, noTest("it violated the protocol: " + e.getMessage()));
        } catch (SocketTimeoutException e) {
            LOG.info(
                    "no test for {}: {}",
                    peer,
                    noTest("it took longer than " + options.handshakeTimeout().toMillis()
                            + " ms for its command or login"));
        } catch (ClosedChannelException e) {
            LOG.debug("handshake with {} aborted: the server is closing", peer);
        } catch (IOException e) {
            LOG.info("no test for {}: {}", peer, noTest("it closed the connection before the test: " + e.getMessage()));
        } catch (InterruptedException e) {
            LOG.debug("handshake with {} interrupted: the server is closing", peer);
        } catch (RuntimeException | Error e) {
            LOG.error("no test for {}: {}", peer, noTest("the server failed: " + e), e);
        } finally {
            if (!handedOver) {
                Sockets.closeQuietly(control);
            }
        }
        return handedOver;
    }

    private String noTest(String reason) {
        if (peer != null) {
            server.refused(peer.getAddress(), reason);
        }
        return reason;
    }

    private void handshake() throws IOException, MalformedMessageException, BtestException, InterruptedException {
        HandshakeChannel channel = new HandshakeChannel(clock, control, options.handshakeTimeout());
        channel.write(ServerReply.HELLO.encode());
        OpeningMessage opening = OpeningMessage.decode(channel.read(OpeningMessage.LENGTH));
        if (opening instanceof JoinRequest request) {
            join(request, channel);
            return;
        }
        Command command = (Command) opening;
        // before the login, so that the client does not take a refusal for a wrong password …
        requireSession(!server.full(), channel);
        String user = server.login().run(channel);
        // … but only who has logged in may take a session from others
        requireSession(server.acquireSession(), channel);
        try {
            if (command.protocol() == Protocol.UDP) {
                serveUdp(command, user, channel);
            } else {
                serveTcp(command, user, channel);
            }
        } finally {
            server.releaseSession();
        }
    }

    private void requireSession(boolean free, HandshakeChannel channel) throws IOException, BtestException {
        if (!free) {
            channel.write(new ServerReply.Refused().encode());
            throw new BtestException(ErrorKind.REFUSED, "all " + options.maxSessions() + " sessions are in use");
        }
    }

    private void join(JoinRequest request, HandshakeChannel channel) throws IOException, BtestException {
        handedOver = server.pendingJoins().join(request.token(), peer.getAddress(), control);
        if (!handedOver) {
            channel.write(new ServerReply.Refused().encode());
            throw new BtestException(ErrorKind.REFUSED, "it tried to join a test that is not waiting for connections");
        }
    }

    private void serveTcp(Command command, String user, HandshakeChannel channel)
            throws IOException, InterruptedException {
        List<SocketChannel> channels = new ArrayList<>();
        channels.add(control);
        if (command.connectionCount() <= 1) {
            channel.write(new ServerReply.Ok(0).encode());
        } else {
            try (PendingJoins.JoinGroup group =
                    server.pendingJoins().open(peer.getAddress(), command.connectionCount() - 1)) {
                channel.write(new ServerReply.Ok(group.token()).encode());
                channels.addAll(group.await(JOIN_TIMEOUT));
            }
        }
        long startNanos = clock.nanoTime();
        if (channels.size() < command.connectionCount()) {
            LOG.warn("{} requested {} connections and opened {}", peer, command.connectionCount(), channels.size());
        }
        TcpTransfer.Role role = TcpTransfer.Role.of(Side.SERVER, command, options.authentication());
        channels.forEach(server::register);
        try {
            serve(command, user, new TcpTransfer(clock, startNanos, channels, role), 0);
        } finally {
            channels.forEach(server::unregister);
        }
    }

    private void serveUdp(Command command, String user, HandshakeChannel channel) throws IOException, BtestException {
        int streams = command.connections();
        DatagramChannel datagrams = openUdp(channel, streams);
        try {
            server.register(datagrams);
            int port = ((InetSocketAddress) datagrams.getLocalAddress()).getPort();
            channel.append(new ServerReply.Ok(0).encode());
            channel.write(UdpHeader.encodePort(port));
            long startNanos = clock.nanoTime();
            InetSocketAddress target = new InetSocketAddress(peer.getAddress(), port + UdpHeader.CLIENT_PORT_OFFSET);
            UdpSocket socket = new UdpSocket(datagrams, new UdpPeer(target, streams));
            UdpTransfer transfer = new UdpTransfer(
                    clock,
                    startNanos,
                    control,
                    List.of(socket),
                    UdpTransfer.Role.of(Side.SERVER, command, command.txSize(), false));
            serve(command, user, transfer, port);
        } finally {
            server.unregister(datagrams);
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

    private void serve(Command command, String user, Transfer transfer, int udpPort) {
        Measurement measurement = new Measurement(
                new Measurement.Setup(
                        Side.SERVER, command, options.authentication(), user, local, peer, udpPort, acceptedAt, 0),
                new Timing(
                        options.maxDuration(),
                        Duration.ZERO,
                        options.interval(),
                        LostPeerTimeout.of(Side.SERVER, options.lostPeerTime(), command)),
                transfer);
        ServerSession session = new ServerSession(measurement);
        try {
            measurement.run(() -> server.sessionStarted(session));
        } finally {
            server.sessionEnded(session);
        }
    }
}
