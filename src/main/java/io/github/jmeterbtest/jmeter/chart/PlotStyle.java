package io.github.jmeterbtest.jmeter.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all plots have in common. */
final class PlotStyle {
    /** Pixels around a plot. */
    static final int PADDING = 4;

    /** For half a line or marker. */
    private static final double ROOM_ABOVE = 1.03;

    private static final double[] ENDS = {1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    /** Where XChart sets ticks: a plot with room for two numbers has one at its end. */
    private static final double[] TICKS = {1, 2, 5, 10};

    private static final int LOW_HEIGHT = 100;

    private final ChartColours colours;
    private final Font font;

    PlotStyle(ChartColours colours, Font font) {
        this.colours = colours;
        this.font = font;
    }

    /** {@return the font of the numbers at the axes} */
    Font small() {
        return font.deriveFont(font.getSize2D() - 1);
    }

    /** @param height of the plot and its axis, pixels */
    void apply(XYStyler styler, int height) {
        styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        styler.setChartBackgroundColor(colours.background())
                .setChartFontColor(colours.foreground())
                .setChartPadding(PADDING);
        styler.setPlotBackgroundColor(colours.background())
                .setPlotBorderVisible(false)
                .setPlotContentSize(0.98);
        styler.setLegendVisible(false).setChartTitleVisible(false).setMarkerSize(4);
        styler.setTextAntiAlias(true);
        styler.setPlotGridLinesColor(colours.grid())
                .setPlotGridLinesStroke(new BasicStroke(1f))
                .setPlotGridVerticalLinesVisible(true);
        styler.setAxisTickLabelsFont(small())
                .setAxisTickLabelsColor(colours.soft())
                .setAxisTickMarksColor(colours.grid());
        styler.setXAxisTitleVisible(false).setYAxisTitleVisible(false).setAxisTicksLineVisible(false);
        // a low plot has numbers too
        styler.setYAxisMin(0.0)
                .setYAxisTickMarkSpacingHint(Math.min(40, height / 3))
                .setXAxisTickMarkSpacingHint(90);
        // the same room at the left of every plot, so that their times stand below each other
        styler.setYAxisLeftWidthHint((int) (font.getSize2D() * 5));
        styler.setYAxisDecimalPattern("#,##0.###");
    }

    /**
     * Lets the axis end with a round number above all values, so that no line lies on its edge.
     *
     * @param highest of all values, at least 0
     * @param height of the plot and its axis, pixels
     */
    static void endAbove(double highest, int height, XYStyler styler) {
        double[] ends = height < LOW_HEIGHT ? TICKS : ENDS;
        styler.setYAxisMax(highest == 0 ? 1 : roundAbove(highest * ROOM_ABOVE, ends));
    }

    private static double roundAbove(double value, double[] ends) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        return Arrays.stream(ends)
                .map(end -> end * power)
                .filter(end -> end >= value)
                .findFirst()
                .orElse(10 * power);
    }

    /** Without a line XChart paints no axes. */
    void asFrame(XYSeries frame) {
        frame.setMarker(SeriesMarkers.NONE);
        frame.setLineStyle(new BasicStroke(0.1f));
        frame.setLineColor(colours.grid());
    }

    /** @param age of the line */
    void asLine(XYSeries series, Color colour, int age, float width) {
        series.setLineColor(colour);
        series.setLineStyle(ChartStrokes.of(age, width));
        series.setMarkerColor(colour);
    }
}
