package io.github.jmeterbtest.jmeter.sample;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jmeter.control.TransactionController;
import org.apache.jmeter.samplers.SampleResult;

/**
 * A sample of ours among all that a listener hears: that of an interval, or the final one of a test.
 *
 * @param sample as JMeter has it
 * @param test name of the test
 * @param interval whether it is that of an interval, which always measured something
 * @param measured what its message tells; empty for a test that failed
 */
public record BandwidthSample(
        SampleResult sample, String test, boolean interval, Optional<ThroughputMessage> measured) {

    /**
     * {@return those of ours in a sample: itself, or what it holds, as the sample of a Transaction Controller does}
     * Intervals inside a final sample are left out, since it tells of them itself.
     */
    public static Stream<BandwidthSample> in(SampleResult sample) {
        Optional<ThroughputMessage> measured = ThroughputMessage.measured(sample);
        // a transaction has the response code of the test that failed in it
        boolean ours = !TransactionController.isFromTransactionController(sample)
                && (measured.isPresent() || FinalSample.isFailed(sample));
        return ours
                ? Stream.of(of(sample, measured))
                : Arrays.stream(sample.getSubResults()).flatMap(BandwidthSample::in);
    }

    private static BandwidthSample of(SampleResult sample, Optional<ThroughputMessage> measured) {
        String label = Objects.requireNonNullElse(sample.getSampleLabel(), "");
        Optional<String> test = measured.flatMap(throughput -> SampleEmitter.testOfInterval(label));
        return new BandwidthSample(sample, test.orElse(label), test.isPresent(), measured);
    }
}
