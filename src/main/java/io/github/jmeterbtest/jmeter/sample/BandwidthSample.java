package io.github.jmeterbtest.jmeter.sample;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.samplers.SampleResult;

/**
 * A sample of ours among all that a listener gets: that of an interval, or the final one of a test.
 *
 * @param sample as JMeter has it
 * @param test name of the test
 * @param interval whether it is that of an interval, which always measured something
 * @param measured with all digits where this process made the sample, else what its message says; empty for a test that
 *     failed
 * @param live what else is known of an interval; empty for a final sample, and for one from a file or a remote engine
 */
public record BandwidthSample(
        SampleResult sample,
        String test,
        boolean interval,
        Optional<ThroughputMessage> measured,
        Optional<LiveInterval> live) {

    /**
     * {@return those of ours in a sample: itself, or what it holds, as the sample of a Transaction Controller does}
     * Intervals inside a final sample are left out, see {@link #intervalsInside}.
     */
    public static Stream<BandwidthSample> in(SampleResult sample) {
        // a transaction has the response code of the test that failed in it
        boolean ours = !TransactionController.isFromTransactionController(sample)
                && (ThroughputMessage.measured(sample).isPresent() || FinalSample.isFailed(sample));
        return ours
                ? Stream.of(of(sample))
                : Arrays.stream(sample.getSubResults()).flatMap(BandwidthSample::in);
    }

    /** {@return the intervals that a final sample holds, in order} */
    public Stream<BandwidthSample> intervalsInside() {
        return Arrays.stream(sample.getSubResults())
                .map(inside -> interval(inside, test))
                .filter(inside -> inside.measured.isPresent());
    }

    private static BandwidthSample of(SampleResult sample) {
        String label = Objects.requireNonNullElse(sample.getSampleLabel(), "");
        Optional<ThroughputMessage> measured = ThroughputMessage.measured(sample);
        // a test may have a name that ends like the label of an interval; only a test waits for its first payload
        boolean whole = sample.getLatency() > 0
                || SampleNumbers.of(sample).flatMap(SampleNumbers::test).isPresent();
        return measured.flatMap(throughput -> whole ? Optional.empty() : SampleEmitter.testOfInterval(label))
                .map(test -> interval(sample, test))
                .orElseGet(() -> new BandwidthSample(sample, label, false, measured, Optional.empty()));
    }

    private static BandwidthSample interval(SampleResult sample, String test) {
        Optional<SampleNumbers> numbers = SampleNumbers.of(sample);
        Optional<ThroughputMessage> measured = ThroughputMessage.measured(sample);
        return new BandwidthSample(
                sample,
                test,
                true,
                numbers.isPresent() ? measured : measured.map(message -> message.refined(sample)),
                numbers.flatMap(SampleNumbers::live));
    }
}
