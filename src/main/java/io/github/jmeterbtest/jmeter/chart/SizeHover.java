package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import io.github.jmeterbtest.jmeter.sample.SearchText;
import java.util.Comparator;
import java.util.List;

/** Tells which rate was found for a packet size. */
final class SizeHover {
    private static final String NOTHING = "–";

    private SizeHover() {}

    /**
     * What a line has at a size.
     *
     * @param name with that of its run, where several are shown
     * @param rate with its unit, and what the search says of it
     */
    record Value(SizeCurve curve, String name, String rate) {}

    /** {@return what the lines have at a size, the newest first, and of these the fastest} */
    static List<Value> valuesAt(ChartScene scene, int size) {
        return scene.searches().stream()
                .filter(curve -> curve.rates().containsKey(size))
                .sorted(Comparator.comparingInt(SizeCurve::age)
                        .thenComparing(Comparator.comparingDouble((SizeCurve curve) -> known(curve, size))
                                .reversed()))
                .map(curve -> new Value(curve, scene.nameOf(curve.name(), curve.run()), rate(curve, size)))
                .toList();
    }

    private static double known(SizeCurve curve, int size) {
        double rate = curve.rates().get(size);
        return Double.isNaN(rate) ? -1 : rate;
    }

    private static String rate(SizeCurve curve, int size) {
        double rate = curve.rates().get(size);
        String note = curve.notes().containsKey(size) ? " (" + curve.notes().get(size) + ")" : "";
        return (Double.isNaN(rate) ? NOTHING : SearchText.rate(rate)) + note;
    }

    static HoverBox box(ChartScene scene, int size, ChartColours colours) {
        List<Value> values = valuesAt(scene, size);
        List<Value> shown = values.subList(0, Math.min(HoverBox.MAX_ROWS, values.size()));
        return new HoverBox(
                List.of(
                        new HoverBox.Column(
                                Messages.text("throughputChart.bytes", Integer.toString(size)),
                                shown.stream().map(Value::name).toList()),
                        new HoverBox.Column(
                                Messages.text("throughputChart.found"),
                                shown.stream().map(Value::rate).toList())),
                shown.stream()
                        .map(Value::curve)
                        .map(curve -> colours.of(curve.number(), curve.earlier()))
                        .toList(),
                values.size() - shown.size());
    }
}
