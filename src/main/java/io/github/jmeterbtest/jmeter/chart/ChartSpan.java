package io.github.jmeterbtest.jmeter.chart;

/**
 * A stretch of time with what was measured in it; the rates are taken to be the same all through it.
 *
 * @param startMillis wall clock, ms since 1970
 * @param endMillis wall clock, ms since 1970, after the start
 * @param rxBitsPerSecond received, bit/s, at least 0
 * @param txBitsPerSecond sent, as it arrived where that is known, bit/s, at least 0; not a number where it is not known
 * @param lostPackets datagrams lost, at least 0
 * @param rttMillis median latency, ms; not a number where it is not known
 */
record ChartSpan(
        long startMillis,
        long endMillis,
        double rxBitsPerSecond,
        double txBitsPerSecond,
        long lostPackets,
        double rttMillis) {
    private static final long LATEST = 253_402_300_799_999L; // the end of the year 9999

    /** One without latency. */
    ChartSpan(long startMillis, long endMillis, double rxBitsPerSecond, double txBitsPerSecond, long lostPackets) {
        this(startMillis, endMillis, rxBitsPerSecond, txBitsPerSecond, lostPackets, Double.NaN);
    }

    /** {@return whether a chart can show it; a file can hold anything} */
    boolean isPlausible() {
        return startMillis > 0
                && startMillis < endMillis
                && endMillis <= LATEST
                && isRate(rxBitsPerSecond)
                && (isRate(txBitsPerSecond) || !isTxKnown())
                && lostPackets >= 0
                && (Double.isNaN(rttMillis) || (rttMillis >= 0 && rttMillis < 1e9));
    }

    boolean isTxKnown() {
        return !Double.isNaN(txBitsPerSecond);
    }

    private static boolean isRate(double bitsPerSecond) {
        return bitsPerSecond >= 0 && bitsPerSecond < 1e15;
    }

    /** {@return the same on a clock that is so much behind} */
    ChartSpan earlier(long millis) {
        return new ChartSpan(
                startMillis - millis, endMillis - millis, rxBitsPerSecond, txBitsPerSecond, lostPackets, rttMillis);
    }

    long lengthMillis() {
        return endMillis - startMillis;
    }
}
