package io.github.jmeterbtest.jmeter.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The lines of a chart. Memory is bounded: by a number of lines, and of buckets in each by the owner. */
final class ChartLines {
    /** Labels with a line of their own. */
    static final int MAX_LINES = 100;
    /** The line of all other labels. */
    static final String OTHERS = "(more tests)";

    private final Map<String, RateSeries> lines = new LinkedHashMap<>();

    /** {@return the name of the label's line, which is there from now on} */
    String begin(String label) {
        String name = nameOf(label);
        lines.computeIfAbsent(name, ignored -> new RateSeries());
        return name;
    }

    String nameOf(String label) {
        return lines.containsKey(label) || lines.size() < MAX_LINES ? label : OTHERS;
    }

    void add(String label, ChartSpan span, long bucketMillis) {
        lines.get(begin(label)).add(span, bucketMillis);
    }

    /** Makes each two buckets one. */
    void coarsen(long bucketMillis) {
        lines.values().forEach(line -> line.coarsen(bucketMillis));
    }

    /** {@return the same lines; a change of one of those that are named does not change it here} */
    ChartLines copy(List<String> labels) {
        ChartLines copy = new ChartLines();
        copy.lines.putAll(lines);
        labels.stream()
                .map(this::nameOf)
                .distinct()
                .forEach(name -> copy.lines.put(name, lines.get(name).copy()));
        return copy;
    }

    void clear() {
        lines.clear();
    }

    /** {@return what is to be drawn, in the order of appearance} */
    List<ChartLine> drawn(Function<RateSeries, ChartLine.Values> values, LineNumbers numbers) {
        List<ChartLine> drawn = new ArrayList<>();
        lines.forEach((name, line) -> drawn.add(new ChartLine(name, numbers.of(name), values.apply(line))));
        return drawn;
    }

    /** {@return how many buckets all lines together keep room for} */
    int room() {
        return lines.values().stream().mapToInt(RateSeries::room).sum();
    }
}
