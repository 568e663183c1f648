package io.github.jmeterbtest.jmeter.chart;

import java.awt.Color;
import java.awt.Font;
import javax.swing.UIManager;

/**
 * Colours and font of a chart, as they suit JMeter's look, light or dark.
 *
 * @param background behind everything
 * @param foreground of letters and of the sum
 * @param font of letters
 */
public record ChartColours(Color background, Color foreground, Font font) {
    /** Easy to tell apart on white and on dark grey. */
    private static final int[] FIRST = {
        0x3D94F6, 0xF28C28, 0x2FB573, 0xE5484D, 0xA97BE8, 0x17B8C4, 0xE667AF, 0xB5A21E, 0x9C755F, 0x7F9BB3
    };

    private static final float GOLDEN_RATIO = 0.618034f;

    /** {@return those of JMeter's look of now; to be called on Swing's thread} */
    public static ChartColours ofLook() {
        Color background = UIManager.getColor("Table.background");
        Color foreground = UIManager.getColor("Label.foreground");
        Font font = UIManager.getFont("Label.font");
        return new ChartColours(
                background == null ? Color.WHITE : new Color(background.getRGB()),
                foreground == null ? Color.BLACK : new Color(foreground.getRGB()),
                font == null ? new Font(Font.SANS_SERIF, Font.PLAIN, 12) : font);
    }

    /** {@return the colour of a line} */
    Color ofLine(int number) {
        if (number < 0) {
            return foreground;
        }
        if (number < FIRST.length) {
            return new Color(FIRST[number]);
        }
        return Color.getHSBColor(number * GOLDEN_RATIO, 0.55f, 0.85f);
    }

    /** {@return of grid lines} */
    Color grid() {
        return mix(0.18);
    }

    /** {@return of less important letters} */
    Color soft() {
        return mix(0.7);
    }

    private Color mix(double share) {
        return new Color(
                mix(background.getRed(), foreground.getRed(), share),
                mix(background.getGreen(), foreground.getGreen(), share),
                mix(background.getBlue(), foreground.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
