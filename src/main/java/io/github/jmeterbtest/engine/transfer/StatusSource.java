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
    private long count;
    private long total;
    private PeerStatus.Sent before = new PeerStatus.Sent(0, 0, 0);
    private long lastStatusAt;

    /** @param standInLine whether its statuses wait for data that was sent before them */
    StatusSource(boolean standInLine) {
        this.arrivals = new Arrivals(standInLine);
    }

    /**
     * @param sent what was sent so far: the status has only 32 bits for the count, and this shows how often it wrapped,
     *     since no more has come than has gone
     * @param ofAll whether it reports on all connections
     * @param at when it came, ns after the start of the test
     * @return bytes that the peer received since its last status, in the peer's own unit
     */
    long accept(Status status, PeerStatus.Sent sent, boolean ofAll, long at) {
        long sentBefore = ofAll ? before.bytes() : before.connectionBytes();
        long sentSince = (ofAll ? sent.bytes() : sent.connectionBytes()) - sentBefore;
        long atMost = sentSince + Math.max(0, sentBefore - total) + COUNTED_DIFFERENTLY - status.bytesReceived();
        long likely = Math.round((double) (sentSince - status.bytesReceived()) / WRAP);
        long wraps = Math.max(0, Math.min(likely, Math.floorDiv(atMost, WRAP)));
        long bytes = status.bytesReceived() + wraps * WRAP;
        arrivals.add(status.sequence(), bytes, at);
        before = sent;
        lastStatusAt = at;
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
