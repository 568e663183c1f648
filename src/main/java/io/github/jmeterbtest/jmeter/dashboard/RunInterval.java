package io.github.jmeterbtest.jmeter.dashboard;

import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.Rtt;
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
 * @param measured whether it says when it was and what it measured
 * @param rxBitsPerSecond received, bit/s
 * @param txBitsPerSecond sent, bit/s; not a number where a part of it is not known
 * @param rxBytes received and in no other row
 * @param txBytes sent and in no other row
 * @param lost datagrams lost
 * @param rttMillis median latency, ms; not a number if the file does not say
 * @param cpuLimited whether this machine's CPU was the limit
 * @param localCpu highest CPU load of this machine, percent; {@link #UNKNOWN} if the file does not say
 * @param remoteCpu highest CPU load of the peer, percent; likewise
 */
record RunInterval(
        long startMillis,
        long millis,
        boolean measured,
        double rxBitsPerSecond,
        double txBitsPerSecond,
        long rxBytes,
        long txBytes,
        long lost,
        double rttMillis,
        boolean cpuLimited,
        int localCpu,
        int remoteCpu) {
    static final int UNKNOWN = -1;

    /** {@return what a row says} */
    static RunInterval of(ResultRow row) {
        Optional<ThroughputMessage> said = ThroughputMessage.parse(row.responseMessage());
        return new RunInterval(
                row.startMillis(),
                row.elapsedMillis(),
                said.isPresent() && row.startMillis() > 0,
                said.map(message -> rx(row, message)).orElse(Double.NaN),
                // not refined: the bytes are those sent, the rate is that of what arrived
                rate(row, BtestVariables.TX_MBPS)
                        .orElse(said.map(ThroughputMessage::txBitsPerSecond).orElse(Double.NaN)),
                row.bytes(),
                row.sentBytes(),
                said.map(ThroughputMessage::lostPackets).orElse(0L),
                rtt(row, said),
                said.map(ThroughputMessage::cpuLimited).orElse(false),
                percent(row, BtestVariables.LOCAL_CPU),
                percent(row, BtestVariables.REMOTE_CPU));
    }

    private static double rtt(ResultRow row, Optional<ThroughputMessage> said) {
        return number(row, BtestVariables.RTT_MILLIS)
                .orElse(said.flatMap(ThroughputMessage::rtt)
                        .map(Rtt::loadedMillis)
                        .orElse(Double.NaN));
    }

    private static double rx(ResultRow row, ThroughputMessage message) {
        return rate(row, BtestVariables.RX_MBPS)
                .orElse(message.refined(row.bytes(), row.sentBytes(), row.elapsedMillis())
                        .rxBitsPerSecond());
    }

    /** {@return those that can be drawn, in the order of time} */
    static List<RunInterval> drawn(List<RunInterval> intervals) {
        return intervals.stream()
                .filter(RunInterval::measured)
                .sorted(Comparator.comparingLong(RunInterval::startMillis))
                .toList();
    }

    /** {@return what a variable in Mbit/s says, bit/s, which has more digits than the message} */
    static OptionalDouble rate(ResultRow row, String variable) {
        OptionalDouble megabits = number(row, variable);
        return megabits.isPresent() ? OptionalDouble.of(megabits.getAsDouble() * 1e6) : megabits;
    }

    /** {@return what a variable says, which has more digits than the message} */
    static OptionalDouble number(ResultRow row, String variable) {
        String text = row.variables().getOrDefault(variable, "");
        return text.matches("\\d{1,12}(\\.\\d{1,6})?")
                ? OptionalDouble.of(Double.parseDouble(text))
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

    /** Where one of the two does not know it, that of the other. */
    private double rttWith(RunInterval next) {
        if (Double.isNaN(rttMillis) || Double.isNaN(next.rttMillis)) {
            return Double.isNaN(rttMillis) ? next.rttMillis : rttMillis;
        }
        return (rttMillis * millis + next.rttMillis * next.millis) / Math.max(1, millis + next.millis);
    }

    private RunInterval with(RunInterval next) {
        long both = Math.max(1, millis + next.millis);
        return new RunInterval(
                startMillis,
                next.startMillis + next.millis - startMillis,
                measured && next.measured,
                (rxBitsPerSecond * millis + next.rxBitsPerSecond * next.millis) / both,
                (txBitsPerSecond * millis + next.txBitsPerSecond * next.millis) / both,
                rxBytes + next.rxBytes,
                txBytes + next.txBytes,
                lost + next.lost,
                rttWith(next),
                cpuLimited || next.cpuLimited,
                Math.max(localCpu, next.localCpu),
                Math.max(remoteCpu, next.remoteCpu));
    }
}
