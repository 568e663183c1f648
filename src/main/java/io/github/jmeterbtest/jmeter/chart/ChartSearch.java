package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.sample.SearchText;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
    /** {@return the searches in a sample: itself, or what it holds, as the sample of a Transaction Controller does} */
    static Stream<ChartSearch> in(SampleResult sample) {
        List<SearchText.Found> found = SearchText.parse(sample.getResponseMessage());
        return found.isEmpty()
                ? Arrays.stream(sample.getSubResults()).flatMap(ChartSearch::in)
                : Stream.of(new ChartSearch(
                        Objects.requireNonNullElse(sample.getSampleLabel(), ""),
                        Objects.requireNonNullElse(sample.getThreadName(), ""),
                        found));
    }
}
