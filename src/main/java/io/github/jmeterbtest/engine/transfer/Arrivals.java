package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.IntervalReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Assigns what the peer reports as received to the seconds of this end's test. A status has no time, only a sequence
 * number, and covers the time since the status before:
 *
 * <ul>
 *   <li>A status that is late, because TCP had to send it again, belongs to the second that its number says. Those
 *       behind it arrive with it, so the earliest of a few shows how late the others are.
 *   <li>A peer that was held up skips a second and still counts on by one; one whose clock is slow does so now and
 *       then, and some start at 0, or with a status at the very start. Then the number differs from that of our second,
 *       by the same amount from then on.
 *   <li>Where statuses are queued behind data, all of them are late. Then the earliest of all shows how numbers and
 *       seconds correspond.
 * </ul>
 *
 * Used under the lock of {@link PeerStatus}.
 */
final class Arrivals {
    /** A second, ns. */
    static final long SECOND = 1_000_000_000;
    /** A peer's second may end so much before ours. */
    private static final long EARLY_NANOS = SECOND / 4;
    /**
     * So many statuses together tell how late each of them is: with an outage of some seconds, they come in one burst.
     */
    private static final int WINDOW = 6;

    private final boolean standInLine;
    private final Deque<Report> window = new ArrayDeque<>();
    private long minSkew = Long.MAX_VALUE;
    /** Bytes that arrived in each second, by its number from 1; {@link IntervalReport#UNKNOWN} if that was not said. */
    private long[] bySecond = new long[64];

    private long end;
    private long lastSequence = -1;
    /** Where the statuses that have left the window ended. */
    private long settledEnd;

    private long settledBytes;
    private long settledSequence = -1;

    /** @param skew how far the second of its arrival is ahead of its number */
    private record Report(long sequence, long skew, long bytes) {}

    /** @param standInLine whether statuses wait for data that was sent before them */
    Arrivals(boolean standInLine) {
        this.standInLine = standInLine;
    }

    /**
     * @param sequence the status's number
     * @param bytes what the peer received since its last status
     * @param at when the status came, ns after the start of the test
     */
    void add(long sequence, long bytes, long at) {
        long skew = Math.floorDiv(at + EARLY_NANOS, SECOND) - sequence;
        minSkew = Math.min(minSkew, skew);
        window.addLast(new Report(sequence, skew, bytes));
        backToSettled();
        if (window.size() > WINDOW) {
            long oldestSkew = skews()[0];
            put(window.removeFirst(), oldestSkew);
            settledEnd = end;
            settledBytes = end == 0 ? 0 : bySecond[(int) end];
            settledSequence = lastSequence;
        }
        long[] skews = skews();
        List<Report> reports = new ArrayList<>(window);
        for (int i = 0; i < skews.length; i++) {
            put(reports.get(i), skews[i]);
        }
    }

    /** No status is early, so none is later than the least late of those that came after it. */
    private long[] skews() {
        long[] skews = window.stream().mapToLong(Report::skew).toArray();
        if (standInLine) {
            Arrays.fill(skews, minSkew);
        }
        for (int i = skews.length - 2; i >= 0; i--) {
            skews[i] = Math.min(skews[i], skews[i + 1]);
        }
        return skews;
    }

    private void backToSettled() {
        end = settledEnd;
        lastSequence = settledSequence;
        if (end > 0) {
            bySecond[(int) end] = settledBytes;
        }
    }

    private void put(Report report, long skew) {
        long second = Math.max(end, report.sequence + skew);
        if (second >= bySecond.length) {
            bySecond = Arrays.copyOf(bySecond, (int) Math.max(second + 1, 2L * bySecond.length));
        }
        if (second > end) {
            // those that were not found in the stream would have reported on the seconds before
            boolean someMissed = standInLine && report.sequence > lastSequence + 1 && report.sequence > 1;
            spread(report.bytes, end + 1, second, someMissed);
        } else if (end > 0 && bySecond[(int) end] != IntervalReport.UNKNOWN) {
            bySecond[(int) end] += report.bytes;
        }
        end = second;
        lastSequence = report.sequence;
    }

    private void spread(long bytes, long first, long last, boolean lastOnly) {
        long share = lastOnly ? bytes : bytes / (last - first + 1);
        Arrays.fill(bySecond, (int) first, (int) last, lastOnly ? IntervalReport.UNKNOWN : share);
        bySecond[(int) last] = lastOnly ? bytes : bytes - share * (last - first);
    }

    /** @return the last second of which the peer has said something, 0 if it has not */
    long end() {
        return end;
    }

    /**
     * @param first first second of the test, from 1
     * @param last last second, not before the first
     * @return bytes that the peer received in these seconds, or {@link IntervalReport#UNKNOWN} if it has not said so of
     *     each
     */
    long received(long first, long last) {
        if (last > end) {
            return IntervalReport.UNKNOWN;
        }
        long sum = 0;
        for (long second = first; second <= last; second++) {
            if (bySecond[(int) second] == IntervalReport.UNKNOWN) {
                return IntervalReport.UNKNOWN;
            }
            sum += bySecond[(int) second];
        }
        return sum;
    }

    /**
     * @param first first second that counts, from 1
     * @param last last second that counts; nothing arrived in those that come after {@link #end()}
     * @param sentNanos how long this end sent, ns: of its last second perhaps only a part
     * @return bit/s that the peer received in those of these seconds that it reported on, or should have;
     *     {@link IntervalReport#UNKNOWN} if there are none
     */
    double averageBitsPerSecond(long first, long last, long sentNanos) {
        long sum = 0;
        long nanos = 0;
        for (long second = first; second <= last; second++) {
            long bytes = second > end ? 0 : bySecond[(int) second];
            if (bytes != IntervalReport.UNKNOWN) {
                sum += bytes;
                nanos += Math.max(0, Math.min(SECOND, sentNanos - (second - 1) * SECOND));
            }
        }
        return nanos == 0 ? IntervalReport.UNKNOWN : IntervalReport.bitsPerSecond(sum, nanos);
    }
}
