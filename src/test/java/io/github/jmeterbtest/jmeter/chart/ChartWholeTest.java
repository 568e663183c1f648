package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.end;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.failure;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.interval;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.jmeter.samplers.SampleResult;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Final samples that carry all bytes of their tests, as a CSV file gives them back. */
class ChartWholeTest {
    private static final Offset<Double> EXACTLY = within(1e-6);
    private static final String DONE = "rx 100.0 Mbit/s, tx 0 bit/s, lost 0";

    private final ChartModel model = new ChartModel();

    private ChartSnapshot all() {
        return model.snapshot(ChartModel.MAX_BUCKETS);
    }

    private double[] received(String label) {
        return all().lines().stream()
                .filter(line -> line.name().equals(label))
                .findFirst()
                .orElseThrow()
                .values()
                .rxMbps();
    }

    private double[] sum() {
        return all().sum().orElseThrow().values().rxMbps();
    }

    /** As JMeter writes it into a CSV file: the final sample with all bytes, then the intervals inside it without. */
    private void addWithIntervalsInside(String thread, long start, boolean failed) {
        SampleResult last = failed
                ? failure("Uplink", thread, start - 10, start + 2000, "PEER_LOST")
                : end("Uplink", thread, start - 10, start + 2000, "rx 100.0 Mbit/s, tx 0 bit/s, lost 10 (1 %)");
        last.setBodySize(25_000_000L);
        model.add(last);
        for (int i = 0; i < 2; i++) {
            long begin = start + i * 1000L;
            SampleResult interval = interval("Uplink", thread, begin, begin + 1000, (50 + i * 100) * MEGA, 0, 5);
            interval.setBodySize(0L);
            model.add(interval);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void intervalsBehindTheFinalSampleTheyWereInAreDrawnInsteadOfItsAverage(boolean failed) {
        addWithIntervalsInside("1-1", T0, failed);
        assertThat(received("Uplink")).containsExactly(new double[] {50, 150}, EXACTLY);
        addWithIntervalsInside("1-1", T0 + 2000, failed);
        addWithIntervalsInside("1-2", T0 + 2000, failed);
        assertThat(received("Uplink")).containsExactly(new double[] {50, 150, 100, 300}, EXACTLY);
        assertThat(sum()).containsExactly(new double[] {50, 150, 100, 300}, EXACTLY);
        assertThat(all().lines().get(0).values().lostPerSecond()).containsExactly(new double[] {5, 5, 10, 10}, EXACTLY);
        assertThat(all().tests()).hasSize(3).allSatisfy(row -> {
            assertThat(row.rates().average()).isEqualTo(new ChartRates(100 * MEGA, 0));
            assertThat(row.rates().minimum()).isEqualTo(new ChartRates(50 * MEGA, 0));
            assertThat(row.lost()).isEqualTo(10);
        });
    }

    @Test
    void ofTestsWithoutIntervalsTheAverageIsDrawnWhateverComesAfter() {
        for (int i = 0; i < 3; i++) {
            SampleResult whole = end("Uplink", "1-1", T0 + i * 1000L, T0 + i * 1000L + 1000, DONE);
            whole.setBodySize(12_500_000L);
            model.add(whole);
            assertThat(received("Uplink")).hasSize(i + 1).containsOnly(100);
        }
        model.add(second("North", "1-2", T0, 50 * MEGA));
        model.add(end("North", "1-2", T0, T0 + 1000, DONE));
        assertThat(sum()).containsExactly(150, 100, 100);
        assertThat(all().tests())
                .filteredOn(row -> row.name().equals("Uplink"))
                .extracting(row -> row.rates().minimum())
                .as("nobody knows the slowest second")
                .containsOnlyNulls();
    }
}
