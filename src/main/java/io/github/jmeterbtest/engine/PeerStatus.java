package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;

/** What the other end has said of itself. One thread takes the statuses, any thread reads. */
final class PeerStatus {
    /** Statuses remembered; a power of two. */
    private static final int HISTORY = 64;
    private static final long WRAP = 1L << 32;

    private final long[] received = new long[HISTORY];
    private final long[] sequences = new long[HISTORY];
    private long count;
    private long total;
    private long txBytesBefore;
    private volatile int cpuLoad = IntervalReport.UNKNOWN;

    /**
     * @param txBytes bytes sent to the peer so far: the status has but 32 bits for the count, and what was sent tells how
     *                often it wrapped
     * @return bytes that the peer received since its last status
     */
    synchronized long accept(Status status, long txBytes) {
        long sent = txBytes - txBytesBefore;
        long wraps = Math.max(0, Math.round((double) (sent - status.bytesReceived()) / WRAP));
        long bytes = status.bytesReceived() + wraps * WRAP;
        int place = (int) (status.sequence() % HISTORY);
        received[place] = bytes;
        sequences[place] = status.sequence();
        txBytesBefore = txBytes;
        cpuLoad = status.cpuLoad();
        total += bytes;
        count++;
        return bytes;
    }

    /** @return statuses so far */
    synchronized long count() {
        return count;
    }

    /** @return bytes that the peer says it received so far */
    synchronized long total() {
        return total;
    }

    /**
     * @param first first second of the test, from 1
     * @param last  last second, not before the first
     * @return bytes that the peer received in these seconds, or {@link IntervalReport#UNKNOWN} if it has not said so of each
     */
    synchronized long received(long first, long last) {
        long sum = 0;
        for (long second = first; second <= last; second++) {
            int place = (int) (second % HISTORY);
            if (sequences[place] != second) {
                return IntervalReport.UNKNOWN;
            }
            sum += received[place];
        }
        return sum;
    }

    /** @return percent, or {@link IntervalReport#UNKNOWN} */
    int cpuLoad() {
        return cpuLoad;
    }
}
