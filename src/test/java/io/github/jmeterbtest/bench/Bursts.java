package io.github.jmeterbtest.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How evenly packets leave. A burst is a run of packets, each of which follows the one before within half the time that
 * the set rate gives a packet, and within 10 µs. The queue is what would stand before a link of just the set rate: also
 * packets that are a little apart make it longer, and after a stall of the sender those that it makes up for. So it
 * tells how large a buffer a router needs to lose nothing.
 *
 * @param median packets
 * @param almostLongest packets; 99 of 100 bursts are not longer
 * @param queueNanos how long the last packet would wait in the longest queue
 */
record Bursts(long median, long almostLongest, double queueNanos) {
    private static final double BACK_TO_BACK_NANOS = 10_000;

    /**
     * @param times when each packet left, ns
     * @param gapNanos between packets at the set rate
     */
    static Bursts of(long[] times, double gapNanos) {
        double backToBack = Math.min(BACK_TO_BACK_NANOS, gapNanos / 2);
        List<Long> lengths = new ArrayList<>();
        long length = 1;
        double queue = 0;
        double longestQueue = 0;
        for (int i = 1; i < times.length; i++) {
            long gap = times[i] - times[i - 1];
            if (gap <= backToBack) {
                length++;
            } else {
                lengths.add(length);
                length = 1;
            }
            queue = Math.max(0, queue + gapNanos - gap);
            longestQueue = Math.max(longestQueue, queue);
        }
        lengths.add(length);
        Collections.sort(lengths);
        return new Bursts(
                lengths.get((lengths.size() - 1) / 2), lengths.get((lengths.size() - 1) * 99 / 100), longestQueue);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d / %d / %.0f", median, almostLongest, queueNanos / 1e3);
    }
}
