package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.latency.LatencyProbes;
import io.github.jmeterbtest.engine.platform.CongestionControl;
import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.transfer.Side;
import io.github.jmeterbtest.engine.transfer.TcpTransfer;
import io.github.jmeterbtest.engine.transfer.Transfer;
import io.github.jmeterbtest.engine.transfer.UdpPeer;
import io.github.jmeterbtest.engine.transfer.UdpSocket;
import io.github.jmeterbtest.engine.transfer.UdpTransfer;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.JoinRequest;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Leads the client to a transfer that can start: TCP connect, HELLO, command, login, then the further TCP connections
 * or the UDP sockets. Closing it, from any thread, closes every socket that it opened and ends whatever it waits for.
 */
final class ClientHandshake implements AutoCloseable {
    private final NanoClock clock;
    private final ClientOptions options;
    private final Command command;
    private final ClientConnection connection;
    private final List<Closeable> opened = new ArrayList<>();
    private boolean closed;

    private InetSocketAddress local;
    private InetSocketAddress peer;
    private Authentication authentication = Authentication.NONE;
    private int serverUdpPort;
    private long openedAt;
    private long connectNanos;
    /** What is being waited for, to be named if it does not come. */
    private String awaited = "the TCP connection";

    ClientHandshake(NanoClock clock, ClientOptions options, HostNames names) {
        this.clock = clock;
        this.options = options;
        this.connection = new ClientConnection(clock, options, names, this::remember);
        this.command = options.command();
    }

    Command command() {
        return command;
    }

    /** @return the first address of the server, which is looked up; {@link #open} tries it first */
    InetAddress lookUp() throws IOException, BtestException {
        connection.lookUp();
        return connection.firstAddress();
    }

    /** @return the address of this machine to use, once it has been looked up; null for the system's choice */
    InetAddress local() {
        return connection.local();
    }

    /** Has something end together with the handshake. */
    void closeWithIt(LatencyProbes probes) throws IOException {
        remember(probes::close);
    }

    /** @return a transfer that has not been started */
    Transfer open() throws IOException, MalformedMessageException, BtestException {
        requireCongestionControl();
        openedAt = clock.nanoTime();
        SocketChannel control = connection.connect();
        connectNanos = clock.nanoTime() - openedAt;
        local = (InetSocketAddress) control.getLocalAddress();
        peer = (InetSocketAddress) control.getRemoteAddress();

        HandshakeChannel channel = new HandshakeChannel(clock, control, options.connectTimeout());
        readHello(channel);
        awaited = "the reply to the command or the login";
        channel.write(command.encode());
        channel.renewDeadline(options.connectTimeout());
        ClientLogin.Result login = new ClientLogin(options, channel, clock).run();
        authentication = login.used();
        return command.protocol() == Protocol.UDP ? openUdp(channel) : openTcp(channel, login.token());
    }

    /** Before anything is connected, so that a wrong name costs no login. */
    private void requireCongestionControl() throws BtestException {
        String whyNot = setsCongestionControl() ? CongestionControl.whyNot(options.congestionControl()) : "";
        if (!whyNot.isEmpty()) {
            throw BtestException.invalidOption(
                    "congestion control", "is \"" + options.congestionControl() + "\", which " + whyNot);
        }
    }

    private boolean setsCongestionControl() {
        return command.protocol() == Protocol.TCP
                && !options.congestionControl().isEmpty();
    }

    private void setCongestionControl(List<SocketChannel> channels) throws IOException {
        if (setsCongestionControl() && !CongestionControl.set(channels, options.congestionControl())) {
            throw new IOException(
                    "the system did not take congestion control " + options.congestionControl() + " for a connection");
        }
    }

    private void readHello(HandshakeChannel channel) throws IOException, BtestException {
        awaited = "the server's HELLO";
        try {
            ServerReply.requireHello(channel.read(ServerReply.LENGTH));
        } catch (MalformedMessageException e) {
            throw new BtestException(
                    ErrorKind.NOT_A_BTEST_SERVER,
                    Sockets.show(peer) + " is not a bandwidth test server (" + e.getMessage() + "); check the port",
                    e);
        } catch (SocketTimeoutException e) {
            throw new BtestException(
                    ErrorKind.NOT_A_BTEST_SERVER,
                    Sockets.show(peer) + " sent no HELLO within "
                            + options.connectTimeout().toMillis()
                            + " ms; check the port and that a bandwidth test server listens there",
                    e);
        }
    }

    private Transfer openTcp(HandshakeChannel control, int token)
            throws IOException, MalformedMessageException, BtestException {
        List<SocketChannel> channels = new ArrayList<>();
        channels.add(control.channel());
        // without a token the server has granted one connection only
        int wanted = token == 0 ? 1 : options.connectionCount();
        long startNanos = control.lastReadAt();
        awaited = "the HELLO of another connection";
        long deadline = clock.nanoTime() + options.connectTimeout().toNanos();
        for (SocketChannel joining : connection.connectAll(peer, wanted - 1, deadline)) {
            HandshakeChannel channel =
                    new HandshakeChannel(clock, joining, Duration.ofNanos(deadline - clock.nanoTime()));
            ServerReply.requireHello(channel.read(ServerReply.LENGTH));
            channel.write(new JoinRequest(token).encode());
            channels.add(joining);
            startNanos = clock.nanoTime();
        }
        setCongestionControl(channels);
        return new TcpTransfer(clock, startNanos, channels, TcpTransfer.Role.of(Side.CLIENT, command, authentication));
    }

