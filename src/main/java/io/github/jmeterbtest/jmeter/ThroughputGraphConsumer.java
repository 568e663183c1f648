package io.github.jmeterbtest.jmeter;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jmeter.report.core.Sample;
import org.apache.jmeter.report.core.SampleException;
import org.apache.jmeter.report.core.SampleMetadata;
import org.apache.jmeter.report.processor.SumAggregatorFactory;
import org.apache.jmeter.report.processor.graph.AbstractSeriesSelector;
import org.apache.jmeter.report.processor.graph.GroupInfo;
import org.apache.jmeter.report.processor.graph.TimeStampKeysSelector;
import org.apache.jmeter.report.processor.graph.impl.CustomGraphConsumer;
import org.apache.jmeter.save.CSVSaveService;

/**
 * A custom graph of JMeter's HTML report over one variable of the interval samples, the sum over all tests that run at
 * once: {@code btest_rx_mbps} or {@code btest_tx_mbps} in Mbit/s, or {@code btest_lost_packets} in packets per second.
 * JMeter's own {@link CustomGraphConsumer} takes the average of the samples, so two tests of 100 Mbit/s would show as 100.
 *
 * <p>Each interval is spread over the time it lasted, so that the graph is right whatever the interval and the granularity.
 * A test is drawn from the next whole second on: its seconds stay whole, and with intervals of a second and a granularity
 * of a second each point is what the JTL file says.
 */
public class ThroughputGraphConsumer extends CustomGraphConsumer {
    private static final Set<String> RATES = Set.of(BtestVariables.RX_MBPS, BtestVariables.TX_MBPS);
    private static final Set<String> COUNTS = Set.of(BtestVariables.LOST_PACKETS);
    private static final long SECOND = 1_000;
    /** Of what a row may say in Mbit/s, packets or ms, so that a damaged file is no endless work. */
    private static final long LARGEST = 1_000_000_000;

    private final Map<String, DrawnTest> tests = new HashMap<>();
    private long bucket;
    private double valueInBucket;

    /** Used by JMeter's report generator. The granularity is one second until it is set. */
    public ThroughputGraphConsumer() {
        super.setGranularity(SECOND);
    }

    /**
     * @param milliseconds time between two points of the graph, at least 1
     * @throws IllegalArgumentException if it is less
     */
    @Override
    public void setGranularity(long milliseconds) {
        if (milliseconds < 1) {
            throw new IllegalArgumentException("granularity: " + milliseconds + " is not 1 ms or more");
        }
        super.setGranularity(milliseconds);
    }

    /**
     * @param name {@code btest_rx_mbps}, {@code btest_tx_mbps} or {@code btest_lost_packets}
     * @throws IllegalArgumentException if it is another one
     */
    @Override
    public void setSampleVariableName(String name) {
        if (!RATES.contains(name) && !COUNTS.contains(name)) {
            Set<String> known = new TreeSet<>(RATES);
            known.addAll(COUNTS);
            throw new IllegalArgumentException("setSampleVariableName: \"" + name + "\" is none of " + known);
        }
        super.setSampleVariableName(name);
    }

    /** @throws SampleException if the results have no such column */
    @Override
    public void startConsuming() {
        SampleMetadata columns = getConsumedMetadata(0);
        if (columns.indexOf(column()) < 0) {
            throw new SampleException("The graph \"" + getTitle() + "\" needs the column " + column()
                    + " in the results: run the test with -q btest-dashboard.properties, or name " + getSampleVariableName()
                    + " in the property sample_variables");
        }
        super.startConsuming();
    }

    @Override
    protected TimeStampKeysSelector createTimeStampKeysSelector() {
        return new TimeStampKeysSelector() {
            @Override
            public Double select(Sample sample) {
                return (double) bucket;
            }
        };
    }

    @Override
    protected Map<String, GroupInfo> createGroupInfos() {
        AbstractSeriesSelector oneSeries = new AbstractSeriesSelector() {
            @Override
            public Iterable<String> select(Sample sample) {
                return Collections.singletonList(getSampleVariableName());
            }
        };
        return Collections.singletonMap(DEFAULT_GROUP,
                new GroupInfo(new SumAggregatorFactory(), oneSeries, (series, sample) -> valueInBucket, false, false));
    }

    /** @throws SampleException if the variable or the sample's length is nothing that a measurement can have */
    @Override
    public void consume(Sample sample, int channel) {
        String text = sample.getData(column());
        if (text == null || text.isEmpty() || "null".equals(text)) {
            return; // not the sample of an interval
        }
        long length = checked(sample, "elapsed", sample.getElapsedTime()).longValue();
        double value = checked(sample, getSampleVariableName(), parse(text));
        double amount = RATES.contains(getSampleVariableName()) ? value * length / SECOND : value;
        long start = tests.computeIfAbsent(sample.getThreadName() + '\n' + sample.getName(), key -> new DrawnTest())
                .place(sample.getStartTime(), length);
        spread(sample, channel, amount, start, length);
    }

    /** Hands JMeter the sample once for each point of the graph that it has a share in. */
    private void spread(Sample sample, int channel, double amount, long start, long length) {
        long end = start + length;
        bucket = start - start % getGranularity();
        do {
            long inBucket = Math.min(end, bucket + getGranularity()) - Math.max(start, bucket);
            double share = length == 0 ? 1 : (double) inBucket / length;
            valueInBucket = amount * share * SECOND / getGranularity();
            super.consume(sample, channel);
            bucket += getGranularity();
        } while (bucket < end);
    }

    private static double parse(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Double checked(Sample sample, String name, double number) {
        if (number >= 0 && number <= LARGEST) {
            return number;
        }
        throw new SampleException("Row " + sample.getSampleRow() + " of the results: " + name
                + " is no number from 0 to " + LARGEST);
    }

    private String column() {
        return CSVSaveService.VARIABLE_NAME_QUOTE_CHAR + getSampleVariableName() + CSVSaveService.VARIABLE_NAME_QUOTE_CHAR;
    }

    /** How much later than it ran a test is drawn. Its intervals follow each other without a gap; after one, it is the next test. */
    private static final class DrawnTest {
        private long end = -1;
        private long delay;

        /** {@return when to draw the beginning of an interval, epoch ms} */
        long place(long start, long length) {
            if (start != end) {
                delay = SECOND - start % SECOND;
            }
            end = start + length;
            return start + delay;
        }
    }
}
