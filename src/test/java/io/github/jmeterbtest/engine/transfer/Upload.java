package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.protocol.Status;
import java.time.Duration;

/** A transfer whose peer reports what a test has it report; every property of it can be another one. */
class Upload extends SimulatedTransfer {
    static final long SECOND = 1_000_000_000;

    boolean tells = true;
    boolean credible = true;
    boolean must = true;
    boolean inLine;
    long lost;
    private final SimulatedClock clock;

    Upload(SimulatedClock clock, PeerStatus peerStatus) {
        super(clock, true, peerStatus);
        this.clock = clock;
    }

    static Upload overTcp() {
        return new Upload(new SimulatedClock(), new PeerStatus(false, 1, null));
    }

    /** Its statuses wait behind data. */
    static Upload inLine() {
        Upload upload = new Upload(new SimulatedClock(), new PeerStatus(true, 1, null));
        upload.inLine = true;
        return upload;
    }

    /** @param after when the status comes, ns after the start */
    void reported(long second, long bytes, long after) {
        peerStatus().accept(0, new Status(0, second, bytes), new PeerStatus.Sent(second * bytes, 0, 0), after);
    }

    /** The peer reports the same on each of the first seconds, in time. */
    void reportedUntil(int lastSecond, long bytes) {
        for (int second = 1; second <= lastSecond; second++) {
            reported(second, bytes, second * SECOND);
        }
    }

    void sendsUntil(long nanos) {
        clock.advance(Duration.ofNanos(nanos - elapsed()));
        endSending();
    }

    @Override
    boolean peerTellsArrivals() {
        return tells;
    }

    @Override
    boolean peerIsCredible() {
        return credible;
    }

    @Override
    boolean peerMustReport() {
        return must;
    }

    @Override
    boolean statusesStandInLine() {
        return inLine;
    }

    @Override
    long lostPackets() {
        return lost;
    }
}
