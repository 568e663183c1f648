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
    /** So many lines have colours that are easy to tell apart. */
    static final int DISTINCT = 10;

    private static final int RED_ON_LIGHT = 0xB3261E;
    private static final int RED_ON_DARK = 0xFF8A80;

    /** Easy to tell apart on white and on dark grey. */
    private static final int[] FIRST = {
        0x3D94F6, 0xF28C28, 0x2FB573, 0x4F6BED, 0xA97BE8, 0x17B8C4, 0xE667AF, 0xB5A21E, 0x9C755F, 0x9ACD32
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

    /** {@return the colour of a line, be it one that stands behind another one of its name} */
    Color of(int number, boolean earlier) {
        return earlier ? ofEarlier(number) : ofLine(number);
    }

    /** {@return the colour of a line that stands behind another one of its name} */
    Color ofEarlier(int number) {
        return mix(background, ofLine(number), isDark() ? 0.75 : 0.6);
    }

    /** {@return of what went wrong; readable on the background} */
    public Color failure() {
        return new Color(isDark() ? RED_ON_DARK : RED_ON_LIGHT);
    }

    private boolean isDark() {
        return background.getRed() + background.getGreen() + background.getBlue() < 3 * 128;
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
        return mix(background, foreground, share);
    }

    private static Color mix(Color from, Color to, double share) {
        return new Color(
                mix(from.getRed(), to.getRed(), share),
                mix(from.getGreen(), to.getGreen(), share),
                mix(from.getBlue(), to.getBlue(), share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
