package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.protocol.Status;

/** The statuses of one connection. Used under the lock of {@link PeerStatus}. */
final class StatusSource {
    private static final long WRAP = 1L << 32;
    /**
     * So much more than was sent, as far as is known here, may arrive: the sender counts a write after it, a peer other
     * headers.
     */
    private static final long COUNTED_DIFFERENTLY = WRAP / 16;

    private final Arrivals arrivals;
    private final boolean lossy;
    /** How much of what was sent arrived before the last status, 0 to 1; what is expected of the next one. */
    private double arrivedShare;

    private long count;
    private long total;
    private PeerStatus.Sent before = new PeerStatus.Sent(0, 0, 0);
    private long lastStatusAt;

    /**
     * @param standInLine whether its statuses wait for data that was sent before them
     * @param lossy whether less may arrive than is sent, as over UDP
     */
    StatusSource(boolean standInLine, boolean lossy) {
        this.arrivedShare = lossy ? 0 : 1;
        this.lossy = lossy;
        this.arrivals = new Arrivals(standInLine);
    }

    /**
     * @param sent what was sent so far: the status has only 32 bits for the count, and no more has come than has gone
     * @param ofAll whether it reports on all connections
     * @param at when it came, ns after the start of the test
     * @return bytes that the peer received since its last status, in the peer's own unit
     */
    long accept(Status status, PeerStatus.Sent sent, boolean ofAll, long at) {
        long sentBefore = ofAll ? before.bytes() : before.connectionBytes();
        long sentSince = (ofAll ? sent.bytes() : sent.connectionBytes()) - sentBefore;
        long atMost = sentSince + Math.max(0, sentBefore - total) + COUNTED_DIFFERENTLY - status.bytesReceived();
        long likely = Math.round((arrivedShare * sentSince - status.bytesReceived()) / WRAP);
        long wraps = Math.max(0, Math.min(likely, Math.floorDiv(atMost, WRAP)));
        long bytes = status.bytesReceived() + wraps * WRAP;
        arrivals.add(status.sequence(), bytes, at);
        before = sent;
        lastStatusAt = at;
        if (lossy && sentSince > 0) {
            arrivedShare = Math.min(1, (double) bytes / sentSince);
        }
        total += bytes;
        count++;
        return bytes;
    }

    /** @return what had been sent when the last status came */
    PeerStatus.Sent before() {
        return before;
    }

    long count() {
        return count;
    }

    long total() {
        return total;
    }

    long lastStatusAt() {
        return lastStatusAt;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** @return whether it has reported on any time: a status at the very start does not */
    boolean hasReported() {
        return total > 0 || arrivals.end() > 0;
    }
}
