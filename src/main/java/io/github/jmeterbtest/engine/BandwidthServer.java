package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bandwidth server as RouterOS's {@code /tool bandwidth-server}: serves any number of clients at once until it is
 * closed.
 *
 * <pre>{@code
 * try (BandwidthServer server = BandwidthServer.start(ServerOptions.builder().port(0).build())) {
 *     TestReport report = server.awaitSession(Duration.ofMinutes(1), any -> true).orElseThrow().follow(second -> { });
 * }
 * }</pre>
 */
public final class BandwidthServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BandwidthServer.class);
    /** Maximum number of ended, unclaimed sessions kept for {@link #awaitSession}. */
    private static final int MAX_ENDED = 100;
    /**
     * Connections that may be open in addition to one per session: those in the handshake, and those that have joined.
     */
    private static final int MAX_CONNECTIONS = 4096;
    /** Maximum number of refused clients remembered. */
    private static final int MAX_REFUSALS = 100;

    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final NanoClock clock;
    private final ServerOptions options;
    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private final ServerLogin login;
    private final UdpPorts udpPorts;
    private final PendingJoins pendingJoins;
    private final Thread acceptor;

    // guarded by this
    private final Set<Channel> channels = new HashSet<>();
    private final Set<ServerSession> running = new HashSet<>();
    private final Deque<ServerSession> unclaimed = new ArrayDeque<>();
    private final Deque<Refusal> refusals = new ArrayDeque<>();
    private final Set<Thread> handlers = new HashSet<>();
    private int sessionsInUse;
    private boolean closed;

    private BandwidthServer(ServerOptions options, ServerSocketChannel listener, NanoClock clock)
            throws IOException, BtestException {
        this.clock = clock;
        this.options = options;
        this.listener = listener;
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.login = new ServerLogin(clock, options);
        this.pendingJoins = new PendingJoins(clock);
        this.udpPorts = new UdpPorts(options.udpPortsFrom(), options.udpPortCount());
        Rehearsal.once();
        this.acceptor = Threads.start("accept", this::acceptAll);
    }

    /**
     * @param options what to offer
     * @return a server that listens
     * @throws BtestException of kind {@link ErrorKind#BIND_FAILED} if it cannot listen there
     */
    public static BandwidthServer start(ServerOptions options) throws BtestException {
        return start(options, NanoClock.SYSTEM);
    }

    static BandwidthServer start(ServerOptions options, NanoClock clock) throws BtestException {
        InetAddress bind = HostNames.SYSTEM
                .addressesOf("bind address", options.bindAddress())
                .get(0);
        ServerSocketChannel listener = null;
        try {
            // without the family 0.0.0.0 would take IPv6 clients as well
            listener = ServerSocketChannel.open(Sockets.family(bind));
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(bind, options.port()), MAX_CONNECTIONS);
            return new BandwidthServer(options, listener, clock);
        } catch (IOException | UnsupportedOperationException | UnsupportedAddressTypeException e) {
            Sockets.closeQuietly(listener);
            throw new BtestException(
                    ErrorKind.BIND_FAILED,
                    "the server cannot listen on " + options.bindAddress() + " port " + options.port() + " ("
                            + e.getMessage() + "); choose an address of this machine and a free port",
                    e);
        } catch (BtestException e) {
            Sockets.closeQuietly(listener);
            throw e;
        }
    }

    /** @return where it listens, with the real port */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Waits for the next session that is wanted and that no other call got. Sessions that began before the call count
     * too.
     *
     * @param timeout how long to wait
     * @param wanted which sessions to take; called under a lock, so it must be quick
     * @return the session, or empty when the time is over or the server was closed
     * @throws InterruptedException if the calling thread is interrupted
     */
    public synchronized Optional<ServerSession> awaitSession(Duration timeout, Predicate<ServerSession> wanted)
            throws InterruptedException {
        long deadline = clock.nanoTime() + timeout.toNanos();
        while (true) {
            for (Iterator<ServerSession> i = unclaimed.iterator(); i.hasNext(); ) {
                ServerSession session = i.next();
                if (wanted.test(session)) {
                    i.remove();
                    return Optional.of(session);
                }
            }
            long left = deadline - clock.nanoTime();
            if (left <= 0 || closed) {
                return Optional.empty();
            }
            clock.waitNanos(this, left);
        }
    }

    /** @return the last 100 connections that got no test, the oldest first */
    public synchronized List<Refusal> refusals() {
        return List.copyOf(refusals);
    }

    synchronized void refused(InetAddress client, String reason) {
        if (refusals.size() == MAX_REFUSALS) {
            refusals.remove();
        }
        refusals.add(new Refusal(clock.now(), client, reason));
    }

    /** Ends all sessions, closes all sockets, and waits until the ports are free again. */
    @Override
    public void close() {
        Set<Thread> toJoin;
        synchronized (this) {
            closed = true;
            Sockets.closeQuietly(listener);
            running.forEach(ServerSession::stop);
            channels.forEach(Sockets::closeQuietly);
            toJoin = new HashSet<>(handlers);
            notifyAll();
        }
        // a thread inside accept() holds the port until it has left
        joinQuietly(acceptor);
        for (Thread handler : toJoin) {
            handler.interrupt();
            joinQuietly(handler);
        }
    }

    private static void joinQuietly(Thread thread) {
        boolean interrupted = Thread.interrupted();
        try {
            thread.join(3_000);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void acceptAll() {
        boolean logged = false;
        while (listener.isOpen()) {
            try {
                handle(listener.accept());
                logged = false;
            } catch (ClosedChannelException e) {
                LOG.debug("bandwidth server on {} closed", address);
            } catch (IOException | OutOfMemoryError e) {
                // out of descriptors or threads: that passes when connections end, and one log message until then is
                // enough
                if (!logged) {
                    LOG.error("bandwidth server on {} cannot accept a connection: {}", address, e.toString());
                    logged = true;
                }
                clock.parkNanos(ACCEPT_PAUSE_NANOS);
            }
        }
    }

    private synchronized void handle(SocketChannel channel) {
        if (closed) {
            Sockets.closeQuietly(channel);
            return;
        }
        if (channels.size() >= options.maxSessions() + MAX_CONNECTIONS) {
            turnAway(channel);
            return;
        }
        channels.add(channel);
        SessionHandler handler = new SessionHandler(this, channel);
        try {
            handlers.add(Threads.startLight("session", () -> run(handler, channel)));
        } catch (OutOfMemoryError e) {
            channels.remove(channel);
            Sockets.closeQuietly(channel);
            throw e;
        }
    }

    private void turnAway(SocketChannel channel) {
        try {
            refused(((InetSocketAddress) channel.getRemoteAddress()).getAddress(), "too many open connections");
        } catch (IOException e) {
            LOG.debug("client gone before it could be refused", e);
        }
        Sockets.closeQuietly(channel);
    }

    private void run(SessionHandler handler, SocketChannel channel) {
        boolean handedOver = false;
        try {
            handedOver = handler.run();
        } finally {
            synchronized (this) {
                handlers.remove(Thread.currentThread());
                if (!handedOver) {
                    channels.remove(channel);
                }
            }
        }
    }

    NanoClock clock() {
        return clock;
    }

    ServerOptions options() {
        return options;
    }

    ServerLogin login() {
        return login;
    }

    UdpPorts udpPorts() {
        return udpPorts;
    }

    PendingJoins pendingJoins() {
        return pendingJoins;
    }

    /** @return whether all sessions are in use */
    synchronized boolean full() {
        return sessionsInUse >= options.maxSessions();
    }

    /** @return whether there was a session left, which is now in use */
    synchronized boolean acquireSession() {
        if (closed || sessionsInUse >= options.maxSessions()) {
            return false;
        }
        sessionsInUse++;
        return true;
    }

    synchronized void releaseSession() {
        sessionsInUse--;
    }

    /** Registers the channel so that it is closed together with the server. */
    synchronized void register(Channel channel) {
        channels.add(channel);
        if (closed) {
            Sockets.closeQuietly(channel);
        }
    }

    synchronized void unregister(Channel channel) {
        channels.remove(channel);
    }

    synchronized void sessionStarted(ServerSession session) {
        running.add(session);
        unclaimed.add(session);
        if (closed) {
            session.stop();
        }
        notifyAll();
    }

    synchronized void sessionEnded(ServerSession session) {
        running.remove(session);
        List<ServerSession> ended =
                unclaimed.stream().filter(other -> !running.contains(other)).toList();
        if (ended.size() > MAX_ENDED) {
            unclaimed.remove(ended.get(0));
        }
    }
}
