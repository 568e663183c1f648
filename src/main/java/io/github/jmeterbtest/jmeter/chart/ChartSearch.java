package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.sample.SearchText;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jmeter.samplers.SampleResult;

/**
 * What a chart takes from the sample of a throughput search. Label and message are enough, as they are all that a CSV
 * file has.
 *
 * @param label of the sampler
 * @param thread name of the thread
 * @param found the rates, in the order of the message
 */
record ChartSearch(String label, String thread, List<SearchText.Found> found) {
    /** {@return those of searches in a sample: itself, or what it holds, as that of a Transaction Controller does} */
    static Stream<SampleResult> samplesIn(SampleResult sample) {
        return SearchText.parse(sample.getResponseMessage()).isEmpty()
                ? Arrays.stream(sample.getSubResults()).flatMap(ChartSearch::samplesIn)
                : Stream.of(sample);
    }

    /** @param sample one of {@link #samplesIn} */
    static ChartSearch of(SampleResult sample) {
        return new ChartSearch(
                ChartSample.label(sample), ChartSample.thread(sample), SearchText.parse(sample.getResponseMessage()));
    }
}
