package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;

/** The names of the lines, once for all plots, in as few rows as the width allows. */
final class ChartLegend {
    private static final int MAX_ROWS = 3;
    private static final int MAX_NAME_LENGTH = 32;

    private final ChartColours colours;
    private final Font font;

    ChartLegend(ChartColours colours, Font font) {
        this.colours = colours;
        this.font = font;
    }

    /** {@return the height it took} */
    int paint(Graphics2D graphics, int width, ChartSnapshot snapshot) {
        graphics.setFont(font);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        FontMetrics metrics = graphics.getFontMetrics();
        List<ChartLine> named = new ArrayList<>();
        if (snapshot.lines().size() > 1) {
            named.add(new ChartLine(Messages.text("throughputChart.sum"), -1, null));
        }
        named.addAll(snapshot.lines());
        int chip = metrics.getAscent() - 2;
        int gap = chip / 2;
        int row = metrics.getHeight() + 4;
        int x = 2 * gap;
        int y = 4;
        for (int i = 0; i < named.size(); i++) {
            String name = shorten(named.get(i).name());
            int wanted = chip + gap + metrics.stringWidth(name) + 3 * gap;
            if (x + wanted > width && x > 2 * gap) {
                if (y + row >= MAX_ROWS * row) {
                    break;
                }
                x = 2 * gap;
                y += row;
            }
            String more = Messages.text("throughputChart.more", named.size() - i);
            boolean last = y + row >= MAX_ROWS * row
                    && i < named.size() - 1
                    && x + wanted + metrics.stringWidth(more) > width - chip;
            if (last) {
                graphics.setColor(colours.soft());
                graphics.drawString(more, x, y + metrics.getAscent());
                break;
            }
            graphics.setColor(colours.ofLine(named.get(i).number()));
            graphics.fillRoundRect(x, y + 2, chip, chip, gap, gap);
            graphics.setColor(colours.foreground());
            graphics.drawString(name, x + chip + gap, y + metrics.getAscent());
            x += wanted;
        }
        return y + row;
    }

    private static String shorten(String name) {
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH - 1) + "…";
    }
}
