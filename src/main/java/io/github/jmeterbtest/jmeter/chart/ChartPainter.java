package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Paints a snapshot: the names of the lines, then a plot for what was received, for what was sent and for what was
 * lost.
 */
public final class ChartPainter {
    /** So many points of a line are enough for the eye, and cheap enough to be painted each second. */
    public static final int MAX_STEPS = 300;

    private static final int MIN_PLOT_HEIGHT = 45;
    private static final double MIN_SECONDS = 0.05;
    private static final int LINES_WORTH_SMOOTHING = 20;
    private static final int STEPS_WITH_DOTS = 40;
    private static final double LOSS_SHARE = 0.25;

    private final ChartColours colours;
    private final Font font;

    ChartPainter(ChartColours colours) {
        this.colours = colours;
        font = colours.font().deriveFont(Font.PLAIN);
    }

    private record Plot(String title, Function<ChartLine.Values, double[]> values) {}

    void paint(Graphics2D graphics, int width, int height, ChartSnapshot snapshot) {
        graphics.setColor(colours.background());
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(font);
        if (snapshot.isEmpty()) {
            paintNothingYet(graphics, width, height);
            return;
        }
        int top = new ChartLegend(colours, font).paint(graphics, width, snapshot);
        List<Plot> plots = plots(snapshot);
        double loss = (height - top) * (plots.size() == 1 ? 1 : LOSS_SHARE);
        double rest = plots.size() == 1 ? 0 : (height - top - loss) / (plots.size() - 1);
        double y = top;
        for (int i = 0; i < plots.size(); i++) {
            double end = y + (i == plots.size() - 1 ? loss : rest);
            paint(graphics, plots.get(i), snapshot, (int) y, width, (int) end - (int) y);
            y = end;
        }
    }

    private void paintNothingYet(Graphics2D graphics, int width, int height) {
        String text = Messages.text("throughputChart.empty");
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.setColor(colours.soft());
        graphics.drawString(text, Math.max(4, (width - metrics.stringWidth(text)) / 2), height / 2);
    }

    /** A direction that no test uses has no plot. */
    private static List<Plot> plots(ChartSnapshot snapshot) {
        ChartLine.Values sum = snapshot.sum().orElseThrow().values();
        boolean sent = ChartLine.isUsed(sum.txMbps());
        List<Plot> plots = new ArrayList<>();
        if (ChartLine.isUsed(sum.rxMbps()) || !sent) {
            plots.add(new Plot("throughputChart.received", ChartLine.Values::rxMbps));
        }
        if (sent) {
            plots.add(new Plot("throughputChart.sent", ChartLine.Values::txMbps));
        }
        plots.add(new Plot("throughputChart.lost", ChartLine.Values::lostPerSecond));
        return plots;
    }

    private void paint(Graphics2D graphics, Plot plot, ChartSnapshot snapshot, int y, int width, int height) {
        if (height < MIN_PLOT_HEIGHT || width < 120) {
            return; // no room for axes
        }
        XYChart chart = new XYChart(width, height, ChartTheme.XChart);
        style(chart.getStyler(), snapshot, height);
        double[] times = times(snapshot);
        // a test that only sends would be a line at zero in what was received
        List<ChartLine> used = snapshot.lines().stream()
                .filter(line -> ChartLine.isUsed(plot.values().apply(line.values())))
                .toList();
        double max = 0;
        if (snapshot.lines().size() > 1 || used.isEmpty()) {
            // below the others: where only one test runs, that one is the sum
            max = addLine(chart, snapshot.sum().orElseThrow(), plot, times, 2.5f);
        }
        for (ChartLine line : used) {
            max = Math.max(max, addLine(chart, line, plot, times, 1.5f));
        }
        if (max == 0) {
            chart.getStyler().setYAxisMax(1.0);
        }
        if (chart.getSeriesCollection().isEmpty()) {
            return; // nothing is known well enough yet
        }
        Graphics2D own = (Graphics2D) graphics.create(0, y, width, height);
        chart.paint(own, width, height);
        own.dispose();
        paintTitle(graphics, Messages.text(plot.title()).split(" ", 2), y, height);
    }

