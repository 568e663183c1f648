package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import io.github.jmeterbtest.jmeter.sample.SampleEmitter;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jmeter.report.core.Sample;
import org.apache.jmeter.report.core.SampleException;
import org.apache.jmeter.report.processor.SumAggregatorFactory;
import org.apache.jmeter.report.processor.graph.AbstractSeriesSelector;
import org.apache.jmeter.report.processor.graph.GroupInfo;
import org.apache.jmeter.report.processor.graph.TimeStampKeysSelector;
import org.apache.jmeter.report.processor.graph.impl.CustomGraphConsumer;
import org.apache.jmeter.save.CSVSaveService;

/**
 * A custom graph of JMeter's HTML report over one variable of the interval samples: {@code btest_rx_mbps} or
 * {@code btest_tx_mbps} in Mbit/s, {@code btest_lost_packets} in packets per second, or {@code btest_rtt_ms} in ms. It
 * has a line for each name of a test, and one for the sum over all tests that run at once; more than
 * {@value #MOST_LINES} names have only the sum. JMeter's own {@link CustomGraphConsumer} takes the average of the
 * samples, so two tests of 100 Mbit/s would show as 100. Of latencies there is no sum: where tests share a line, it is
 * their average.
 *
 * <p>Each interval is spread over the time it lasted, so that the graph is right whatever the interval and the
 * granularity. A test is drawn from the next whole second on: its seconds stay whole, and with intervals of a second
 * and a granularity of a second each point is what the JTL file says. Where one of the tests does not know its rate,
 * nobody knows the sum, and there is no point.
 */
public final class ThroughputGraphConsumer extends CustomGraphConsumer {
    private static final Set<String> RATES = Set.of(BtestVariables.RX_MBPS, BtestVariables.TX_MBPS);
    private static final Set<String> COUNTS = Set.of(BtestVariables.LOST_PACKETS);
    private static final Set<String> LATENCIES = Set.of(BtestVariables.RTT_MILLIS);
    private static final long SECOND = 1_000;
    /** Of what a row may say in Mbit/s, packets or ms, so that a damaged file is no endless work. */
    private static final long LARGEST = 1_000_000_000;

    /** More lines nobody can tell apart, and they would need memory for each of their points. */
    static final int MOST_LINES = 30;

    private static final String SUM = "all tests together";

    /** Start of each point, epoch ms, to its value; not a number where a part of it is not known. */
    private static final class Points extends TreeMap<Long, Double> {
        private static final long serialVersionUID = 1L;
    }

    /**
     * A line of the graph.
     *
     * @param amounts what was measured in each point
     * @param known for how much of each point a latency is known, where tests ran at once more than 1
     */
    private record Line(Points amounts, Points known) {
        Line() {
            this(new Points(), new Points());
        }
    }

    private final Map<String, DrawnTest> tests = new HashMap<>();
    private final Line sum = new Line();
    /** By the test's name; none if there are too many. */
    private final Map<String, Line> lines = new TreeMap<>();

