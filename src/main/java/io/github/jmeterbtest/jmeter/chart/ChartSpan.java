package io.github.jmeterbtest.jmeter.chart;

/**
 * A stretch of time with what was measured in it; the rates are taken to be the same all through it.
 *
 * @param startMillis wall clock, ms since 1970
 * @param endMillis wall clock, ms since 1970, after the start
 * @param rxBitsPerSecond received, bit/s, at least 0
 * @param txBitsPerSecond sent, as it arrived where that is known, bit/s, at least 0; not a number where it is not known
 * @param lostPackets datagrams lost, at least 0
 */
record ChartSpan(long startMillis, long endMillis, double rxBitsPerSecond, double txBitsPerSecond, long lostPackets) {
    private static final long LATEST = 253_402_300_799_999L; // the end of the year 9999

    /** {@return whether a chart can show it; a file can hold anything} */
    boolean isPlausible() {
        return startMillis > 0
                && startMillis < endMillis
                && endMillis <= LATEST
                && isRate(rxBitsPerSecond)
                && (isRate(txBitsPerSecond) || !isTxKnown())
                && lostPackets >= 0;
    }

    boolean isTxKnown() {
        return !Double.isNaN(txBitsPerSecond);
    }

    private static boolean isRate(double bitsPerSecond) {
        return bitsPerSecond >= 0 && bitsPerSecond < 1e15;
    }

    /** {@return the same on a clock that is so much behind} */
    ChartSpan earlier(long millis) {
        return new ChartSpan(startMillis - millis, endMillis - millis, rxBitsPerSecond, txBitsPerSecond, lostPackets);
    }

    long lengthMillis() {
        return endMillis - startMillis;
    }
}
