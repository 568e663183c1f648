package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.JoinRequest;
import io.github.jmeterbtest.protocol.OpeningMessage;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what becomes of a connection once its opening message has come: it joins a test, gets a thread for a test of
 * its own, or is refused. Who has no place gets no thread. Thread-safe.
 */
final class Reception implements Acceptor.Handler {
    /** Logins under way, each with a thread; more where more sessions are allowed. */
    private static final int MIN_LOGINS = 256;

    private final BandwidthServer server;
    private final ServerOptions options;
    private final Refusals refusals;
    private final PendingJoins pendingJoins;
    private final SourceShares<SessionHandler> sessions;
    private final SourceShares<SessionHandler> logins;

    // guarded by this
    private final Set<Channel> channels = new HashSet<>();
    private final Set<Thread> handlers = new HashSet<>();
    private boolean closed;

    Reception(BandwidthServer server, ServerOptions options, Refusals refusals) {
        this.server = server;
        this.options = options;
        this.refusals = refusals;
        this.pendingJoins = new PendingJoins(server.clock());
        this.sessions = SourceShares.ofLasting(options.maxSessions(), SessionHandler::idleness);
        this.logins = SourceShares.ofLasting(Math.max(options.maxSessions(), MIN_LOGINS), SessionHandler::idleness);
    }

    PendingJoins pendingJoins() {
        return pendingJoins;
    }

    @Override
    public void refused(Opening opening, Refusal.Cause cause, String reason) {
        refusals.add(opening.client().getAddress(), cause, reason);
    }

    @Override
    public void opened(Opening opening, OpeningMessage message) {
        if (message instanceof JoinRequest request) {
            join(opening, request);
        } else {
            admit(opening, (Command) message);
        }
    }

    @Override
    public boolean makeRoom(Source newcomer) {
        Optional<SessionHandler> evicted = sessions.makeRoom(newcomer, SessionHandler::connections);
        evicted.ifPresent(SessionHandler::makeRoom);
        return evicted.isPresent();
    }

    private void join(Opening opening, JoinRequest request) {
        register(opening.channel());
        if (!pendingJoins.join(request.token(), opening.client().getAddress(), opening.channel())) {
            refuse(opening, "it tried to join a test that is not waiting for connections");
        }
    }

    private void admit(Opening opening, Command command) {
        SessionHandler handler = new SessionHandler(server, this, opening, command);
        if (!sessions.wouldAdmit(opening.source())) {
            // before the login, so that the client does not take a refusal for a wrong password
            refuse(opening, allInUse());
        } else if (!takePlace(requiresLogin() ? logins : sessions, handler)) {
            refuse(opening, "too many logins are under way");
        } else {
            start(opening, handler);
        }
    }

    private synchronized void start(Opening opening, SessionHandler handler) {
        register(opening.channel());
        if (closed) {
            return;
        }
        try {
            handlers.add(Threads.startLight("session", () -> run(handler, opening.channel())));
        } catch (OutOfMemoryError e) {
            releasePlaces(handler);
            refuse(opening, "the system has no thread for it");
        }
    }

    private void run(SessionHandler handler, SocketChannel channel) {
        try {
            handler.run();
        } finally {
            releasePlaces(handler);
            unregister(channel);
            synchronized (this) {
                handlers.remove(Thread.currentThread());
            }
        }
    }

    private void refuse(Opening opening, String reason) {
        opening.refuse();
        Sockets.closeQuietly(opening.channel());
        unregister(opening.channel());
        refused(opening, Refusal.Cause.FULL, reason);
    }

    private boolean requiresLogin() {
        return options.authentication() != Authentication.NONE;
    }

    private static boolean takePlace(SourceShares<SessionHandler> places, SessionHandler handler) {
        SourceShares.Admission<SessionHandler> admission = places.take(handler.source(), handler);
        admission.evicted().ifPresent(SessionHandler::makeRoom);
        return admission.admitted();
    }

    private void releasePlaces(SessionHandler handler) {
        logins.release(handler.source(), handler);
        sessions.release(handler.source(), handler);
    }

    /**
     * Only who has logged in may take a session from others; without a login it was taken at the start.
     *
     * @return whether the handler has a session now
     */
    boolean takeSession(SessionHandler handler) {
        if (!requiresLogin()) {
            return true;
        }
        logins.release(handler.source(), handler);
        return takePlace(sessions, handler);
    }

    String allInUse() {
        return "all " + options.maxSessions() + " sessions are in use";
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

    /**
     * Closes all channels, now and from now on.
     *
     * @return the threads that end by that
     */
    synchronized Set<Thread> close() {
        closed = true;
        channels.forEach(Sockets::closeQuietly);
        return Set.copyOf(handlers);
    }
}
