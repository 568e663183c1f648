package io.github.jmeterbtest.jmeter.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knowm.xchart.style.XYStyler;

class PlotStyleTest {
    private static final double GAP = Double.NaN;

    @ParameterizedTest
    @CsvSource({"0, 1", "50, 60", "0.9, 1", "0.99, 1.2", "940, 1000", "980, 1200", "3.4e-3, 4e-3", "2e9, 2.5e9"})
    void theAxisEndsWithARoundNumberAboveTheHighest(double highest, double end) {
        XYStyler styler = new XYStyler();
        PlotStyle.endAbove(highest, 200, styler);
        assertThat(styler.getYAxisMax()).isCloseTo(end, within(end * 1e-9));
    }

    /** XChart sets ticks at 1, 2, 5, 10 and so on; a low plot would have none but 0. */
    @ParameterizedTest
    @CsvSource({"302, 500", "0.18, 0.2", "94000, 100000"})
    void aLowPlotEndsWhereATickIs(double highest, double end) {
        XYStyler styler = new XYStyler();
        PlotStyle.endAbove(highest, 60, styler);
        assertThat(styler.getYAxisMax()).isCloseTo(end, within(end * 1e-9));
    }

    /** Of a run with a single interval nothing else would be seen. */
    @Test
    void aPointWithoutANeighbourIsFound() {
        assertThat(RatePlot.hasLonePoint(new double[] {5})).isTrue();
        assertThat(RatePlot.hasLonePoint(new double[] {GAP, 5, GAP})).isTrue();
        assertThat(RatePlot.hasLonePoint(new double[] {1, 2, GAP, 5})).isTrue();
        assertThat(RatePlot.hasLonePoint(new double[] {1, 2, GAP, 4, 5})).isFalse();
        assertThat(RatePlot.hasLonePoint(new double[] {GAP})).isFalse();
    }
}
