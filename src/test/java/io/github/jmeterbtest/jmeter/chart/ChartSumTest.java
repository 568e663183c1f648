package io.github.jmeterbtest.jmeter.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ChartSumTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final long START = 1_790_000_000_000L;

    private final ChartModel model = new ChartModel();

    /** Seconds with intervals of a second. */
    private void test(String name, long startMillis, int seconds, double megabits) {
        for (int i = 0; i < seconds; i++) {
            long start = START + startMillis + i * 1_000L;
            model.add(ChartSamples.second(name, name, start, megabits * ChartSamples.MEGA));
        }
        long end = START + startMillis + seconds * 1_000L;
        model.add(ChartSamples.end(name, name, end, end, "rx 1.0 Mbit/s, tx 0 bit/s, lost 0"));
    }

    private double[] sum() {
        Optional<ChartLine> sum = model.snapshot(1_000).sum();
        return sum.orElseThrow().values().rxMbps();
    }

    @Test
    void parallelTestsMakeNoDipWhereOneBeginsOrEnds() {
        test("north", 0, 6, 40);
        test("south", 600, 6, 30);

        assertThat(sum()).containsExactly(new double[] {70, 70, 70, 70, 70, 70, 30}, EXACTLY);
    }

    @Test
    void testsOneAfterTheOtherAreNeverTheirSum() {
        test("north", 0, 2, 40);
        test("south", 2_001, 2, 30);
        test("east", 4_500, 2, 20);

        assertThat(sum()).containsExactly(new double[] {40, 40, 30, 30, 30, 20, 20}, EXACTLY);
    }

    @Test
    void atEachStepItIsTheSumOfTheLinesThatOverlap() {
        ChartLine.Values whole = values(0, 1, 40, 1);
        ChartLine.Values early = values(0, 0.4, 30, Double.NaN);
        ChartLine.Values late = values(0.5, 0.5, 20, 2);

        assertThat(ChartSum.of(List.of(whole, early, late), 1).rxMbps()).containsExactly(70);
        assertThat(ChartSum.of(List.of(whole, early, late), 1).txMbps()).containsExactly(Double.NaN);
        assertThat(ChartSum.of(List.of(whole, late), 1).rxMbps()).containsExactly(60);
        assertThat(ChartSum.of(List.of(whole, late), 1).txMbps()).containsExactly(3);
        assertThat(ChartSum.of(List.of(early, late), 1).measuredSeconds()).containsExactly(1);
        assertThat(ChartSum.of(List.of(), 1).rxMbps()).containsExactly(Double.NaN);
    }

    @Test
    void whatIsNotKnownIsNoSum() {
        ChartLine.Values known = values(0.1, 0.9, 100, 40);
        ChartLine.Values owed = values(0.101, 0.899, 0, Double.NaN);

        assertThat(ChartSum.of(List.of(known, owed), 1).txMbps()).containsExactly(Double.NaN);
        assertThat(ChartSum.of(List.of(values(0, 0.5, 100, 0), values(0.5, 0.5, 0, Double.NaN)), 1)
                        .txMbps())
                .containsExactly(Double.NaN);
    }

    private static ChartLine.Values values(double begin, double seconds, double rx, double tx) {
        return new ChartLine.Values(
                new double[] {rx},
                new double[] {tx},
                new double[] {0},
                new double[] {Double.NaN},
                new double[] {begin},
                new double[] {seconds});
    }
}
