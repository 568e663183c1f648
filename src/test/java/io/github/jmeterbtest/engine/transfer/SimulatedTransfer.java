package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.protocol.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A transfer without sockets and threads: what moves, and what the peer says, follows from the time. */
class SimulatedTransfer extends Transfer {
    final List<Status> statuses = new ArrayList<>();
    private final SimulatedClock time;
    private final boolean sends;
    private LongSupplier received = () -> 0;
    private LongSupplier sent = () -> 0;
    private long peerSequence;

    /** @param sends whether this end sends, so that the peer owes a status each second */
    SimulatedTransfer(SimulatedClock clock, boolean sends) {
        this(clock, sends, new PeerStatus(false, 1, null));
    }

    SimulatedTransfer(SimulatedClock clock, boolean sends, PeerStatus peerStatus) {
        super(clock, clock.nanoTime(), peerStatus);
        this.time = clock;
        this.sends = sends;
    }

    /** Has a status of the peer come at that time. */
    void peerReportsAt(Duration time, long bytes) {
        this.time.at(time, () -> peerReported(0, new Status(0, ++peerSequence, bytes)));
    }

    /** @param bytes in all, by now */
    void receives(LongSupplier bytes) {
        received = bytes;
    }

    /** @param bytes in all, by now */
    void sends(LongSupplier bytes) {
        sent = bytes;
    }

    @Override
    void startThreads() {
        // nothing runs
    }

    @Override
    public int connections() {
        return 1;
    }

    @Override
    long rxBytes() {
        return received.getAsLong();
    }

    @Override
    long txBytes() {
        return sent.getAsLong();
    }

    @Override
    long signsOfLife() {
        return rxBytes();
    }

    @Override
    boolean peerTellsArrivals() {
        return sends;
    }

    @Override
    boolean peerIsCredible() {
        return true;
    }

    @Override
    boolean peerMustReport() {
        return sends;
    }

    @Override
    boolean sendsStatuses() {
        return true;
    }

    @Override
    void sendStatus(Status status) {
        statuses.add(status);
    }

    @Override
    void closeChannels() {
        // there are none
    }
}
