package io.github.jmeterbtest.jmeter.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One plot of a chart, drawn by XChart: what all curves of a scene have of one kind of value. */
final class RatePlot {
    private static final int LINES_WORTH_SMOOTHING = 20;
    private static final int STEPS_WITH_DOTS = 40;
    private static final float SUM_WIDTH = 2.5f;
    private static final float LINE_WIDTH = 1.5f;

    private final ChartColours colours;
    private final Font font;
    private final PlotStyle style;
    private final ChartScene scene;
    private final Function<ChartLine.Values, double[]> values;
    private final List<ChartCurve> used;
    private final RateUnit unit;
    private final double highest;

    /** @param rates whether the values are Mbit/s, which may be shown in a larger unit */
    RatePlot(
            ChartColours colours,
            Font font,
            ChartScene scene,
            Function<ChartLine.Values, double[]> values,
            boolean rates) {
        this.colours = colours;
        this.font = font;
        style = new PlotStyle(colours, font);
        this.scene = scene;
        this.values = values;
        // a test that only sends would be a line at zero in what was received
        used = scene.curves().stream()
                .filter(curve -> curve.isSum() || ChartLine.isUsed(values.apply(curve.values())))
                .toList();
        highest = used.stream().mapToDouble(this::highest).max().orElse(0);
        unit = rates ? RateUnit.upTo(highest * 1e6) : RateUnit.MBIT;
    }

    private double highest(ChartCurve curve) {
        double[] all = values.apply(curve.values());
        return IntStream.range(0, all.length)
                .filter(i -> curve.isMeasured(i) && !Double.isNaN(all[i]))
                .mapToDouble(i -> all[i])
                .max()
                .orElse(0);
    }

    RateUnit unit() {
        return unit;
    }

    /** {@return the area of the lines; nothing if nothing is known well enough yet} */
    Optional<Rectangle> paint(Graphics2D graphics, Rectangle place) {
        XYChart chart = new XYChart(place.width, place.height, ChartTheme.XChart);
        style(chart.getStyler(), place.height);
        addFrame(chart);
        used.forEach(curve -> add(chart, curve));
        PlotStyle.endAbove(highest * unit.ofMegabit(), place.height, chart.getStyler());
        Graphics2D own = (Graphics2D) graphics.create(place.x, place.y, place.width, place.height);
        chart.paint(own, place.width, place.height);
        own.dispose();
        int left = (int)
                Math.round(chart.getScreenXFromChart((double) scene.extent().firstMillis()));
        int right = (int)
                Math.round(chart.getScreenXFromChart((double) scene.extent().endMillis()));
        int bottom = place.height - Math.round(font.getSize2D()) - 2 * PlotStyle.PADDING; // the times stand below
        return right <= left || bottom <= PlotStyle.PADDING
                ? Optional.empty()
                : Optional.of(new Rectangle(
                        place.x + left, place.y + PlotStyle.PADDING, right - left, bottom - PlotStyle.PADDING));
    }

    /** An empty plot says that nothing was lost. */
    private void addFrame(XYChart chart) {
        style.asFrame(series(chart, "frame", new double[] {scene.extent().firstMillis()}, new double[] {0}));
    }

    private void add(XYChart chart, ChartCurve curve) {
        double[] shown = values.apply(curve.values()).clone();
        boolean known = false;
        for (int i = 0; i < shown.length; i++) {
            shown[i] = curve.isMeasured(i) ? shown[i] * unit.ofMegabit() : Double.NaN;
            known |= !Double.isNaN(shown[i]);
        }
        if (!known) {
            return;
        }
        XYSeries series = series(chart, chart.getSeriesCollection().size() + " " + curve.name(), curve.times(), shown);
        Color colour = colours.of(curve.number(), curve.earlier());
        style.asLine(series, colour, curve.age(), curve.isSum() ? SUM_WIDTH : LINE_WIDTH);
        boolean dots = (shown.length <= STEPS_WITH_DOTS && !curve.earlier()) || hasLonePoint(shown);
        series.setMarker(dots ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
    }

    /** {@return whether a point has no neighbour, to which a line would lead} */
    static boolean hasLonePoint(double[] shown) {
        return IntStream.range(0, shown.length)
                .anyMatch(i -> isKnown(shown, i) && !isKnown(shown, i - 1) && !isKnown(shown, i + 1));
    }

    private static boolean isKnown(double[] shown, int step) {
        return step >= 0 && step < shown.length && !Double.isNaN(shown[step]);
    }

    /** A series of dates can only be made from lists; after that it takes numbers. */
    private static XYSeries series(XYChart chart, String key, double[] times, double[] values) {
        XYSeries series = chart.addSeries(key, List.of(Date.from(Instant.ofEpochMilli(0))), List.of(0.0));
        series.replaceData(times, values, null);
        return series;
    }

    private void style(XYStyler styler, int height) {
        style.apply(styler, height);
        // many thin lines take far longer with smooth edges, and look no better
        styler.setAntiAlias(scene.curves().size() <= LINES_WORTH_SMOOTHING);
        styleTimes(styler);
    }

    private void styleTimes(XYStyler styler) {
        ChartExtent shown = scene.extent();
        boolean clock = scene.axis() == ChartAxis.CLOCK;
        styler.setLocale(Locale.ROOT);
        styler.setXAxisMin((double) shown.firstMillis()).setXAxisMax((double) shown.endMillis());
        styler.setTimezone(clock ? TimeZone.getDefault() : TimeZone.getTimeZone("UTC"));
        styler.setDatePattern(clock ? clockPattern(shown) : sincePattern(shown.endMillis()));
    }

    private static String clockPattern(ChartExtent shown) {
        return shown.endMillis() - shown.firstMillis() > TimeUnit.DAYS.toMillis(1) ? "MM-dd HH:mm" : "HH:mm:ss";
    }

    /** Days are counted from 1, as the first day of a run. */
    private static String sincePattern(long endMillis) {
        if (endMillis > TimeUnit.DAYS.toMillis(1)) {
            return "'day' D, HH:mm";
        }
        return endMillis > TimeUnit.HOURS.toMillis(1) ? "H:mm:ss" : "m:ss";
    }
}
