package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Tells what every line has at the moment below the mouse pointer, in a box beside it. */
final class ChartHover {
    private static final int MAX_ROWS = 12;
    private static final int PADDING = 6;

    private final ChartColours colours;
    private final ChartScene scene;
    private final ChartLayout layout;

    ChartHover(ChartColours colours, ChartScene scene, ChartLayout layout) {
        this.colours = colours;
        this.scene = scene;
        this.layout = layout;
    }

    /**
     * What a line has at a moment; not a number where it is not known.
     *
     * @param name with that of its run, where several are shown
     */
    record Value(ChartCurve curve, String name, double rxMbps, double txMbps, double lostPerSecond, double rttMillis) {
        double total() {
            return curve.isSum()
                    ? Double.MAX_VALUE
                    : (Double.isNaN(rxMbps) ? 0 : rxMbps) + (Double.isNaN(txMbps) ? 0 : txMbps);
        }
    }

    /** {@return what the lines have at a time, the sum first, then the fastest} */
    static List<Value> valuesAt(ChartScene scene, double time) {
        List<Value> found = new ArrayList<>();
        for (ChartCurve curve : scene.curves()) {
            int step = curve.stepAt(time);
            if (step >= 0) {
                String name = curve.isSum() ? Messages.text("throughputChart.sum") : curve.name();
                found.add(new Value(
                        curve,
                        scene.hasSeveralRuns() ? name + " · " + curve.run() : name,
                        curve.values().rxMbps()[step],
                        curve.values().txMbps()[step],
                        curve.values().lostPerSecond()[step],
                        curve.values().rttMillis()[step]));
            }
        }
        found.sort(Comparator.comparingDouble(Value::total)
                .reversed()
                .thenComparing(value -> value.curve().earlier()));
        return found;
    }

    /** @param x of the mouse pointer, pixels */
    void paint(Graphics2D graphics, int x, Dimension size) {
        double time = layout.timeAt(x);
        List<Value> values = valuesAt(scene, time);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(colours.soft());
        graphics.setStroke(new BasicStroke(1));
        layout.plots().forEach(plot -> graphics.drawLine(x, plot.y, x, plot.y + plot.height));
        if (!values.isEmpty()) {
            graphics.setFont(colours.font());
            paintBox(graphics, x, size, ChartTimes.on(scene.axis(), time), values);
        }
    }

    private record Column(String head, List<String> cells) {
        int width(ToIntFunction<String> widthOf) {
            return Math.max(
                    widthOf.applyAsInt(head),
                    cells.stream().mapToInt(widthOf).max().orElse(0));
        }
    }

    private List<Column> columns(String time, List<Value> shown) {
        RateUnit unit = RateUnit.upTo(1e6
                * shown.stream()
                        .mapToDouble(value -> Math.max(known(value.rxMbps()), known(value.txMbps())))
                        .max()
                        .orElse(0));
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(time, shown.stream().map(Value::name).toList()));
        if (scene.isUsed(ChartLine.Values::rxMbps)) {
            columns.add(new Column(
                    Messages.text("throughputChart.received") + " " + unit.word(),
                    shown.stream()
                            .map(value -> unit.format(value.rxMbps() * 1e6))
                            .toList()));
        }
        if (scene.isUsed(ChartLine.Values::txMbps)) {
            columns.add(new Column(
                    Messages.text("throughputChart.sent") + " " + unit.word(),
                    shown.stream()
                            .map(value -> unit.format(value.txMbps() * 1e6))
                            .toList()));
        }
        if (scene.canLose()) {
            columns.add(new Column(
                    Messages.text("throughputChart.lost"),
                    shown.stream()
                            .map(value -> Long.toString(Math.round(value.lostPerSecond())))
                            .toList()));
        }
        if (scene.isUsed(ChartLine.Values::rttMillis)) {
            columns.add(new Column(
                    Messages.text("throughputChart.rtt"),
                    shown.stream()
                            .map(value -> value.curve().isSum() ? "" : Rtt.digits(value.rttMillis()))
                            .toList()));
        }
        return columns;
    }

    private static double known(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private void paintBox(Graphics2D graphics, int x, Dimension size, String time, List<Value> values) {
        List<Value> shown = values.subList(0, Math.min(MAX_ROWS, values.size()));
        List<Column> columns = columns(time, shown);
        FontMetrics metrics = graphics.getFontMetrics();
        int chip = metrics.getAscent();
        int row = metrics.getHeight();
        int rows = 1 + shown.size() + (values.size() > shown.size() ? 1 : 0);
        int width = chip
                + PADDING
                + columns.stream()
                        .mapToInt(column -> column.width(metrics::stringWidth) + 2 * PADDING)
                        .sum();
        int height = rows * row + 2 * PADDING;
        int left = x + 12 + width <= size.width ? x + 12 : Math.max(0, x - 12 - width);
        int top = Math.max(0, Math.min(layout.plots().get(0).y, size.height - height));
        fillBox(graphics, new Rectangle(left, top, width, height));
        int y = top + PADDING + metrics.getAscent();
        int right = left + PADDING + chip;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int columnWidth = column.width(metrics::stringWidth);
            right += columnWidth + 2 * PADDING;
            paintCell(graphics, column.head(), i == 0, right, columnWidth, y, colours.soft());
            for (int line = 0; line < shown.size(); line++) {
                paintCell(
                        graphics,
                        column.cells().get(line),
                        i == 0,
                        right,
                        columnWidth,
                        y + (line + 1) * row,
                        colours.foreground());
            }
        }
        for (int line = 0; line < shown.size(); line++) {
            ChartCurve curve = shown.get(line).curve();
            graphics.setColor(curve.earlier() ? colours.ofEarlier(curve.number()) : colours.ofLine(curve.number()));
            graphics.fillRect(left + PADDING, y + (line + 1) * row - chip + 3, chip - 4, chip - 4);
        }
        if (values.size() > shown.size()) {
            graphics.setColor(colours.soft());
            graphics.drawString(
                    Messages.text("throughputChart.more", values.size() - shown.size()),
                    left + PADDING,
                    y + (shown.size() + 1) * row);
        }
    }

    private void fillBox(Graphics2D graphics, Rectangle box) {
        Color background = colours.background();
        graphics.setColor(new Color(background.getRed(), background.getGreen(), background.getBlue(), 235));
        graphics.fillRoundRect(box.x, box.y, box.width, box.height, PADDING, PADDING);
        graphics.setColor(colours.soft());
        graphics.drawRoundRect(box.x, box.y, box.width - 1, box.height - 1, PADDING, PADDING);
    }

    private static void paintCell(
            Graphics2D graphics, String text, boolean leading, int right, int width, int y, Color colour) {
        graphics.setColor(colour);
        int x = leading
                ? right - PADDING - width
                : right - PADDING - graphics.getFontMetrics().stringWidth(text);
        graphics.drawString(text, x, y);
    }
}
