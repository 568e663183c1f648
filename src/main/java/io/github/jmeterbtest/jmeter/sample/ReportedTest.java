package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jmeter.samplers.SampleResult;

/**
 * A whole test as listeners and assertions see it: from the engine's report where this process ran the test, else from
 * the JSON of its final sample. Both give the same numbers, to the digits that the JSON has.
 *
 * @param protocol what carried the data
 * @param receives whether this end received test data
 * @param transmits whether this end sent test data
 * @param started wall-clock time at which the transfer started
 * @param average rates over the intervals that are not omitted
 * @param minimum lowest rates of any interval that is not omitted
 * @param maximum highest rates of any interval that is not omitted; empty in reports of older versions
 * @param loss datagrams lost on the way to this end, over the intervals that are not omitted; maybe not known
 * @param highestRemoteCpu the peer's highest CPU load over the intervals that are not omitted, percent;
 *     {@link IntervalReport#UNKNOWN} if it did not report any
 * @param latency what latency probes found
 * @param intervals in order, omitted ones included; those of a long test are merged, as in its JSON
 */
public record ReportedTest(
        Protocol protocol,
        boolean receives,
        boolean transmits,
        Instant started,
        Rates average,
        Rates minimum,
        Optional<Rates> maximum,
        Loss loss,
        int highestRemoteCpu,
        LatencyUnderLoad latency,
        List<Interval> intervals) {

    /**
     * Rates in both directions.
     *
     * @param rxBitsPerSecond received, bit/s, at least 0
     * @param txBitsPerSecond sent, as it arrived at the peer where that is known, bit/s, at least 0; not a number where
     *     the peer did not report it
     */
    public record Rates(double rxBitsPerSecond, double txBitsPerSecond) {}

    /**
     * One interval, or several merged ones.
     *
     * @param startMillis start, ms after the start of the transfer
     * @param lengthMillis length, ms
     * @param rates in both directions
     * @param lostPackets datagrams lost on the way to this end
     * @param remoteCpu the peer's CPU load, percent; {@link IntervalReport#UNKNOWN} if it did not report it
     * @param localCpu CPU load of the machine that ran the test, percent; {@link IntervalReport#UNKNOWN} if the system
     *     did not report it
     * @param latency what probes found in it
     */
    public record Interval(
            double startMillis,
            double lengthMillis,
            Rates rates,
            long lostPackets,
            int remoteCpu,
            int localCpu,
            Latency latency) {}

    /** Copies the list of intervals. */
    public ReportedTest {
        intervals = List.copyOf(intervals);
    }

    /**
     * {@return the test of a final sample}
     *
     * @throws ReportFormatException if the sample is from elsewhere and its response data is no report of ours
     */
    public static ReportedTest of(SampleResult sample) throws ReportFormatException {
        Optional<ReportedTest> known = SampleNumbers.of(sample).flatMap(SampleNumbers::test);
        return known.isPresent() ? known.get() : ReportReader.read(sample.getResponseDataAsString());
    }

    static ReportedTest of(TestReport report) {
        return new ReportedTest(
                report.protocol(),
                report.receives(),
                report.transmits(),
                report.started(),
                new Rates(report.averageRxBitsPerSecond(), report.averageDeliveredBitsPerSecond()),
                new Rates(
                        report.minimum(IntervalReport::rxBitsPerSecond),
                        report.minimum(IntervalReport::deliveredBitsPerSecond)),
                Optional.of(new Rates(
                        report.maximum(IntervalReport::rxBitsPerSecond),
                        report.maximum(IntervalReport::deliveredBitsPerSecond))),
                report.loss(),
                report.highestRemoteCpu(),
                report.latency(),
                MergedIntervals.of(report.intervals(), ReportJson.MAX_INTERVALS).intervals().stream()
                        .map(ReportedTest::interval)
                        .toList());
    }

    private static Interval interval(IntervalReport interval) {
        return new Interval(
                interval.startNanos() / 1e6,
                interval.lengthNanos() / 1e6,
                new Rates(interval.rxBitsPerSecond(), interval.deliveredBitsPerSecond()),
                interval.lostPackets(),
                interval.remoteCpu(),
                interval.localCpu(),
                interval.latency());
    }

    /** {@return the last CPU load that the peer reported, percent; {@link IntervalReport#UNKNOWN} if there is none} */
    public int lastRemoteCpu() {
        return last(Interval::remoteCpu);
    }

    /** {@return the last CPU load of the machine that ran the test, percent; {@link IntervalReport#UNKNOWN} if none} */
    public int lastLocalCpu() {
        return last(Interval::localCpu);
    }

    private int last(Function<Interval, Integer> cpu) {
        return intervals.stream()
                .map(cpu)
                .filter(percent -> percent != IntervalReport.UNKNOWN)
                .reduce((earlier, later) -> later)
                .orElse(IntervalReport.UNKNOWN);
    }
}
