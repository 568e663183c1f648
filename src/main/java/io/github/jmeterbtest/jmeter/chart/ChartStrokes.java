package io.github.jmeterbtest.jmeter.chart;

import java.awt.BasicStroke;

/** How lines are drawn: those of the newest run, and dashed those of earlier ones. */
final class ChartStrokes {
    private ChartStrokes() {}

    static BasicStroke newest(float width) {
        return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    static BasicStroke earlier(float width) {
        return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 4}, 0);
    }
}
