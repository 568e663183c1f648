package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.TcpPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * The intervals of a test, few enough to be listed: a test of a week has 604,800 of a second. Where there are more,
 * each {@code each} that follow one another are one. Bytes and packets add up, so rates are over the summed length; an
 * omitted interval is never merged with one that counts, so that sums over those that count stay what they were. Of
 * latencies the extremes stay known.
 *
 * @param each how many are one, 1 where none had to be merged; the last of a stretch can be of fewer
 * @param intervals in order; one of several has the index and the start of the first
 */
record MergedIntervals(int each, List<IntervalReport> intervals) {

    /**
     * @param max at least 2, one for the omitted and one for those that count
     * @return so many intervals at max, merged no more than that takes
     */
    static MergedIntervals of(List<IntervalReport> intervals, int max) {
        // the omitted ones come first
        int omitted =
                (int) intervals.stream().takeWhile(IntervalReport::omitted).count();
        int counted = intervals.size() - omitted;
        int each = 1;
        while (pieces(omitted, each) + pieces(counted, each) > max) {
            each++;
        }
        if (each == 1) {
            return new MergedIntervals(1, intervals);
        }
        List<IntervalReport> merged = new ArrayList<>();
        merge(intervals.subList(0, omitted), each, merged);
        merge(intervals.subList(omitted, intervals.size()), each, merged);
        return new MergedIntervals(each, merged);
    }

    private static int pieces(int count, int each) {
        return (count + each - 1) / each;
    }

    private static void merge(List<IntervalReport> stretch, int each, List<IntervalReport> merged) {
        for (int from = 0; from < stretch.size(); from += each) {
            merged.add(one(stretch.subList(from, Math.min(from + each, stretch.size()))));
        }
    }

    private static IntervalReport one(List<IntervalReport> piece) {
        IntervalReport first = piece.get(0);
        boolean arrivedKnown = piece.stream().noneMatch(interval -> interval.remoteRxBytes() == IntervalReport.UNKNOWN);
        long cpuLimited = piece.stream().filter(IntervalReport::cpuLimited).count();
        return new IntervalReport(
                first.index(),
                first.startNanos(),
                sum(piece, IntervalReport::lengthNanos),
                sum(piece, IntervalReport::rxBytes),
                sum(piece, IntervalReport::txBytes),
                sum(piece, IntervalReport::rxPackets),
                sum(piece, IntervalReport::txPackets),
                sum(piece, IntervalReport::lostPackets),
                sum(piece, IntervalReport::reorderedPackets),
                sum(piece, IntervalReport::duplicatePackets),
                IntervalReport.sumOfKnown(piece, IntervalReport::hostDroppedPackets),
                arrivedKnown ? sum(piece, IntervalReport::remoteRxBytes) : IntervalReport.UNKNOWN,
                !arrivedKnown && piece.stream().anyMatch(IntervalReport::reportOverdue),
                highest(piece, IntervalReport::remoteCpu),
                highest(piece, IntervalReport::localCpu),
                cpuLimited * 2 >= piece.size(),
                first.omitted(),
                latency(piece.stream().map(IntervalReport::latency).toList()),
                TcpPath.of(piece.stream().map(IntervalReport::tcp).toList()),
                IntervalReport.jitterNanos(piece));
    }

    /** Percentiles of parts do not give that of the whole. */
    private static Latency latency(List<Latency> parts) {
        List<Latency> known = parts.stream().filter(Latency::isKnown).toList();
        long lost = parts.stream().mapToLong(Latency::lost).sum();
        if (known.size() < 2) {
            return known.stream().findFirst().map(only -> only.withLost(lost)).orElse(Latency.unanswered(lost));
        }
        return new Latency(
                known.stream().mapToLong(Latency::answered).sum(),
                known.stream().mapToLong(Latency::late).sum(),
                lost,
                known.stream().mapToLong(Latency::minimumNanos).min().orElseThrow(),
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN,
                known.stream().mapToLong(Latency::maximumNanos).max().orElseThrow());
    }

    private static long sum(List<IntervalReport> piece, ToLongFunction<IntervalReport> number) {
        return piece.stream().mapToLong(number).sum();
    }

    /** {@return the highest that is known} What is not known is less than any. */
    private static int highest(List<IntervalReport> piece, ToIntFunction<IntervalReport> percent) {
        return piece.stream().mapToInt(percent).max().orElse(IntervalReport.UNKNOWN);
    }
}
