package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.interval;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.owed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seconds of which the peer owes its word on what arrived, in a chart. */
class ChartOwedTest {
    private static final Offset<Double> EXACTLY = within(1e-6);

    private final ChartModel model = new ChartModel();

    private ChartSnapshot all() {
        return model.snapshot(ChartModel.MAX_BUCKETS);
    }

    /** In the sum neither, since half of it would look like a dip. */
    @Test
    void aSecondThatThePeerOwesIsAGapInWhatWasSent() {
        for (int i = 0; i < 3; i++) {
            long start = T0 + i * 1000L;
            model.add(
                    i == 1
                            ? owed("North", "1-1", start, 0)
                            : interval("North", "1-1", start, start + 1000, 0, 10 * MEGA, 0));
            model.add(interval("South", "1-2", start, start + 1000, 0, 20 * MEGA, 0));
        }
        double unknown = Double.NaN;
        assertThat(all().lines().get(0).values().txMbps()).containsExactly(new double[] {10, unknown, 10}, EXACTLY);
        assertThat(all().lines().get(0).values().rxMbps()).containsExactly(0, 0, 0);
        assertThat(all().sum().orElseThrow().values().txMbps())
                .containsExactly(new double[] {30, unknown, 30}, EXACTLY);
    }

    @ParameterizedTest
    @ValueSource(ints = {600, 3600})
    void aLongStepIsOfTheSecondsThatAreKnown(int seconds) {
        for (int i = 0; i < seconds; i++) {
            long start = T0 + i * 1000L;
            boolean owed = i % 100 == 7 || i == 200 || i == 201;
            model.add(
                    owed
                            ? owed("Uplink", "1-1", start, 0)
                            : interval("Uplink", "1-1", start, start + 1000, 0, 30 * MEGA, 0));
        }
        double[] sent = model.snapshot(seconds / 2).sum().orElseThrow().values().txMbps();
        assertThat(sent).hasSize(seconds / 2);
        assertThat(IntStream.range(0, 300).filter(i -> Double.isNaN(sent[i]))).containsExactly(100);
        assertThat(DoubleStream.of(sent)
                        .filter(value -> !Double.isNaN(value))
                        .boxed()
                        .toList())
                .allSatisfy(value -> assertThat(value).isCloseTo(30, EXACTLY));
    }

    @Test
    void theTableTellsWhatIsKnownOfWhatWasSent() {
        model.add(owed("Uplink", "1-1", T0, 5_000_000));
        ChartRow row = all().tests().get(0);
        assertThat(row.direction()).isEqualTo("both");
        assertThat(List.of(
                        row.rates().current(),
                        row.rates().average(),
                        row.rates().minimum()))
                .containsOnly(new ChartRates(5 * MEGA, Double.NaN));
        assertThat(ChartColumn.CURRENT
                        .cell(new ChartScene.ShownTest("", row), RateUnit.MBIT)
                        .text())
                .isEqualTo("5.00 / ?");
        model.add(interval("Uplink", "1-1", T0 + 1000, T0 + 2000, 7 * MEGA, 3 * MEGA, 0));
        model.add(owed("Uplink", "1-1", T0 + 2000, 9_000_000));
        row = all().tests().get(0);
        assertThat(row.rates().average()).isEqualTo(new ChartRates(7 * MEGA, 3 * MEGA));
        assertThat(row.rates().minimum()).isEqualTo(new ChartRates(5 * MEGA, 3 * MEGA));
    }
}
