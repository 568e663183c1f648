package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.protocol.Rate;

/**
 * What was received and what was sent.
 *
 * @param rxBitsPerSecond bit/s, at least 0
 * @param txBitsPerSecond bit/s, at least 0; not a number where it is not known
 */
record ChartRates(double rxBitsPerSecond, double txBitsPerSecond) {

    /** {@return the lower ones of what is known} */
    ChartRates least(ChartRates other) {
        return new ChartRates(
                Math.min(rxBitsPerSecond, other.rxBitsPerSecond), least(txBitsPerSecond, other.txBitsPerSecond));
    }

    private static double least(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
    }

    /** {@return whether a message shows the other rates as it shows these} */
    boolean isShownAs(ChartRates exact) {
        return isShownAs(rxBitsPerSecond, exact.rxBitsPerSecond) && isShownAs(txBitsPerSecond, exact.txBitsPerSecond);
    }

    /**
     * A message has the true rate, but few digits; bytes and time have all digits, but are stamped with nominal times.
     *
     * @param shown the rate in the message, bit/s
     * @param bytes of the sample
     * @param lengthMillis of the sample, ms
     * @return the rate of the bytes if a message would show it as it does, else the message's, bit/s
     */
    static double refine(double shown, long bytes, long lengthMillis) {
        double exact = lengthMillis <= 0 ? shown : bytes * 8e3 / lengthMillis;
        return isShownAs(shown, exact) ? exact : shown;
    }

    private static boolean isShownAs(double shown, double exact) {
        // the comparison of numbers is quick and decides most cases; the other is what was really written
        return exact >= 0
                && Math.abs(exact - shown) <= Math.max(1, shown * 0.06)
                && Rate.format(exact).equals(Rate.format(shown));
    }
}
