package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.protocol.Rate;
import io.github.jmeterbtest.results.ResultRow;
import org.apache.jmeter.samplers.SampleResult;

/** Samples as a CSV file gives them back: label, times, thread, code, message and bytes, nothing more. */
public final class ChartSamples {
    public static final long T0 = 1_700_000_000_000L;
    static final double MEGA = 1e6;

    private ChartSamples() {}

    static SampleResult interval(String test, String thread, long start, long end, double rx, double tx, long lost) {
        SampleResult sample = sample(
                test + ResultRow.INTERVAL_SUFFIX,
                thread,
                start,
                end,
                "rx " + Rate.format(rx) + ", tx " + Rate.format(tx) + ", lost " + lost);
        sample.setBodySize(Math.round(rx * (end - start) / 8e3));
        sample.setSentBytes(Math.round(tx * (end - start) / 8e3));
        return sample;
    }

    /** A second of a test whose peer owes its word on what arrived. */
    static SampleResult owed(String test, String thread, long start, double rx) {
        SampleResult sample = interval(test, thread, start, start + 1000, rx, 9 * MEGA, 0);
        sample.setResponseMessage("rx " + Rate.format(rx) + ", tx unknown, lost 0");
        return sample;
    }

    /** A second of a test that receives. */
    public static SampleResult second(String test, String thread, long start, double rx) {
        return interval(test, thread, start, start + 1000, rx, 0, 0);
    }

    public static SampleResult end(String test, String thread, long start, long end, String message) {
        return sample(test, thread, start, end, message);
    }

    static SampleResult failure(String test, String thread, long start, long end, String code) {
        SampleResult sample = sample(test, thread, start, end, "it did not work");
        sample.setResponseCode(code);
        sample.setSuccessful(false);
        return sample;
    }

    private static SampleResult sample(String label, String thread, long start, long end, String message) {
        SampleResult sample = SampleResult.createTestSample(start, end);
        sample.setSampleLabel(label);
        sample.setThreadName(thread);
        sample.setSuccessful(true);
        sample.setResponseCodeOK();
        sample.setResponseMessage(message);
        return sample;
    }
}
