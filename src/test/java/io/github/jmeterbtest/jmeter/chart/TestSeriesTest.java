package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TestSeriesTest {
    @Test
    void aClockThatIsSetInATestMovesNothingOutOfItsStep() {
        TestSeries series = new TestSeries();
        series.add(new ChartSpan(T0, T0 + 1000, 100 * MEGA, 0, 0));
        series.add(new ChartSpan(1000, 2000, 100 * MEGA, 0, 0)); // 1970
        series.add(new ChartSpan(T0 + 1000, T0 + 2000, 100 * MEGA, 0, 0));
        TestSeries.Steps steps = series.steps().orElseThrow();
        ChartLine.Values values = steps.values();
        assertThat(DoubleStream.of(values.beginSeconds()).boxed())
                .allMatch(begin -> begin >= 0 && begin < steps.stepMillis() / 1e3);
        assertThat(DoubleStream.of(values.measuredSeconds()).sum()).isEqualTo(3);
    }
}
