package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.jmeter.sample.BandwidthSample;
import io.github.jmeterbtest.jmeter.sample.ReportFormatException;
import io.github.jmeterbtest.jmeter.sample.ReportedTest;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jmeter.samplers.SampleResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a chart takes from one sample of ours. Label, times, message and bytes are enough, as they are all that a CSV
 * file has; the response data of a final sample says more, where there is any.
 *
 * @param test name of the test
 * @param thread name of the thread
 * @param start wall clock, ms
 * @param end wall clock, ms
 * @param interval what an interval sample measured; empty for a final one
 * @param outcome what a final sample says; null for an interval
 * @param cpu load of the remote side, percent; null if not known
 */
record ChartSample(
        String test, String thread, long start, long end, Optional<ChartSpan> interval, Outcome outcome, Integer cpu) {
    private static final Logger log = LoggerFactory.getLogger(ChartSample.class);

    /**
     * How a test ended; what is not known is empty, or null.
     *
     * @param result {@link ChartedTest#OK} or the response code
     * @param average as the message says it, to few digits where the sample is from elsewhere
     * @param exactAverage without the omitted time
     * @param minimum of the intervals
     * @param lost datagrams in all
     * @param receives whether this machine received
     * @param transmits whether this machine sent
     * @param spans the intervals, as far as the sample itself has them; for a test whose intervals were no samples
     * @param whole the average over the time since the first payload, if the sample carries bytes and no intervals
     * @param remoteCpu percent, at the end
     */
    record Outcome(
            String result,
            Optional<ChartRates> average,
            Optional<ChartRates> exactAverage,
            Optional<ChartRates> minimum,
            Optional<Long> lost,
            Optional<Boolean> receives,
            Optional<Boolean> transmits,
            List<ChartSpan> spans,
            Optional<ChartSpan> whole,
            Integer remoteCpu) {}

    /** {@return what is to be charted, in order; nothing for other samplers' samples} */
    static Stream<ChartSample> of(SampleResult sample) {
        return BandwidthSample.in(sample).flatMap(ChartSample::of);
    }

    private static Stream<ChartSample> of(BandwidthSample ours) {
        return ours.interval() ? interval(ours).stream() : Stream.of(last(ours));
    }

    private static Optional<ChartSample> interval(BandwidthSample ours) {
        return span(ours)
                .map(span -> new ChartSample(
                        ours.test(),
                        thread(ours.sample()),
                        span.startMillis(),
                        span.endMillis(),
                        Optional.of(span),
                        null,
                        percent(ours.remoteCpu())));
    }

    private static ChartSample last(BandwidthSample ours) {
        SampleResult sample = ours.sample();
        return new ChartSample(
                ours.test(),
                thread(sample),
                sample.getStartTime(),
                sample.getEndTime(),
                Optional.empty(),
                outcome(ours),
                null);
    }

    private static String thread(SampleResult sample) {
        return Objects.requireNonNullElse(sample.getThreadName(), "");
    }

    private static Integer percent(int cpu) {
        return cpu == IntervalReport.UNKNOWN ? null : cpu;
    }

    private static Optional<ChartSpan> span(BandwidthSample interval) {
        SampleResult sample = interval.sample();
        return interval.measured()
                .map(measured -> new ChartSpan(
                        sample.getStartTime(),
                        sample.getEndTime(),
                        measured.rxBitsPerSecond(),
                        measured.txBitsPerSecond(),
                        measured.lostPackets()))
                .filter(ChartSpan::isPlausible);
    }

    private static Outcome outcome(BandwidthSample ours) {
        Optional<ReportedTest> test = test(ours.sample());
        List<ChartSpan> spans = spans(ours, test);
        return new Outcome(
                result(ours.sample()),
                ours.measured().map(ChartRates::of),
                test.map(ReportedTest::average).map(ChartRates::of),
                test.map(ReportedTest::minimum).map(ChartRates::of),
                ours.measured()
                        .map(ThroughputMessage::lostPackets)
                        .or(() -> test.map(ReportedTest::loss)
                                .filter(Loss::isKnown)
                                .map(Loss::lostPackets)),
                test.map(ReportedTest::receives),
                test.map(ReportedTest::transmits),
                spans,
                spans.isEmpty() ? whole(ours) : Optional.empty(),
                test.map(ReportedTest::lastRemoteCpu).map(ChartSample::percent).orElse(null));
    }

    /** What a file or a remote engine may have left out; then the message says enough. */
    private static Optional<ReportedTest> test(SampleResult sample) {
        try {
            return Optional.of(ReportedTest.of(sample));
        } catch (ReportFormatException e) {
            log.debug("The response data of {} is not a test report: {}", sample.getSampleLabel(), e.getMessage());
            return Optional.empty();
        }
    }

    private static String result(SampleResult sample) {
        if (sample.isSuccessful()) {
            return ChartedTest.OK;
        }
        return sample.isResponseCodeOK() ? "assertion failed" : sample.getResponseCode();
    }

    /** The report has all digits, but merges the intervals of a long test; those inside the sample are all there. */
    private static List<ChartSpan> spans(BandwidthSample ours, Optional<ReportedTest> test) {
        List<ChartSpan> inside = ours.intervalsInside()
                .flatMap(interval -> span(interval).stream())
                .toList();
        if (test.isEmpty() || test.get().intervals().size() < inside.size()) {
            return inside;
        }
        long started = test.get().started().toEpochMilli();
        return test.get().intervals().stream()
                .map(interval -> span(started, interval))
                .filter(ChartSpan::isPlausible)
                .toList();
    }

    private static Optional<ChartSpan> whole(BandwidthSample ours) {
        SampleResult sample = ours.sample();
        // without bytes of its own it only closes a test whose intervals were samples
        return sample.getBytesAsLong() + sample.getSentBytes() == 0
                ? Optional.empty()
                : ours.measured()
                        .map(measured -> new ChartSpan(
                                sample.getStartTime() + sample.getLatency(),
                                sample.getEndTime(),
                                measured.rxBitsPerSecond(),
                                measured.txBitsPerSecond(),
                                measured.lostPackets()))
                        .filter(ChartSpan::isPlausible);
    }

    private static ChartSpan span(long started, ReportedTest.Interval interval) {
        return new ChartSpan(
                started + Math.round(interval.startMillis()),
                started + Math.round(interval.startMillis() + interval.lengthMillis()),
                interval.rates().rxBitsPerSecond(),
                interval.rates().txBitsPerSecond(),
                interval.lostPackets());
    }
}
