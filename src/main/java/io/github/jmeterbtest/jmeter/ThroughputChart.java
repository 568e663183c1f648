package io.github.jmeterbtest.jmeter;

import org.apache.jmeter.reporters.ResultCollector;

/**
 * MikroTik Throughput Chart: what bandwidth tests receive, send and lose over time, while they run or from a results
 * file.
 *
 * <p>The element only collects: as every listener of JMeter's with a view it hands its samples to its form,
 * {@link ThroughputChartGui}, and writes them to a file if one is named. Without GUI there is no form, so only the file
 * is written. Its properties are those of {@link ResultCollector}.
 */
public class ThroughputChart extends ResultCollector {
    private static final long serialVersionUID = 1L;
}
