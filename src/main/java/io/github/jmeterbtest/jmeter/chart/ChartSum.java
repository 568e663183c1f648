package io.github.jmeterbtest.jmeter.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * The sum of the lines of a chart. At each step it is the sum of the values that the lines show there. A test that
 * begins or ends within a step makes no dip in it that no moment had. Where tests followed each other within a step,
 * the sum is that of the moment with the most. Lost datagrams are counted over the whole step.
 */
final class ChartSum {
    /** Tests in one thread do not overlap, but their stamps are of milliseconds. */
    private static final double TOLERANCE_SECONDS = 0.002;

    private final List<ChartLine.Values> lines;
    private final ChartLine.Values sum;

    private ChartSum(List<ChartLine.Values> lines, int steps) {
        this.lines = lines;
        this.sum = new ChartLine.Values(steps);
    }

    static ChartLine.Values of(List<ChartLine.Values> lines, int steps) {
        ChartSum all = new ChartSum(lines, steps);
        for (int step = 0; step < steps; step++) {
            all.add(step);
        }
        return all.sum;
    }

    private void add(int step) {
        List<ChartLine.Values> measured =
                lines.stream().filter(line -> line.measuredSeconds()[step] > 0).toList();
        if (measured.isEmpty()) {
            return;
        }
        double first = Double.MAX_VALUE;
        double last = 0;
        double lost = 0;
        for (ChartLine.Values line : measured) {
            first = Math.min(first, line.beginSeconds()[step]);
            last = Math.max(last, line.endSeconds(step));
            lost += line.lostPerSecond()[step] * line.measuredSeconds()[step];
        }
        sum.beginSeconds()[step] = first;
        sum.measuredSeconds()[step] = last - first;
        sum.lostPerSecond()[step] = lost / (last - first);
        // more can only be under way at a moment when one begins
        double most = -1;
        for (int beginner = 0; beginner < measured.size(); beginner++) {
            List<ChartLine.Values> underWay = underWayWhenBegins(beginner, measured, step);
            double total = underWay.stream()
                    .mapToDouble(each -> known(each.rxMbps()[step]) + known(each.txMbps()[step]))
                    .sum();
            if (total > most) {
                most = total;
                write(underWay, step);
            }
            if (underWay.size() == measured.size()) {
                break; // all at once, as nearly always
            }
        }
    }

    /** @param beginner index of the line that begins */
    private static List<ChartLine.Values> underWayWhenBegins(int beginner, List<ChartLine.Values> measured, int step) {
        double moment = measured.get(beginner).beginSeconds()[step];
        List<ChartLine.Values> underWay = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            ChartLine.Values line = measured.get(i);
            boolean begun = line.beginSeconds()[step] <= moment;
            boolean goesOn = moment + TOLERANCE_SECONDS < line.endSeconds(step);
            if (i == beginner || (begun && goesOn)) {
                underWay.add(line);
            }
        }
        return underWay;
    }

    private void write(List<ChartLine.Values> underWay, int step) {
        sum.rxMbps()[step] =
                underWay.stream().mapToDouble(line -> line.rxMbps()[step]).sum();
        // one that is not known makes the sum so
        sum.txMbps()[step] =
                underWay.stream().mapToDouble(line -> line.txMbps()[step]).sum();
    }

    /** A moment of which something is not known counts as the one with the most. */
    private static double known(double value) {
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
}
