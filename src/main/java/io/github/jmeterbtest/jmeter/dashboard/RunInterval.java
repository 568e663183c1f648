package io.github.jmeterbtest.jmeter.dashboard;

import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import io.github.jmeterbtest.results.ResultRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An interval of a test, or several merged ones.
 *
 * @param startMillis when it began, epoch ms
 * @param millis length, ms
 * @param rxBitsPerSecond received, bit/s
 * @param txBitsPerSecond sent, bit/s; not a number where a part of it is not known
 * @param lost datagrams lost
 * @param cpuLimited whether this machine's CPU was the limit
 * @param localCpu highest CPU load of this machine, percent; {@link #UNKNOWN} if the file does not say
 * @param remoteCpu highest CPU load of the peer, percent; likewise
 */
record RunInterval(
        long startMillis,
        long millis,
        double rxBitsPerSecond,
        double txBitsPerSecond,
        long lost,
        boolean cpuLimited,
        int localCpu,
        int remoteCpu) {
    static final int UNKNOWN = -1;

    /** {@return those that say when they were and what they measured, in the order of time} */
    static List<RunInterval> of(List<ResultRow> rows) {
        return rows.stream()
                .filter(row -> row.startMillis() > 0)
                .sorted(Comparator.comparingLong(ResultRow::startMillis))
                .flatMap(row -> of(row).stream())
                .toList();
    }

    private static Optional<RunInterval> of(ResultRow row) {
        return ThroughputMessage.parse(row.responseMessage())
                .map(message -> new RunInterval(
                        row.startMillis(),
                        row.elapsedMillis(),
                        rate(row, BtestVariables.RX_MBPS)
                                .orElse(message.refined(row.bytes(), row.sentBytes(), row.elapsedMillis())
                                        .rxBitsPerSecond()),
                        // not refined: the bytes are those sent, the rate is that of what arrived
                        rate(row, BtestVariables.TX_MBPS).orElse(message.txBitsPerSecond()),
                        message.lostPackets(),
                        message.cpuLimited(),
                        percent(row, BtestVariables.LOCAL_CPU),
                        percent(row, BtestVariables.REMOTE_CPU)));
    }

    /** {@return what a variable in Mbit/s says, bit/s, which has more digits than the message} */
    static OptionalDouble rate(ResultRow row, String variable) {
        String text = row.variables().getOrDefault(variable, "");
        return text.matches("\\d{1,12}(\\.\\d{1,6})?")
                ? OptionalDouble.of(Double.parseDouble(text) * 1e6)
                : OptionalDouble.empty();
    }

    private static int percent(ResultRow row, String variable) {
        String text = row.variables().getOrDefault(variable, "");
        return text.matches("\\d{1,3}") ? Integer.parseInt(text) : UNKNOWN;
    }

    /** {@return no more than so many, each of the same number of intervals} */
    static List<RunInterval> merged(List<RunInterval> intervals, int most) {
        int width = (intervals.size() + most - 1) / most;
        if (width <= 1) {
            return intervals;
        }
        List<RunInterval> merged = new ArrayList<>();
        for (int from = 0; from < intervals.size(); from += width) {
            merged.add(intervals.subList(from, Math.min(from + width, intervals.size())).stream()
                    .reduce(RunInterval::with)
                    .orElseThrow());
        }
        return merged;
    }

    private RunInterval with(RunInterval next) {
        long both = Math.max(1, millis + next.millis);
        return new RunInterval(
                startMillis,
                next.startMillis + next.millis - startMillis,
                (rxBitsPerSecond * millis + next.rxBitsPerSecond * next.millis) / both,
                (txBitsPerSecond * millis + next.txBitsPerSecond * next.millis) / both,
                lost + next.lost,
                cpuLimited || next.cpuLimited,
                Math.max(localCpu, next.localCpu),
                Math.max(remoteCpu, next.remoteCpu));
    }
}
