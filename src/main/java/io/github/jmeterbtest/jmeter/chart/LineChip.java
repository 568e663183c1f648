package io.github.jmeterbtest.jmeter.chart;

import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import javax.swing.Icon;

/**
 * The colour of a line.
 *
 * @param size pixels
 */
record LineChip(Color colour, int size) implements Icon {
    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        graphics.setColor(colour);
        graphics.fillRoundRect(x, y, size, size, size / 2, size / 2);
    }

    @Override
    public int getIconWidth() {
        return size;
    }

    @Override
    public int getIconHeight() {
        return size;
    }
}