    /** The unit stands on a line of its own, since beside a low plot there is no room for all in one. */
    private void paintTitle(Graphics2D graphics, String[] lines, int y, int height) {
        Graphics2D own = (Graphics2D) graphics.create();
        own.setColor(colours.foreground());
        FontMetrics metrics = own.getFontMetrics();
        own.translate(0, y + (height - metrics.getHeight()) / 2); // the times stand below the plot
        own.rotate(-Math.PI / 2);
        for (int i = 0; i < lines.length; i++) {
            own.drawString(lines[i], -metrics.stringWidth(lines[i]) / 2, (i + 1) * metrics.getHeight());
        }
        own.dispose();
    }

    private static double[] times(ChartSnapshot snapshot) {
        double middle = snapshot.stepMillis() / 2.0;
        return IntStream.range(0, snapshot.steps())
                .mapToDouble(i -> snapshot.firstMillis() + i * snapshot.stepMillis() + middle)
                .toArray();
    }

    /** {@return its highest value} */
    private double addLine(XYChart chart, ChartLine line, Plot plot, double[] times, float thickness) {
        double[] values = plot.values().apply(line.values()).clone();
        double[] measured = line.values().measuredSeconds();
        for (int i = 0; i < values.length; i++) {
            if (measured[i] < MIN_SECONDS) {
                values[i] = Double.NaN; // the rate of a few last milliseconds says nothing
            }
        }
        double max = DoubleStream.of(values)
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(-1);
        if (max < 0) {
            return 0;
        }
        // a series of dates can only be made from lists; after that it takes numbers
        String key = line.number() + " " + line.name();
        XYSeries series = chart.addSeries(key, List.of(Date.from(Instant.ofEpochMilli((long) times[0]))), List.of(0.0));
        series.replaceData(times, values, null);
        Color colour = colours.ofLine(line.number());
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        series.setMarkerColor(colour);
        series.setMarker(values.length <= STEPS_WITH_DOTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        return max;
    }

    private void style(XYStyler styler, ChartSnapshot snapshot, int height) {
        Font small = font.deriveFont(font.getSize2D() - 1);
        styler.setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
        styler.setChartBackgroundColor(colours.background())
                .setChartFontColor(colours.foreground())
                .setChartPadding(4);
        styler.setPlotBackgroundColor(colours.background())
                .setPlotBorderVisible(false)
                .setPlotContentSize(0.98);
        styler.setLegendVisible(false).setChartTitleVisible(false).setMarkerSize(4);
        // many thin lines take far longer with smooth edges, and look no better
        styler.setTextAntiAlias(true);
        styler.setAntiAlias(snapshot.lines().size() <= LINES_WORTH_SMOOTHING);
        styler.setPlotGridLinesColor(colours.grid())
                .setPlotGridLinesStroke(new BasicStroke(1f))
                .setPlotGridVerticalLinesVisible(true);
        styler.setAxisTickLabelsFont(small)
                .setAxisTickLabelsColor(colours.soft())
                .setAxisTickMarksColor(colours.grid());
        styler.setXAxisTitleVisible(false).setYAxisTitleVisible(false).setAxisTicksLineVisible(false);
        // a low plot has numbers too
        styler.setYAxisMin(0.0)
                .setYAxisTickMarkSpacingHint(Math.min(40, height / 4))
                .setXAxisTickMarkSpacingHint(90);
        // the same room at the left of every plot, so that their times stand below each other
        styler.setYAxisLeftWidthHint((int) (font.getSize2D() * 6.5));
        styler.setLocale(java.util.Locale.ROOT);
        styler.setTimezone(java.util.TimeZone.getDefault());
        styler.setDatePattern(snapshot.steps() * snapshot.stepMillis() > 86_400_000L ? "MM-dd HH:mm" : "HH:mm:ss");
        styler.setYAxisDecimalPattern("#,##0.###");
    }
}