    private boolean tooManyLines;
    private Sample lastDrawn;
    private String line = SUM;
    private Map.Entry<Long, Double> point;

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
            throw new IllegalArgumentException("granularity: " + milliseconds + " ms; must be at least 1 ms");
        }
        super.setGranularity(milliseconds);
    }

    /**
     * @param name {@code btest_rx_mbps}, {@code btest_tx_mbps}, {@code btest_lost_packets} or {@code btest_rtt_ms}
     * @throws IllegalArgumentException if it is another one
     */
    @Override
    public void setSampleVariableName(String name) {
        Set<String> known = new TreeSet<>(RATES);
        known.addAll(COUNTS);
        known.addAll(LATENCIES);
        if (!known.contains(name)) {
            throw new IllegalArgumentException("setSampleVariableName: \"" + name + "\"; must be one of " + known);
        }
        super.setSampleVariableName(name);
    }

    /** @throws SampleException if the results have neither the variable's column nor messages */
    @Override
    public void startConsuming() {
        if (!has(column()) && !has(CSVSaveService.RESPONSE_MESSAGE)) {
            throw new SampleException("The graph \"" + getTitle() + "\" needs the column " + column() + " or "
                    + CSVSaveService.RESPONSE_MESSAGE + " in the results; run the test with"
                    + " -q btest-dashboard.properties, or add " + getSampleVariableName()
                    + " to the property sample_variables");
        }
        super.startConsuming();
    }

    private boolean has(String column) {
        return getConsumedMetadata(0).indexOf(column) >= 0;
    }

    @Override
    protected TimeStampKeysSelector createTimeStampKeysSelector() {
        return new TimeStampKeysSelector() {
            @Override
            public Double select(Sample sample) {
                return (double) point.getKey();
            }
        };
    }

    @Override
    protected Map<String, GroupInfo> createGroupInfos() {
        AbstractSeriesSelector oneSeries = new AbstractSeriesSelector() {
            @Override
            public Iterable<String> select(Sample sample) {
                return Collections.singletonList(line);
            }
        };
        return Collections.singletonMap(
                DEFAULT_GROUP,
                new GroupInfo(
                        new SumAggregatorFactory(), oneSeries, (series, sample) -> point.getValue(), false, false));
    }

    /** @throws SampleException if the variable or the sample's length is nothing that a measurement can have */
    @Override
    public void consume(Sample sample, int channel) {
        Optional<Double> value = value(sample);
        if (value.isEmpty()) {
            return; // not the sample of an interval
        }
        long length =
                checked(sample, "elapsed", (double) sample.getElapsedTime()).longValue();
        double amount = COUNTS.contains(getSampleVariableName()) ? value.get() : value.get() * length / SECOND;
        long start = tests.computeIfAbsent(sample.getThreadName() + '\n' + sample.getName(), key -> new DrawnTest())
                .place(sample.getStartTime(), length);
        add(sum, amount, start, length);
        line(sample.getName()).ifPresent(own -> add(own, amount, start, length));
        lastDrawn = sample;
    }

    private void add(Line to, double amount, long start, long length) {
        spread(to.amounts, amount, start, length);
        if (isLatency()) {
            spread(to.known, (double) length / SECOND, start, length);
        }
    }

    private boolean isLatency() {
        return LATENCIES.contains(getSampleVariableName());
    }

    /** {@return the line that an interval belongs to} */
    private Optional<Line> line(String label) {
        String name = SampleEmitter.testOfInterval(label).orElse(label);
        if (!lines.containsKey(name) && lines.size() == MOST_LINES) {
            tooManyLines = true;
            lines.clear();
        }
        return tooManyLines ? Optional.empty() : Optional.of(lines.computeIfAbsent(name, first -> new Line()));
    }

    /** {@return what the row of an interval says, not a number if it does not know; nothing of other rows} */
    private Optional<Double> value(Sample sample) {
        String text = has(column()) ? sample.getData(column()) : "";
        if (text != null && !text.isEmpty() && !"null".equals(text)) {
            return Optional.of(checked(sample, getSampleVariableName(), parse(text)));
        }
        // what is not known is not set, an interval inside a final sample has no variables, and a file written without
        // our properties has no columns for them: the message tells
        boolean interval = SampleEmitter.testOfInterval(sample.getName()).isPresent();
        return interval && has(CSVSaveService.RESPONSE_MESSAGE)
                ? ThroughputMessage.parse(sample.getResponseMessage()).flatMap(this::value)
                : Optional.empty();
    }

    private Optional<Double> value(ThroughputMessage message) {
        return switch (getSampleVariableName()) {
            case BtestVariables.RX_MBPS -> Optional.of(message.rxBitsPerSecond() / 1e6);
            case BtestVariables.TX_MBPS -> Optional.of(message.txBitsPerSecond() / 1e6);
            // what no probe found is no value, and the others' average is known all the same
            case BtestVariables.RTT_MILLIS ->
                message.rtt().map(Rtt::loadedMillis).filter(millis -> !Double.isNaN(millis));
            default -> Optional.of((double) message.lostPackets());
        };
    }

    private void spread(Points points, double amount, long start, long length) {
        long end = start + length;
        long bucket = start - start % getGranularity();
        do {
            long inBucket = Math.min(end, bucket + getGranularity()) - Math.max(start, bucket);
            double share = length == 0 ? 1 : (double) inBucket / length;
            points.merge(bucket, amount * share * SECOND / getGranularity(), Double::sum);
            bucket += getGranularity();
        } while (bucket < end);
    }

    /** Hands JMeter a sample for each point; of a sample it asks nothing but where and how much. */
    @Override
    public void stopConsuming() {
        lines.forEach(this::draw);
        if (isLatency() ? tooManyLines : lines.size() != 1) {
            String ofNoTest = lines.containsKey(SUM) ? "sum of " + SUM : SUM;
            draw(ofNoTest, sum);
        }
        super.stopConsuming();
    }

    private void draw(String name, Line drawnLine) {
        line = name;
        for (Map.Entry<Long, Double> drawn : drawnLine.amounts.entrySet()) {
            double known = isLatency() ? drawnLine.known.get(drawn.getKey()) : 1;
            if (!Double.isNaN(drawn.getValue()) && known > 0) {
                point = Map.entry(drawn.getKey(), drawn.getValue() / known);
                super.consume(lastDrawn, 0);
            }
        }
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
        throw new SampleException(
                "Row " + sample.getSampleRow() + " of the results: " + name + " is not a number from 0 to " + LARGEST);
    }

    private String column() {
        return CSVSaveService.VARIABLE_NAME_QUOTE_CHAR
                + getSampleVariableName()
                + CSVSaveService.VARIABLE_NAME_QUOTE_CHAR;
    }

    /**
     * How much later than it ran a test is drawn. Its intervals follow each other without a gap; after one, it is the
     * next test.
     */
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
