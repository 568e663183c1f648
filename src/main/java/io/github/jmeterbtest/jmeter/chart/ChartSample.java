package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.jmeter.sample.BandwidthSample;
import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.LiveInterval;
import io.github.jmeterbtest.jmeter.sample.ReportFormatException;
import io.github.jmeterbtest.jmeter.sample.ReportedTest;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jmeter.assertions.AssertionResult;
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
 * @param live what else this process knows of an interval; empty where another process made the sample
 * @param rxBytes bytes received that no other sample has
 * @param txBytes bytes sent that no other sample has
 */
record ChartSample(
        String test,
        String thread,
        long start,
        long end,
        Optional<ChartSpan> interval,
        ChartOutcome outcome,
        Optional<LiveInterval> live,
        long rxBytes,
        long txBytes) {
    private static final Logger log = LoggerFactory.getLogger(ChartSample.class);

    /** {@return what is to be charted, in order; nothing for other samplers' samples} */
    static Stream<ChartSample> of(SampleResult sample) {
        return BandwidthSample.in(sample).flatMap(ChartSample::of);
    }

    /**
     * {@return what a table of tests says of a throughput search} Nothing of one that ended with an error, which is a
     * failed test like any other.
     */
    static Stream<ChartSample> ofSearch(SampleResult sample) {
        return FinalSample.isFailed(sample) ? Stream.empty() : Stream.of(search(sample));
    }

    private static ChartSample search(SampleResult sample) {
        return new ChartSample(
                label(sample),
                thread(sample),
                sample.getStartTime(),
                sample.getEndTime(),
                Optional.empty(),
                ChartOutcome.withoutNumbers(result(sample), reason(sample)),
                Optional.empty(),
                0,
                0);
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
                        ours.live(),
                        rxBytes(ours.sample()),
                        txBytes(ours.sample())));
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
                Optional.empty(),
                rxBytes(sample),
                txBytes(sample));
    }

    static String label(SampleResult sample) {
        return Objects.requireNonNullElse(sample.getSampleLabel(), "");
    }

    static String thread(SampleResult sample) {
        return Objects.requireNonNullElse(sample.getThreadName(), "");
    }

    /** A file can hold anything. */
    private static long rxBytes(SampleResult sample) {
        return Math.max(0, sample.getBytesAsLong());
    }

    private static long txBytes(SampleResult sample) {
        return Math.max(0, sample.getSentBytes());
    }

    private static Optional<ChartSpan> span(BandwidthSample interval) {
        SampleResult sample = interval.sample();
        return interval.measured()
                .map(measured -> new ChartSpan(
                        sample.getStartTime(),
                        sample.getEndTime(),
                        measured.rxBitsPerSecond(),
                        measured.txBitsPerSecond(),
                        measured.lostPackets(),
                        loadedRtt(measured)))
                .filter(ChartSpan::isPlausible);
    }

    private static ChartOutcome outcome(BandwidthSample ours) {
        Optional<ReportedTest> test = test(ours.sample());
        List<ChartSpan> spans = spans(ours, test);
        return new ChartOutcome(
                result(ours.sample()),
                reason(ours.sample()),
                test.map(ReportedTest::protocol),
                ours.measured().map(ChartRates::of),
                test.map(ReportedTest::average).map(ChartRates::of),
                test.map(ReportedTest::minimum).map(ChartRates::of),
                test.flatMap(ReportedTest::maximum).map(ChartRates::of),
                ours.measured()
                        .map(ThroughputMessage::lostPackets)
                        .or(() -> test.map(ReportedTest::loss)
                                .filter(Loss::isKnown)
                                .map(Loss::lostPackets)),
                ours.measured()
                        .map(ThroughputMessage::lossPercent)
                        .filter(percent -> !Double.isNaN(percent))
                        .or(() -> test.map(ReportedTest::loss)
                                .filter(Loss::isKnown)
                                .map(Loss::percent))
                        .orElse(Double.NaN),
                ours.measured()
                        .flatMap(ThroughputMessage::rtt)
                        .or(() -> test.map(ReportedTest::latency).flatMap(Rtt::of)),
                test.map(ReportedTest::receives),
                test.map(ReportedTest::transmits),
                spans,
                spans.isEmpty() ? whole(ours) : Optional.empty(),
                test.map(ReportedTest::lastLocalCpu).orElse(IntervalReport.UNKNOWN),
                test.map(ReportedTest::lastRemoteCpu).orElse(IntervalReport.UNKNOWN));
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
            return ChartRow.OK;
        }
        return sample.isResponseCodeOK() ? "assertion failed" : sample.getResponseCode();
    }

    /** A file has the messages of failed assertions in a column of its own. */
    private static String reason(SampleResult sample) {
        if (sample.isSuccessful()) {
            return "";
        }
        String asserted = Stream.concat(
                        Arrays.stream(sample.getAssertionResults())
                                .filter(result -> result.isFailure() || result.isError())
                                .map(AssertionResult::getFailureMessage),
                        Stream.ofNullable(sample.getFirstAssertionFailureMessage()))
                .filter(message -> message != null && !message.isBlank())
                .distinct()
                .collect(Collectors.joining("; "));
        return sample.isResponseCodeOK() && !asserted.isEmpty()
                ? asserted
                : Objects.requireNonNullElse(sample.getResponseMessage(), "");
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
                                measured.lostPackets(),
                                loadedRtt(measured)))
                        .filter(ChartSpan::isPlausible);
    }

    private static ChartSpan span(long started, ReportedTest.Interval interval) {
        return new ChartSpan(
                started + Math.round(interval.startMillis()),
                started + Math.round(interval.startMillis() + interval.lengthMillis()),
                interval.rates().rxBitsPerSecond(),
                interval.rates().txBitsPerSecond(),
                interval.lostPackets(),
                interval.latency().medianMillis());
    }

    private static double loadedRtt(ThroughputMessage measured) {
        return measured.rtt().map(Rtt::loadedMillis).orElse(Double.NaN);
    }
}
