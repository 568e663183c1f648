package io.github.jmeterbtest.jmeter;

import org.apache.jmeter.reporters.ResultCollector;

/**
 * MikroTik Throughput Chart: what bandwidth tests receive, send and lose over time, while they run or from results
 * files.
 *
 * <p>The element only collects: as every listener of JMeter's with a view it hands its samples to its form,
 * {@link ThroughputChartGui}, tells it of starts and ends, and writes the samples to a file if one is named. Without
 * GUI there is no form, so only the file is written. Its properties are those of {@link ResultCollector}.
 */
public class ThroughputChart extends ResultCollector {
    private static final long serialVersionUID = 1L;

    /** @param host JMeter's name for this machine, or the remote engine that starts */
    @Override
    public void testStarted(String host) {
        if (getVisualizer() instanceof ThroughputChartGui) {
            ((ThroughputChartGui) getVisualizer()).runStarted(host);
        }
        super.testStarted(host);
    }

    /** @param host as at the start */
    @Override
    public void testEnded(String host) {
        super.testEnded(host);
        if (getVisualizer() instanceof ThroughputChartGui) {
            ((ThroughputChartGui) getVisualizer()).runEnded(host);
        }
    }
}
