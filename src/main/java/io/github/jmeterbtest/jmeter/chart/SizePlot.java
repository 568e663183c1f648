package io.github.jmeterbtest.jmeter.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The rates of throughput searches over the packet size, drawn by XChart. Sizes stand side by side, smallest first. */
final class SizePlot {
    private static final float LINE_WIDTH = 1.5f;
    private static final int MARKER_SIZE = 7;

    private final ChartColours colours;
    private final Font font;
    private final PlotStyle style;
    private final List<SizeCurve> curves;
    private final List<Integer> sizes;
    private final double highest;
    private final RateUnit unit;

    SizePlot(ChartColours colours, Font font, ChartScene scene) {
        this.colours = colours;
        this.font = font;
        style = new PlotStyle(colours, font);
        curves = scene.searches();
        sizes = scene.packetSizes();
        highest = curves.stream()
                .flatMap(curve -> curve.rates().values().stream())
                .filter(rate -> !Double.isNaN(rate))
                .mapToDouble(rate -> rate)
                .max()
                .orElse(0);
        unit = RateUnit.upTo(highest);
    }

    RateUnit unit() {
        return unit;
    }

    /** {@return the area of the lines, of which each size has the same share; nothing if there is no room} */
    Optional<Rectangle> paint(Graphics2D graphics, Rectangle place) {
        Graphics2D own = (Graphics2D) graphics.create(place.x, place.y, place.width, place.height);
        int labels = own.getFontMetrics(style.small()).getHeight();
        int height = place.height - labels;
        XYChart chart = chart(place.width, height);
        chart.paint(own, place.width, height);
        int left = (int) Math.round(chart.getScreenXFromChart(-0.5));
        int right = (int) Math.round(chart.getScreenXFromChart(sizes.size() - 0.5));
        int bottom = height - PlotStyle.PADDING;
        boolean room = right > left && bottom > PlotStyle.PADDING;
        if (room) {
            paintSizes(own, chart, bottom);
        }
        own.dispose();
        return room
                ? Optional.of(new Rectangle(
                        place.x + left, place.y + PlotStyle.PADDING, right - left, bottom - PlotStyle.PADDING))
                : Optional.empty();
    }

    private XYChart chart(int width, int height) {
        XYChart chart = new XYChart(width, height, ChartTheme.XChart);
        style.apply(chart.getStyler(), height);
        chart.getStyler().setXAxisMin(-0.5).setXAxisMax(sizes.size() - 0.5);
        chart.getStyler().setXAxisTicksVisible(false).setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setAntiAlias(true).setMarkerSize(MARKER_SIZE);
        PlotStyle.endAbove(highest / 1e6 * unit.ofMegabit(), height, chart.getStyler());
        style.asFrame(chart.addSeries("frame", new double[] {-0.5}, new double[] {0}));
        // what is newer lies above
        curves.stream()
                .sorted(Comparator.comparingInt(SizeCurve::age).reversed())
                .forEach(curve -> add(chart, curve));
        return chart;
    }

    private void add(XYChart chart, SizeCurve curve) {
        List<Map.Entry<Integer, Double>> points = curve.rates().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (points.stream().allMatch(point -> Double.isNaN(point.getValue()))) {
            return;
        }
        XYSeries series = chart.addSeries(
                chart.getSeriesCollection().size() + " " + curve.name(),
                points.stream()
                        .mapToDouble(point -> sizes.indexOf(point.getKey()))
                        .toArray(),
                points.stream()
                        .mapToDouble(point -> point.getValue() / 1e6 * unit.ofMegabit())
                        .toArray());
        Color colour = colours.of(curve.number(), curve.earlier());
        style.asLine(series, colour, curve.age(), LINE_WIDTH);
        series.setMarker(SeriesMarkers.CIRCLE);
    }

    /** XChart would write round numbers. Where sizes stand close together, some have no number. */
    private void paintSizes(Graphics2D graphics, XYChart chart, int bottom) {
        graphics.setFont(style.small());
        graphics.setColor(colours.soft());
        FontMetrics metrics = graphics.getFontMetrics();
        int gap = Math.round(font.getSize2D() / 2);
        int free = 0;
        for (int i = 0; i < sizes.size(); i++) {
            String text = Integer.toString(sizes.get(i));
            int width = metrics.stringWidth(text);
            int x = (int) Math.round(chart.getScreenXFromChart(i)) - width / 2;
            if (x >= free) {
                graphics.drawString(text, x, bottom + metrics.getAscent());
                free = x + width + gap;
            }
        }
    }
}
