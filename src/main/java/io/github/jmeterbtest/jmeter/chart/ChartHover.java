package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells what every line has below the mouse pointer, in a box beside it. */
final class ChartHover {
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

    /** {@return what the lines have at a time: the sum first, then name by name, the fastest name first} */
    static List<Value> valuesAt(ChartScene scene, double time) {
        List<Value> found = new ArrayList<>();
        for (ChartCurve curve : scene.curves()) {
            int step = curve.stepAt(time);
            if (step >= 0) {
                String name = curve.isSum() ? Messages.text("throughputChart.sum") : curve.name();
                found.add(new Value(
                        curve,
                        scene.nameOf(name, curve.run()),
                        curve.values().rxMbps()[step],
                        curve.values().txMbps()[step],
                        curve.values().lostPerSecond()[step],
                        curve.values().rttMillis()[step]));
            }
        }
        return sorted(found);
    }

    /** What is to be compared stands together: the lines of one name in several runs, the newest first. */
    private static List<Value> sorted(List<Value> values) {
        Map<String, Double> highest = new HashMap<>();
        values.forEach(value -> highest.merge(value.curve().name(), value.total(), Math::max));
        return values.stream()
                .sorted(Comparator.comparingDouble(
                                (Value value) -> highest.get(value.curve().name()))
                        .reversed()
                        .thenComparing(value -> value.curve().name())
                        .thenComparing(value -> value.curve().age()))
                .toList();
    }

    /** @param x of the mouse pointer, pixels */
    void paint(Graphics2D graphics, int x, Dimension size) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(colours.soft());
        graphics.setStroke(new BasicStroke(1));
        layout.plots().forEach(plot -> graphics.drawLine(x, plot.y, x, plot.y + plot.height));
        HoverBox box = boxAt(x);
        if (!box.lines().isEmpty()) {
            box.paint(graphics, colours, x, layout.plots().get(0).y, size);
        }
    }

    private HoverBox boxAt(int x) {
        if (scene.isOverSize()) {
            return SizeHover.box(
                    scene,
                    scene.packetSizes().get(layout.bandAt(x, scene.packetSizes().size())),
                    colours);
        }
        double time = layout.timeAt(x);
        List<Value> values = valuesAt(scene, time);
        List<Value> shown = values.subList(0, Math.min(HoverBox.MAX_ROWS, values.size()));
        return new HoverBox(
                columns(ChartTimes.on(scene.axis(), time), shown),
                shown.stream()
                        .map(Value::curve)
                        .map(curve -> colours.of(curve.number(), curve.earlier()))
                        .toList(),
                values.size() - shown.size());
    }

    private List<HoverBox.Column> columns(String time, List<Value> shown) {
        RateUnit unit = RateUnit.upTo(1e6
                * shown.stream()
                        .mapToDouble(value -> Math.max(known(value.rxMbps()), known(value.txMbps())))
                        .max()
                        .orElse(0));
        List<HoverBox.Column> columns = new ArrayList<>();
        columns.add(new HoverBox.Column(time, shown.stream().map(Value::name).toList()));
        if (scene.isUsed(ChartLine.Values::rxMbps)) {
            columns.add(new HoverBox.Column(
                    Messages.text("throughputChart.received") + " " + unit.word(),
                    shown.stream()
                            .map(value -> unit.format(value.rxMbps() * 1e6))
                            .toList()));
        }
        if (scene.isUsed(ChartLine.Values::txMbps)) {
            columns.add(new HoverBox.Column(
                    Messages.text("throughputChart.sent") + " " + unit.word(),
                    shown.stream()
                            .map(value -> unit.format(value.txMbps() * 1e6))
                            .toList()));
        }
        if (scene.canLose()) {
            columns.add(new HoverBox.Column(
                    Messages.text("throughputChart.lost"),
                    shown.stream()
                            .map(value -> Long.toString(Math.round(value.lostPerSecond())))
                            .toList()));
        }
        if (scene.isUsed(ChartLine.Values::rttMillis)) {
            columns.add(new HoverBox.Column(
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
}
