package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.BasicStroke;
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
import java.util.stream.Collectors;

/**
 * The names of the lines, once for all plots, in as few rows as the width allows; where several runs lie over each
 * other, also how the lines of each are drawn.
 */
final class ChartLegend {
    private static final int MAX_ROWS = 3;
    private static final int MAX_NAME_LENGTH = 32;

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

    private enum Sign {
        CHIP,
        LINE,
        EARLIER_LINE
    }

    private record Entry(String name, Color colour, Sign sign) {}

    /** {@return the height it took} */
    int paint(int width, ChartScene scene) {
        List<Entry> entries = entries(scene);
        int row = metrics.getHeight() + 4;
        int x = 2 * gap;
        int y = 4;
        for (int i = 0; i < entries.size(); i++) {
            String name = shorten(entries.get(i).name());
            int wanted = chip + gap + metrics.stringWidth(name) + 3 * gap;
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
        if (scene.hasSeveralRuns() && scene.axis() != ChartAxis.TEST) {
            for (int i = 0; i < scene.runs().size(); i++) {
                boolean newest = i == scene.runs().size() - 1;
                entries.add(new Entry(scene.runs().get(i), colours.soft(), newest ? Sign.LINE : Sign.EARLIER_LINE));
            }
        }
        Map<String, Integer> names = new LinkedHashMap<>();
        if (scene.isOverSize()) {
            scene.searches().forEach(curve -> names.putIfAbsent(curve.name(), curve.number()));
        }
        scene.curves()
                .forEach(curve -> names.putIfAbsent(
                        curve.isSum() ? Messages.text("throughputChart.sum") : curve.name(), curve.number()));
        names.forEach((name, number) -> entries.add(new Entry(name, colours.ofLine(number), Sign.CHIP)));
        return entries;
    }

    private void paint(Entry entry, String shown, int x, int y) {
        graphics.setColor(entry.colour());
        if (entry.sign() == Sign.CHIP) {
            graphics.fillRoundRect(x, y + 2, chip, chip, gap, gap);
        } else {
            graphics.setStroke(entry.sign() == Sign.LINE ? new BasicStroke(2) : ChartStrokes.earlier(1.5f));
            graphics.drawLine(x - gap / 2, y + 2 + chip / 2, x + chip, y + 2 + chip / 2);
        }
        graphics.setColor(colours.foreground());
        graphics.drawString(shown, x + chip + gap, y + metrics.getAscent());
        if (!shown.equals(entry.name())) {
            tips.add(new ChartLayout.Tip(place(x, y, chip + gap + metrics.stringWidth(shown)), entry.name()));
        }
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

    private static String shorten(String name) {
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH - 1) + "…";
    }
}
