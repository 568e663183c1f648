package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.field.Messages;

/** What the times below the plots count from. */
public enum TimeAxis {
    /** Each run begins at 0, so that runs lie over each other. */
    RUN("throughputChart.sinceRun"),
    /** Each test begins at 0. */
    TEST("throughputChart.sinceTest"),
    /** The time of day. */
    CLOCK("throughputChart.clock");

    private final String key;

    TimeAxis(String key) {
        this.key = key;
    }

    /** {@return its words in JMeter's language} */
    @Override
    public String toString() {
        return Messages.text(key);
    }
}
