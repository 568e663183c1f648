package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/**
 * The names of the lines, once for all plots, in as few rows as the width allows; where several runs lie over each
 * other, also how the lines of each are drawn.
 */
final class ChartLegend {
    private static final int MAX_ROWS = 3;
    private static final int MAX_NAME_LENGTH = 32;
    private static final int MAX_RUN_LENGTH = 48;
    private static final float RUN_LINE_WIDTH = 1.5f;

    private final ChartColours colours;
    private final Graphics2D graphics;
    private final FontMetrics metrics;
    private final int chip;
    private final int gap;
    private final List<ChartLayout.Tip> tips = new ArrayList<>();

    ChartLegend(ChartColours colours, Font font, Graphics2D graphics) {
        this.colours = colours;
        this.graphics = graphics;
        graphics.setFont(font);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        metrics = graphics.getFontMetrics();
        chip = metrics.getAscent() - 2;
        gap = chip / 2;
    }

    /**
     * A name with a sign before it.
     *
     * @param age of a run, whose sign is a line; empty for a line, whose sign is its colour
     */
    private record Entry(String name, Color colour, OptionalInt age) {}

    /** {@return the height it took} */
    int paint(int width, ChartScene scene) {
        List<Entry> entries = entries(scene);
        int row = metrics.getHeight() + 4;
        int x = 2 * gap;
        int y = 4;
        for (int i = 0; i < entries.size(); i++) {
            String name = shorten(entries.get(i));
            int wanted = signWidth(entries.get(i)) + gap + metrics.stringWidth(name) + 3 * gap;
            if (x + wanted > width && x > 2 * gap) {
                if (y + row >= MAX_ROWS * row) {
                    break;
                }
                x = 2 * gap;
                y += row;
            }
            String more = Messages.text("throughputChart.more", entries.size() - i);
            boolean last = y + row >= MAX_ROWS * row
                    && i < entries.size() - 1
                    && x + wanted + metrics.stringWidth(more) > width - chip;
            if (last) {
                paintMore(more, x, y, entries.subList(i, entries.size()));
                break;
            }
            paint(entries.get(i), name, x, y);
            x += wanted;
        }
        return y + row;
    }

    /** {@return what tells the names that were cut} */
    List<ChartLayout.Tip> tips() {
        return tips;
    }

    private List<Entry> entries(ChartScene scene) {
        List<Entry> entries = new ArrayList<>();
        if (scene.hasSeveralRuns()) {
            for (String run : scene.runs()) {
                OptionalInt age = scene.ageOf(run);
                age.ifPresent(any -> entries.add(new Entry(run, colours.soft(), age)));
            }
        }
        Map<String, Integer> names = new LinkedHashMap<>();
        if (scene.isOverSize()) {
            scene.searches().forEach(curve -> names.putIfAbsent(curve.name(), curve.number()));
        }
        scene.curves()
                .forEach(curve -> names.putIfAbsent(
                        curve.isSum() ? Messages.text("throughputChart.sum") : curve.name(), curve.number()));
        names.forEach((name, number) -> entries.add(new Entry(name, colours.ofLine(number), OptionalInt.empty())));
        return entries;
    }

    private void paint(Entry entry, String shown, int x, int y) {
        graphics.setColor(entry.colour());
        int sign = signWidth(entry);
        if (entry.age().isPresent()) {
            graphics.setStroke(ChartStrokes.of(entry.age().getAsInt(), RUN_LINE_WIDTH));
            graphics.drawLine(x, y + 2 + chip / 2, x + sign, y + 2 + chip / 2);
        } else {
            graphics.fillRoundRect(x, y + 2, chip, chip, gap, gap);
        }
        graphics.setColor(colours.foreground());
        graphics.drawString(shown, x + sign + gap, y + metrics.getAscent());
        if (!shown.equals(entry.name())) {
            tips.add(new ChartLayout.Tip(place(x, y, sign + gap + metrics.stringWidth(shown)), entry.name()));
        }
    }

    /** Dashes need some length to be told apart. */
    private int signWidth(Entry entry) {
        return entry.age().isPresent() ? 3 * chip : chip;
    }

    private void paintMore(String more, int x, int y, List<Entry> left) {
        graphics.setColor(colours.soft());
        graphics.drawString(more, x, y + metrics.getAscent());
        tips.add(new ChartLayout.Tip(
                place(x, y, metrics.stringWidth(more)),
                left.stream().map(Entry::name).collect(Collectors.joining(", "))));
    }

    private Rectangle place(int x, int y, int width) {
        return new Rectangle(x, y, width, metrics.getHeight());
    }

    private static String shorten(Entry entry) {
        String name = entry.name();
        return entry.age().isPresent()
                ? StringUtils.abbreviateMiddle(name, "…", MAX_RUN_LENGTH) // paths may differ anywhere
                : StringUtils.abbreviate(name, "…", MAX_NAME_LENGTH);
    }
}