    private Transfer openUdp(HandshakeChannel channel) throws IOException, MalformedMessageException, BtestException {
        awaited = "the server's UDP port";
        int connections = options.connectionCount();
        // opened before the port is known, since the server may send as soon as it has named it
        List<DatagramChannel> channels = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            DatagramChannel datagrams = Sockets.openDatagrams(peer.getAddress());
            remember(datagrams);
            Dscp.mark(datagrams, options.dscp());
            channels.add(datagrams);
        }
        serverUdpPort = UdpHeader.decodePort(readPort(channel));
        long startNanos = channel.lastReadAt();
        int firstPort = serverUdpPort + UdpHeader.CLIENT_PORT_OFFSET;
        requirePorts(firstPort, firstPort + connections - 1);
        InetSocketAddress target = new InetSocketAddress(peer.getAddress(), serverUdpPort);
        List<UdpSocket> sockets = new ArrayList<>();
        for (DatagramChannel datagrams : channels) {
            bindAndConnect(datagrams, firstPort + sockets.size(), target);
            sockets.add(new UdpSocket(datagrams, new UdpPeer(target, 1)));
        }
        return new UdpTransfer(
                clock,
                startNanos,
                channel.channel(),
                sockets,
                UdpTransfer.Role.of(Side.CLIENT, command, options.localUdpTxSize(), options.nat()));
    }

    private void requirePorts(int first, int last) throws BtestException {
        if (last > 0xFFFF) {
            throw new BtestException(
                    ErrorKind.UDP_PORT_TAKEN,
                    "the server's UDP port " + serverUdpPort + " leaves no room for "
                            + (last - first + 1) + " streams, which need ports " + first + " to " + last
                            + " on this machine; use fewer connections, or change"
                            + " allocate-udp-ports-from on the server");
        }
    }

    private void bindAndConnect(DatagramChannel datagrams, int port, InetSocketAddress target)
            throws IOException, BtestException {
        // many clients on one host may need the same port; connected, the kernel tells them apart by their peers, but
        // behind a NAT the socket stays unconnected and must have the port for itself
        datagrams.setOption(StandardSocketOptions.SO_REUSEADDR, !options.nat());
        try {
            datagrams.bind(new InetSocketAddress(local.getAddress(), port));
        } catch (BindException e) {
            throw new BtestException(
                    ErrorKind.UDP_PORT_TAKEN,
                    "UDP port " + port + " of "
                            + local.getAddress().getHostAddress() + " is not available (" + e.getMessage()
                            + "), and the protocol prescribes it (the server's port " + serverUdpPort + " + "
                            + (port - serverUdpPort)
                            + "); stop the program that uses it, or change allocate-udp-ports-from on the server",
                    e);
        }
        if (!options.nat()) {
            datagrams.connect(target);
        }
    }

    /** One server says its OK twice after MD5; the second one must not be taken for port 256. */
    private byte[] readPort(HandshakeChannel channel) throws IOException, BtestException {
        try {
            byte[] port = channel.read(2);
            boolean secondOk = authentication == Authentication.MD5 && port[0] == 1 && port[1] == 0;
            if (secondOk) {
                channel.read(2);
                return channel.read(2);
            }
            return port;
        } catch (EOFException e) {
            throw new BtestException(
                    ErrorKind.REFUSED,
                    "the server accepted this client, but closed the connection instead of sending a UDP port;"
                            + " all of its UDP ports may be in use: stop the programs that use them,"
                            + " or change its allocate-udp-ports-from",
                    e);
        }
    }

    /** Turns what the network said during the handshake into what the user can do about it. */
    BtestException explain(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return new BtestException(
                    ErrorKind.HANDSHAKE_TIMEOUT,
                    "the server did not send " + awaited + " within "
                            + options.connectTimeout().toMillis()
                            + " ms; check the server, or raise the connect timeout",
                    e);
        }
        if (e instanceof EOFException) {
            return new BtestException(
                    ErrorKind.PEER_LOST,
                    "the server closed the connection instead of sending " + awaited + " (" + e.getMessage()
                            + "); it may have no session left, or not allow this address",
                    e);
        }
        return new BtestException(
                ErrorKind.IO, "network error on this machine before " + awaited + ": " + e.getMessage(), e);
    }

    /** @return what {@link #open} has led to */
    Measurement.Setup setup() {
        return new Measurement.Setup(
                Side.CLIENT,
                command,
                authentication,
                authentication == Authentication.NONE
                        ? ""
                        : options.credentials().user(),
                local,
                peer,
                serverUdpPort,
                openedAt,
                connectNanos);
    }

    private synchronized void remember(Closeable closeable) throws AsynchronousCloseException {
        opened.add(closeable);
        if (closed) {
            Sockets.closeQuietly(closeable);
            throw new AsynchronousCloseException();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        opened.forEach(Sockets::closeQuietly);
    }
}
