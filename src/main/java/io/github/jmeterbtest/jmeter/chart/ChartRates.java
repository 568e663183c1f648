package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.sample.ReportedTest;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;

/**
 * What was received and what was sent.
 *
 * @param rxBitsPerSecond bit/s, at least 0
 * @param txBitsPerSecond bit/s, at least 0; not a number where it is not known
 */
record ChartRates(double rxBitsPerSecond, double txBitsPerSecond) {

    static ChartRates of(ReportedTest.Rates rates) {
        return new ChartRates(rates.rxBitsPerSecond(), rates.txBitsPerSecond());
    }

    static ChartRates of(ChartSpan span) {
        return new ChartRates(span.rxBitsPerSecond(), span.txBitsPerSecond());
    }

    static ChartRates of(ThroughputMessage message) {
        return new ChartRates(message.rxBitsPerSecond(), message.txBitsPerSecond());
    }

    /** {@return the lower ones of what is known} */
    ChartRates min(ChartRates other) {
        return new ChartRates(
                Math.min(rxBitsPerSecond, other.rxBitsPerSecond), min(txBitsPerSecond, other.txBitsPerSecond));
    }

    /** {@return the higher ones of what is known} */
    ChartRates max(ChartRates other) {
        return new ChartRates(
                Math.max(rxBitsPerSecond, other.rxBitsPerSecond), max(txBitsPerSecond, other.txBitsPerSecond));
    }

    /** {@return the higher one of both, bit/s} */
    double highest() {
        return max(rxBitsPerSecond, txBitsPerSecond);
    }

    private static double max(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.max(one, other);
    }

    private static double min(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.min(one, other);
    }

    /** {@return whether a message shows the other rates as it shows these} */
    boolean isShownAs(ChartRates exact) {
        return ThroughputMessage.isShownAs(rxBitsPerSecond, exact.rxBitsPerSecond)
                && ThroughputMessage.isShownAs(txBitsPerSecond, exact.txBitsPerSecond);
    }
}
