package io.github.jmeterbtest.jmeter.chart;

import java.awt.Point;
import java.awt.Rectangle;
import java.util.List;
import java.util.Optional;

/**
 * Where things stand in a painted chart.
 *
 * @param plots the areas of the lines, from the top, all from the same left to the same right edge
 * @param times what the plots cover, ms on the axis; nothing if that is not one of time
 * @param tips longer texts for places where there was no room for all
 */
record ChartLayout(List<Rectangle> plots, ChartExtent times, List<Tip> tips) {
    static final ChartLayout EMPTY = new ChartLayout(List.of(), ChartExtent.NOTHING, List.of());

    /**
     * A text that explains a place.
     *
     * @param place pixels
     * @param text in full
     */
    record Tip(Rectangle place, String text) {}

    boolean hasPlots() {
        return !plots.isEmpty();
    }

    boolean isInPlot(Point point) {
        return plots.stream().anyMatch(plot -> plot.contains(point));
    }

    Optional<String> tipAt(Point point) {
        return tips.stream()
                .filter(tip -> tip.place().contains(point))
                .map(Tip::text)
                .findFirst();
    }

    /** {@return the time at a pixel, ms on the axis; the first or the last one beside the plots} */
    double timeAt(int x) {
        return times.firstMillis() + shareAt(x) * (times.endMillis() - times.firstMillis());
    }

    /** {@return in which of so many bands of the same width a pixel lies, from 0} */
    int bandAt(int x, int bands) {
        return Math.min(bands - 1, (int) (shareAt(x) * bands));
    }

    private double shareAt(int x) {
        Rectangle plot = plots.get(0);
        return Math.min(1, Math.max(0, (x - plot.x) / (double) plot.width));
    }
}
