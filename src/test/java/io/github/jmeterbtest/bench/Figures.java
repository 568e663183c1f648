package io.github.jmeterbtest.bench;

/**
 * What a contestant has measured; what is not known is not a number.
 *
 * @param bitsPerSecond what arrived, both directions together; UDP with IP and UDP headers
 * @param coresBusy seconds of CPU time of client and server together, for each second
 * @param lossPercent of the UDP datagrams that were sent
 * @param hostDrops of the lost datagrams, those that the receiving host itself dropped
 */
record Figures(double bitsPerSecond, double coresBusy, double lossPercent, double hostDrops) {
    /** Of a contestant that does not take part, or whose test failed. */
    static final Figures NONE = new Figures(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    double gigabitsPerSecond() {
        return bitsPerSecond / 1e9;
    }

    double cpuSecondsPerGigabit() {
        return coresBusy / gigabitsPerSecond();
    }
}
