package io.github.jmeterbtest.jmeter.chart;

import java.awt.BasicStroke;

/** How lines are drawn: those of the newest run are solid, and those of each earlier one have dashes of their own. */
final class ChartStrokes {
    private static final float[][] DASHES = {{6, 4}, {1.5f, 3}, {10, 3, 1.5f, 3}, {14, 4}, {6, 3, 1.5f, 3, 1.5f, 3}};

    private ChartStrokes() {}

    /** @param age how many newer runs there are */
    static BasicStroke of(int age, float width) {
        return age == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(
                        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, DASHES[(age - 1) % DASHES.length], 0);
    }
}
