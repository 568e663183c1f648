package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;
import java.time.Duration;

/** What the other end has said of itself. One thread takes the statuses, any thread reads. */
final class PeerStatus {
    private static final long WRAP = 1L << 32;
    /** So much more than was sent, as far as is known here, may arrive: the sender counts a write after it, a peer other headers. */
    private static final long COUNTED_DIFFERENTLY = WRAP / 16;

    private final Arrivals arrivals;
    private long count;
    private long total;
    private long txBytesBefore;
    private long heardAt;
    private volatile int cpuLoad = IntervalReport.UNKNOWN;

    /** @param standInLine whether its statuses wait for data that was sent before them */
    PeerStatus(boolean standInLine) {
        this.arrivals = new Arrivals(standInLine);
    }

    /**
     * @param txBytes bytes sent to the peer so far: the status has but 32 bits for the count, and what was sent tells how
     *                often it wrapped: no more has come than has gone
     * @param at      when it came, ns after the begin of the test
     * @return bytes that the peer received since its last status
     */
    synchronized long accept(Status status, long txBytes, long at) {
        long sent = txBytes - txBytesBefore;
        long atMost = sent + Math.max(0, txBytesBefore - total) + COUNTED_DIFFERENTLY - status.bytesReceived();
        long likely = Math.round((double) (sent - status.bytesReceived()) / WRAP);
        long wraps = Math.max(0, Math.min(likely, Math.floorDiv(atMost, WRAP)));
        long bytes = status.bytesReceived() + wraps * WRAP;
        arrivals.add(status.sequence(), bytes, at);
        txBytesBefore = txBytes;
        cpuLoad = status.cpuLoad();
        heardAt = at;
        total += bytes;
        count++;
        return bytes;
    }

    /** @return statuses so far */
    synchronized long count() {
        return count;
    }

    /** @return whether it has told of any time: a status at the very start does not */
    synchronized boolean hasTold() {
        return total > 0 || arrivals.end() > 0;
    }

    /** @return bytes that the peer says it received so far */
    synchronized long total() {
        return total;
    }

    /** @return when the last status came, ns after the begin of the test; 0 if none has */
    synchronized long heardAt() {
        return heardAt;
    }

    /** @see Arrivals#received */
    synchronized long received(long first, long last) {
        return arrivals.received(first, last);
    }

    /**
     * @param omit      how long at the begin does not count, nor does a second of which more than half lies in it
     * @param sentNanos how long this end sent, ns
     * @return bit/s that the peer received in the seconds of which it spoke, in all of them if none counts;
     *         {@link IntervalReport#UNKNOWN} if it never did
     */
    synchronized double averageBitsPerSecond(Duration omit, long sentNanos) {
        long first = (long) Math.ceil(omit.toNanos() / 1e9 + 0.5);
        return arrivals.averageBitsPerSecond(first > arrivals.end() ? 1 : first, sentNanos);
    }

    /** @return percent, or {@link IntervalReport#UNKNOWN} */
    int cpuLoad() {
        return cpuLoad;
    }
}
