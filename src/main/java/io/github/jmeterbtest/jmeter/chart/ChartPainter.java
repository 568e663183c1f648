package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Paints a scene: the names of the lines, then a plot for what was received, for what was sent, where datagrams can be
 * lost for those that were, and where it was measured for the latency. Or, over the packet size, one plot for the rates
 * that searches found.
 */
public final class ChartPainter {
    /** So many points of a line are enough for the eye, and cheap enough to be painted each second. */
    public static final int MAX_STEPS = 300;

    private static final int MIN_PLOT_HEIGHT = 42;
    private static final int MIN_PLOT_WIDTH = 120;
    /** Of the height, what a plot of anything but rates gets. */
    private static final double SMALL_SHARE = 0.25;

    private final ChartColours colours;
    private final Font font;

    ChartPainter(ChartColours colours) {
        this.colours = colours;
        font = colours.font().deriveFont(Font.PLAIN);
    }

    /** What one plot shows: rates, or something else. */
    private record Plot(String titleKey, Function<ChartLine.Values, double[]> values, boolean rates) {}

    /** {@return where the plots are} */
    ChartLayout paint(Graphics2D graphics, int width, int height, ChartScene scene) {
        graphics.setColor(colours.background());
        graphics.fillRect(0, 0, width, height);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(font);
        if (scene.isEmpty()) {
            paintNothing(graphics, width, height, scene);
            return ChartLayout.EMPTY;
        }
        ChartLegend legend = new ChartLegend(colours, font, graphics);
        int top = legend.paint(width, scene);
        if (scene.isOverSize()) {
            List<Rectangle> areas = paintSizes(graphics, scene, new Rectangle(0, top, width, height - top)).stream()
                    .toList();
            return new ChartLayout(areas, ChartExtent.NOTHING, legend.tips());
        }
        List<Plot> plots = plots(scene);
        List<Rectangle> areas = new ArrayList<>();
        double y = top;
        for (int i = 0; i < plots.size(); i++) {
            double end = y + heightOf(i, plots, height - top);
            Rectangle place = new Rectangle(0, (int) y, width, (int) end - (int) y);
            paint(graphics, plots.get(i), i == 0, scene, place).ifPresent(areas::add);
            y = end;
        }
        return new ChartLayout(areas, scene.extent(), legend.tips());
    }

    /** Rates share what the others leave, each of which gets a part of the height, or what it needs at least. */
    private double heightOf(int plot, List<Plot> plots, int height) {
        int rates = (int) plots.stream().filter(Plot::rates).count();
        double small = Math.max(height * SMALL_SHARE, titleHeight() + MIN_PLOT_HEIGHT);
        return plots.get(plot).rates() ? (height - small * (plots.size() - rates)) / rates : small;
    }

    private int titleHeight() {
        return (int) Math.ceil(font.getSize2D() * 1.25) + 2;
    }

    private void paintNothing(Graphics2D graphics, int width, int height, ChartScene scene) {
        String text = Messages.text(scene.whyEmpty());
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.setColor(colours.soft());
        graphics.drawString(text, Math.max(4, (width - metrics.stringWidth(text)) / 2), height / 2);
    }

    /** A direction that no test uses has no plot. */
    private static List<Plot> plots(ChartScene scene) {
        boolean sent = scene.isUsed(ChartLine.Values::txMbps);
        List<Plot> plots = new ArrayList<>();
        if (scene.isUsed(ChartLine.Values::rxMbps) || !sent) {
            plots.add(new Plot("throughputChart.received", ChartLine.Values::rxMbps, true));
        }
        if (sent) {
            plots.add(new Plot("throughputChart.sent", ChartLine.Values::txMbps, true));
        }
        if (scene.canLose()) {
            plots.add(new Plot("throughputChart.lost", ChartLine.Values::lostPerSecond, false));
        }
        if (scene.isUsed(ChartLine.Values::rttMillis)) {
            plots.add(new Plot("throughputChart.rtt", ChartLine.Values::rttMillis, false));
        }
        return plots;
    }

    private Optional<Rectangle> paint(
            Graphics2D graphics, Plot plot, boolean first, ChartScene scene, Rectangle place) {
        RatePlot painted = new RatePlot(colours, font, scene, plot.values(), plot.rates());
        Optional<Rectangle> area = belowTitle(place).flatMap(below -> painted.paint(graphics, below));
        if (area.isPresent()) {
            String unit = plot.rates() ? ", " + painted.unit().word() : "";
            paintTitle(
                    graphics,
                    Messages.text(plot.titleKey()) + unit,
                    first ? scene.axis().toString() : "",
                    place);
        }
        return area;
    }

    private Optional<Rectangle> paintSizes(Graphics2D graphics, ChartScene scene, Rectangle place) {
        SizePlot painted = new SizePlot(colours, font, scene);
        Optional<Rectangle> area = belowTitle(place).flatMap(below -> painted.paint(graphics, below));
        if (area.isPresent()) {
            String title = Messages.text("throughputChart.found");
            paintTitle(
                    graphics, title + ", " + painted.unit().word(), scene.axis().toString(), place);
        }
        return area;
    }

    /** {@return where a plot has room for axes} */
    private Optional<Rectangle> belowTitle(Rectangle place) {
        int title = titleHeight();
        return Optional.of(new Rectangle(place.x, place.y + title, place.width, place.height - title))
                .filter(below -> below.height >= MIN_PLOT_HEIGHT && below.width >= MIN_PLOT_WIDTH);
    }

    private void paintTitle(Graphics2D graphics, String left, String right, Rectangle place) {
        graphics.setFont(font);
        FontMetrics metrics = graphics.getFontMetrics();
        int baseline = place.y + metrics.getAscent() + 2;
        graphics.setColor(colours.foreground());
        graphics.drawString(left, place.x + 8, baseline);
        int x = place.x + place.width - metrics.stringWidth(right) - 8;
        if (x > metrics.stringWidth(left) + 24) {
            graphics.setColor(colours.soft());
            graphics.drawString(right, x, baseline);
        }
    }
}
