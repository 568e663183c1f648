package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Command;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One test that a client runs against a {@link BandwidthServer}; it can be followed while it runs or read afterwards. Thread-safe. */
public final class ServerSession {
    private final Command command;
    private final String user;
    private final InetSocketAddress peer;
    private final Instant started = Instant.now();
    private final TestRun run;
    private final List<IntervalReport> intervals = new ArrayList<>();
    private TestReport report;
    private BtestException failure;

    /** @param transfer what moves the data, not started */
    ServerSession(Command command, String user, InetSocketAddress peer, Transfer transfer, ServerOptions options) {
        this.command = command;
        this.user = user;
        this.peer = peer;
        this.run = new TestRun(transfer, SpeedCaps.ofServer(command), options.maxDuration(), Duration.ZERO, options.interval(),
                Silence.allowed(options.lostPeerTime(), command, slowest(command)), this::add);
    }

    private static long slowest(Command command) {
        return command.direction().clientTransmits() ? command.localTxSpeed() : command.remoteTxSpeed();
    }

    /** @return what the client asked for */
    public Command command() {
        return command;
    }

    /** @return the user that logged in; empty without a login */
    public String user() {
        return user;
    }

    /** @return the client's end of the control connection */
    public InetSocketAddress peer() {
        return peer;
    }

    /** @return when the transfer began */
    public Instant started() {
        return started;
    }

    /** Ends the session soon. */
    public void stop() {
        run.stop();
    }

    /**
     * Gives every interval from the first one on to the listener, on the calling thread, and waits for the end of the session.
     *
     * @return the whole test, seen from the server: what it received is what the client sent
     * @throws BtestException       if the session failed; what was measured is in {@link BtestException#report()}
     * @throws InterruptedException if the calling thread is interrupted; the session goes on
     */
    public TestReport follow(Consumer<IntervalReport> listener) throws BtestException, InterruptedException {
        for (int i = 0;; i++) {
            IntervalReport interval;
            synchronized (this) {
                while (i >= intervals.size() && report == null) {
                    wait();
                }
                if (i >= intervals.size()) {
                    if (failure != null) {
                        throw failure;
                    }
                    return report;
                }
                interval = intervals.get(i);
            }
            listener.accept(interval);
        }
    }

    TestRun run() {
        return run;
    }

    synchronized List<IntervalReport> intervals() {
        return List.copyOf(intervals);
    }

    private synchronized void add(IntervalReport interval) {
        intervals.add(interval);
        notifyAll();
    }

    /** @param reason why the session failed, or null */
    synchronized void end(TestReport wholeTest, BtestException reason) {
        failure = reason == null ? null : reason.with(wholeTest);
        report = wholeTest;
        notifyAll();
    }
}
