package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.jmeter.sample.Rtt;
import java.util.Optional;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.Test;

/** Latency of tests in a chart, as the messages tell it. */
class ChartLatencyTest {
    private final ChartModel model = new ChartModel();

    private void second(String test, int number, String rtt) {
        SampleResult sample = ChartSamples.second(test, "1-" + test, T0 + number * 1000L, 20e6);
        sample.setResponseMessage("rx 20.0 Mbit/s, tx 0 bit/s, lost 0" + rtt);
        model.add(sample);
    }

    private ChartSnapshot all(int steps) {
        return model.snapshot(steps);
    }

    @Test
    void eachSecondHasTheMedianOfItsProbesAndIsUnknownWithoutOne() {
        second("North", 0, ", rtt 105.7 ms");
        second("North", 1, "");
        second("North", 2, ", rtt unknown");
        second("North", 3, ", rtt 2.50 ms");
        assertThat(all(10).lines().get(0).values().rttMillis()).containsExactly(105.7, Double.NaN, Double.NaN, 2.5);
    }

    @Test
    void aStepOfSeveralSecondsHasTheAverageOfWhatIsKnown() {
        second("North", 0, ", rtt 10.0 ms");
        second("North", 1, ", rtt 20.0 ms");
        second("North", 2, "");
        second("North", 3, ", rtt 30.0 ms");
        double[] steps = all(2).lines().get(0).values().rttMillis();
        assertThat(steps[0]).isCloseTo(15, within(1e-9));
        assertThat(steps[steps.length - 1]).isCloseTo(30, within(1e-9));
    }

    @Test
    void thereIsNoSumOfLatencies() {
        second("North", 0, ", rtt 10.0 ms");
        second("South", 0, ", rtt 20.0 ms");
        assertThat(all(10).sum().orElseThrow().values().rttMillis()).containsOnly(Double.NaN);
    }

    @Test
    void theTableHasThatOfTheLastIntervalAndThenThatOfTheTest() {
        second("North", 0, ", rtt 10.0 ms");
        assertThat(row()).contains(new Rtt(10, Optional.empty()));
        model.add(ChartSamples.end(
                "North",
                "1-North",
                T0,
                T0 + 1000,
                "rx 20.0 Mbit/s, tx 0 bit/s, lost 0, rtt 12.0 ms under load, 1.05 ms idle"));
        assertThat(row()).contains(new Rtt(12, Optional.of(1.05)));
    }

    private Optional<Rtt> row() {
        return all(10).tests().get(0).rtt();
    }
}
