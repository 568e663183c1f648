package io.github.jmeterbtest.jmeter.chart;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A line of the chart.
 *
 * @param name label of the sampler
 * @param number from 0, tells its colour; {@link #SUM} of the sum
 * @param values for each step of time
 */
record ChartLine(String name, int number, Values values) {
    /** The number of the sum. */
    static final int SUM = -1;
    /** Stands for the number of a line where a test has none. */
    static final int NONE = -2;

    /**
     * Values for each step of time, {@link Double#NaN} where nothing was measured.
     *
     * @param rxMbps received, Mbit/s
     * @param txMbps sent, Mbit/s; not a number also where a part of it is not known
     * @param lostPerSecond datagrams lost, in a second
     * @param rttMillis median latency, ms
     * @param beginSeconds from when on something was measured, s after the step's beginning
     * @param measuredSeconds length of the time in which something was measured, s
     */
    record Values(
            double[] rxMbps,
            double[] txMbps,
            double[] lostPerSecond,
            double[] rttMillis,
            double[] beginSeconds,
            double[] measuredSeconds) {
        Values(int steps) {
            this(unknown(steps), unknown(steps), unknown(steps), unknown(steps), new double[steps], new double[steps]);
        }

        /** {@return until when something was measured, s after the step's beginning} */
        double endSeconds(int step) {
            return beginSeconds[step] + measuredSeconds[step];
        }

        private static double[] unknown(int steps) {
            double[] values = new double[steps];
            Arrays.fill(values, Double.NaN);
            return values;
        }
    }

    /** {@return whether anything flowed that way} */
    static boolean isUsed(double[] values) {
        return DoubleStream.of(values).anyMatch(value -> value > 0);
    }
}
