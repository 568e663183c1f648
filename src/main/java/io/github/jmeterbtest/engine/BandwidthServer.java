package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
    /** Maximum number of ended, unclaimed sessions kept for {@link #awaitSession}. */
    private static final int MAX_ENDED = 100;

    private final NanoClock clock;
    private final ServerOptions options;
    private final InetSocketAddress address;
    private final ServerLogin login;
    private final UdpPorts udpPorts;
    private final Refusals refusals;
    private final Reception reception;
    private final Acceptor acceptor;

    // guarded by this
    private final Set<ServerSession> running = new HashSet<>();
    private final Deque<ServerSession> unclaimed = new ArrayDeque<>();
    private long sessionsStarted;
    private boolean closed;

    private BandwidthServer(ServerOptions options, ServerSocketChannel listener, NanoClock clock)
            throws IOException, BtestException {
        this.clock = clock;
        this.options = options;
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.login = new ServerLogin(clock, options);
        this.udpPorts = new UdpPorts(options.udpPortsFrom(), options.udpPortCount(), options.dscp());
        this.refusals = new Refusals(clock);
        this.reception = new Reception(this, options, refusals);
        this.acceptor = new Acceptor(listener, reception, clock, options.handshakeTimeout(), options.dscp());
        Rehearsal.once();
        acceptor.start();
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
            listener.bind(new InetSocketAddress(bind, options.port()), Acceptor.MAX_OPENINGS);
            Dscp.markListener(listener, options.dscp());
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

    /** @return the last 100 connections that got no test or lost it, the oldest first */
    public List<Refusal> refusals() {
        return refusals.remembered();
    }

    /** @return how many tests there were, and how many connections got none for which reasons; for people */
    public synchronized String summary() {
        String refused = refusals.summary();
        return sessionsStarted
                + (sessionsStarted == 1 ? " test" : " tests")
                + (refused.isEmpty() ? "" : "; connections without a test: " + refused);
    }

    /** @param cause what it counts as */
    void refused(InetAddress client, Refusal.Cause cause, String reason) {
        refusals.add(client, cause, reason);
    }

    /** Ends all sessions, closes all sockets, and waits until the ports are free again. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            running.forEach(ServerSession::stop);
            notifyAll();
        }
        acceptor.close();
        Set<Thread> handlers = reception.close();
        // the port is free when it has left
        joinQuietly(acceptor.thread());
        for (Thread handler : handlers) {
            handler.interrupt();
            joinQuietly(handler);
        }
        refusals.logSilenced();
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

    /** Says something about a client in the log, where there is room for it. */
    void note(InetAddress client, String what) {
        refusals.note(client, what);
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

    synchronized void sessionStarted(ServerSession session) {
        sessionsStarted++;
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
