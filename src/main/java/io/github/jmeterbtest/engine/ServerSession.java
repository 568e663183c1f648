package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * One test that a client runs against a {@link BandwidthServer}; it can be followed while it runs or read afterwards.
 * Thread-safe.
 */
public final class ServerSession {
    private final Measurement measurement;

    ServerSession(Measurement measurement) {
        this.measurement = measurement;
    }

    /** @return what the client asked for */
    Command command() {
        return measurement.setup().command();
    }

    /** @return what carries the data */
    public Protocol protocol() {
        return command().protocol();
    }

    /** @return which way the data flows, from the client's side */
    public Direction direction() {
        return command().direction();
    }

    /** @return whether the client asked for incompressible data instead of zeros */
    public boolean randomData() {
        return command().randomData();
    }

    /** @return how many TCP connections, or streams of datagrams, the client asked for, at least 1 */
    public int requestedConnections() {
        return command().connections();
    }

    /** @return UDP: size of the IP packets that the client asked for, bytes; TCP: without a meaning */
    public int txSize() {
        return command().txSize();
    }

    /** @return what the client may send, bit/s; 0 for unlimited */
    public long localTxSpeed() {
        return command().localTxSpeed();
    }

    /** @return what the server may send, bit/s; 0 for unlimited */
    public long remoteTxSpeed() {
        return command().remoteTxSpeed();
    }

    /** @return the user that logged in; empty without a login */
    public String user() {
        return measurement.setup().user();
    }

    /** @return the client's end of the control connection */
    public InetSocketAddress peer() {
        return measurement.setup().peer();
    }

    /** @return when the transfer began */
    public Instant started() {
        return measurement.started();
    }

    /** Ends the session soon, as one that was stopped. */
    public void stop() {
        measurement.stop();
    }

    /** @return for how long it has moved nothing that can be seen, ns */
    long idleNanos() {
        return measurement.idleNanos();
    }

    /** Ends the session soon, as one that made room for another client. */
    void makeRoom() {
        measurement.makeRoom();
    }

    /** Ends the session soon, as if it had reached the server's longest test: what was measured until then is good. */
    public void finish() {
        measurement.finish();
    }

    /**
     * Gives every interval from the first one on to the listener, on the calling thread, and waits for the end of the
     * session.
     *
     * @return the whole test, seen from the server: what it received is what the client sent
     * @throws BtestException if the session failed; what was measured is in {@link BtestException#report()}
     * @throws InterruptedException if the calling thread is interrupted; the session goes on
     */
    public TestReport follow(Consumer<IntervalReport> listener) throws BtestException, InterruptedException {
        return measurement.follow(listener);
    }
}
