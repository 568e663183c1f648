package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The box beside the mouse pointer, with a row for each line.
 *
 * @param columns the first is text, the others are numbers
 * @param lines the colour of each row
 * @param more how many rows there was no room for
 */
record HoverBox(List<Column> columns, List<Color> lines, int more) {
    /** Rows with room. */
    static final int MAX_ROWS = 12;

    private static final int PADDING = 6;

    /** A column and what stands above it. */
    record Column(String head, List<String> cells) {
        private int width(ToIntFunction<String> widthOf) {
            return Math.max(
                    widthOf.applyAsInt(head),
                    cells.stream().mapToInt(widthOf).max().orElse(0));
        }
    }

    /**
     * @param x of the mouse pointer, pixels
     * @param top where it begins if there is room below
     * @param size of all that is painted
     */
    void paint(Graphics2D graphics, ChartColours colours, int x, int top, Dimension size) {
        graphics.setFont(colours.font());
        FontMetrics metrics = graphics.getFontMetrics();
        int chip = metrics.getAscent();
        int row = metrics.getHeight();
        int rows = 1 + lines.size() + (more > 0 ? 1 : 0);
        int width = chip
                + PADDING
                + columns.stream()
                        .mapToInt(column -> column.width(metrics::stringWidth) + 2 * PADDING)
                        .sum();
        int height = rows * row + 2 * PADDING;
        int left = x + 12 + width <= size.width ? x + 12 : Math.max(0, x - 12 - width);
        int begin = Math.max(0, Math.min(top, size.height - height));
        fill(graphics, colours, new Rectangle(left, begin, width, height));
        int y = begin + PADDING + metrics.getAscent();
        int right = left + PADDING + chip;
        for (int i = 0; i < columns.size(); i++) {
            int columnWidth = columns.get(i).width(metrics::stringWidth);
            right += columnWidth + 2 * PADDING;
            paintColumn(graphics, colours, i, right, y);
        }
        for (int line = 0; line < lines.size(); line++) {
            graphics.setColor(lines.get(line));
            graphics.fillRect(left + PADDING, y + (line + 1) * row - chip + 3, chip - 4, chip - 4);
        }
        if (more > 0) {
            graphics.setColor(colours.soft());
            graphics.drawString(
                    Messages.text("throughputChart.more", more), left + PADDING, y + (lines.size() + 1) * row);
        }
    }

    private static void fill(Graphics2D graphics, ChartColours colours, Rectangle box) {
        Color background = colours.background();
        graphics.setColor(new Color(background.getRed(), background.getGreen(), background.getBlue(), 235));
        graphics.fillRoundRect(box.x, box.y, box.width, box.height, PADDING, PADDING);
        graphics.setColor(colours.soft());
        graphics.drawRoundRect(box.x, box.y, box.width - 1, box.height - 1, PADDING, PADDING);
    }

    private void paintColumn(Graphics2D graphics, ChartColours colours, int number, int right, int y) {
        FontMetrics metrics = graphics.getFontMetrics();
        Column column = columns.get(number);
        int left = number == 0 ? right - PADDING - column.width(metrics::stringWidth) : -1;
        graphics.setColor(colours.soft());
        paintCell(graphics, column.head(), left, right, y);
        graphics.setColor(colours.foreground());
        for (int line = 0; line < column.cells().size(); line++) {
            paintCell(graphics, column.cells().get(line), left, right, y + (line + 1) * metrics.getHeight());
        }
    }

    /** @param left where it begins; below 0 for one that ends at the right */
    private static void paintCell(Graphics2D graphics, String text, int left, int right, int y) {
        graphics.drawString(
                text,
                left >= 0 ? left : right - PADDING - graphics.getFontMetrics().stringWidth(text),
                y);
    }
}
