package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.dashboard.RunReport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.jmeter.JMeter;
import org.apache.jmeter.report.config.ReportGeneratorConfiguration;
import org.apache.jmeter.report.dashboard.AbstractDataExporter;
import org.apache.jmeter.report.dashboard.ExportException;
import org.apache.jmeter.report.processor.SampleContext;
import org.apache.jmeter.util.JMeterUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds {@code bandwidth.html}, {@code bandwidth.json} and {@code bandwidth-junit.xml} to JMeter's HTML report, with
 * {@code -e -o} and with {@code -g}. JMeter makes it where a property names it, as {@code btest-dashboard.properties}
 * does:
 *
 * <pre>
 * jmeter.reportgenerator.exporter.bandwidth.classname=io.github.jmeterbtest.jmeter.BandwidthReport
 * </pre>
 */
public final class BandwidthReport extends AbstractDataExporter {
    private static final Logger log = LoggerFactory.getLogger(BandwidthReport.class);
    private static final String DEFAULT_DIRECTORY = "report-output";

    /**
     * @param context not used: it holds what the graphs need
     * @param results results file that the report is made from
     * @param configuration not used
     * @throws ExportException if the file cannot be read to its end, or the report not written
     */
    @Override
    public void export(SampleContext context, File results, ReportGeneratorConfiguration configuration)
            throws ExportException {
        Path directory =
                Path.of(JMeterUtils.getPropDefault(JMeter.JMETER_REPORT_OUTPUT_DIR_PROPERTY, DEFAULT_DIRECTORY));
        try {
            RunReport.write(results.toPath(), directory);
            log.info("bandwidth report: {}", directory.resolve(RunReport.PAGE).toAbsolutePath());
        } catch (IOException | OutOfMemoryError e) {
            throw new ExportException("cannot write the bandwidth report: " + e.getMessage(), e);
        }
    }
}
