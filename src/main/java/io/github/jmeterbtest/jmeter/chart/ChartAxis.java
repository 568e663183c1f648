package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;

/** What stands below the plots. */
public enum ChartAxis {
    /** Each run begins at 0, so that runs lie over each other. */
    RUN("throughputChart.sinceRun"),
    /** Each test begins at 0. */
    TEST("throughputChart.sinceTest"),
    /** The time of day. */
    CLOCK("throughputChart.clock"),
    /** The packet sizes of throughput searches, each with the rates that were found for it. */
    PACKET_SIZE("throughputChart.packetSize");

    private final String key;

    ChartAxis(String key) {
        this.key = key;
    }

    /** {@return its words in JMeter's language} */
    @Override
    public String toString() {
        return Messages.text(key);
    }
}
