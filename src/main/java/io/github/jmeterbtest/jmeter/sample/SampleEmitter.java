package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import io.github.jmeterbtest.results.ResultRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterThread;
import org.apache.jmeter.threads.ListenerNotifier;
import org.apache.jmeter.threads.SamplePackage;

/**
 * Makes a sample of each interval of one test, sends it to JMeter's listeners or keeps it for the final sample, and
 * knows which bytes have been reported by then. Used on the JMeter thread that runs the sampler only.
 */
public final class SampleEmitter {
    private static final long MIN_JITTER_MILLIS = 2;

    private final String name;
    private final JMeterContext context;
    private final IntervalReporting reporting;
    private final long intervalMillis;
    private final RunningTest test;
    private final BtestVariables variables;
    private final List<SampleResult> kept = new ArrayList<>();
    /** Null if no JMeter thread is around, as in a unit test. */
    private final List<SampleListener> listeners;

    private int nextIndex;
    private long reportedUntilMillis;
    private long reportedRxBytes;
    private long reportedTxBytes;

    /** Emits on the thread of the sampler's context. */
    public SampleEmitter(AbstractSampler sampler, IntervalReporting reporting, RunningTest test) {
        this(sampler.getName(), sampler.getThreadContext(), reporting, test);
    }

    /**
     * Emits on the thread of a context.
     *
     * @param name of the test, from which the labels of its intervals are made
     */
    public SampleEmitter(String name, JMeterContext context, IntervalReporting reporting, RunningTest test) {
        this.name = name;
        this.context = context;
        this.listeners = listeners(context);
        this.reporting = reporting;
        this.intervalMillis = test.interval().toMillis();
        this.test = test;
        this.variables = new BtestVariables(context.getVariables());
    }

    /** Takes one interval, right after its end; one that it has had already it passes over. */
    public void interval(IntervalReport interval) {
        if (reporting == IntervalReporting.NONE || interval.index() < nextIndex) {
            return;
        }
        nextIndex = interval.index() + 1;
        SampleResult sample = sample(interval);
        if (reporting == IntervalReporting.SUB_RESULTS) {
            // without bytes: it gets a row of its own in CSV files, beside that of the final sample, which has them all
            kept.add(sample);
            return;
        }
        sample.setBodySize(interval.rxBytes());
        sample.setSentBytes(interval.txBytes());
        reportedRxBytes += interval.rxBytes();
        reportedTxBytes += interval.txBytes();
        // the tests of a Parallel Controller share them
        synchronized (context.getVariables()) {
            variables.set(interval);
            try {
                send(sample, context, listeners);
            } finally {
                variables.removeInterval();
            }
        }
    }

    /** {@return received bytes that are in samples already sent} */
    long reportedRxBytes() {
        return reportedRxBytes;
    }

    /** {@return sent bytes that are in samples already sent} */
    long reportedTxBytes() {
        return reportedTxBytes;
    }

    /** {@return the interval samples that belong into the final one} */
    List<SampleResult> kept() {
        return kept;
    }

    private SampleResult sample(IntervalReport interval) {
        long begin = test.started().get().toEpochMilli();
        long start = reportedUntilMillis;
        long end = nominalEnd(start, endMillis(interval));
        reportedUntilMillis = end;
        SampleResult sample = SampleResult.createTestSample(begin + start, begin + end);
        sample.setSampleLabel(name + ResultRow.INTERVAL_SUFFIX);
        sample.setSuccessful(true);
        sample.setResponseCodeOK();
        sample.setResponseMessage(ThroughputMessage.of(interval).format());
        sample.setDataType(SampleResult.TEXT);
        if (interval.latency().isMedianKnown()) {
            // a probe is a connect; JMeter's graphs and its raw backend listener carry this number, but no variables;
            // rounded up, since 0 is JMeter's for none
            sample.setConnectTime((long) Math.ceil(interval.latency().medianMillis()));
        }
        SampleNumbers.put(sample, interval, test);
        return sample;
    }

    /**
     * A report comes a little after the end of its interval; stamped with its nominal end, each second of a graph gets
     * one. An interval that ended early, or later than a twentieth of its length, keeps its own end: what JMeter
     * divides by its length must stay right.
     */
    private long nominalEnd(long start, long end) {
        long nominal = (end + 1) / intervalMillis * intervalMillis;
        return nominal > start && end - nominal <= Math.max(MIN_JITTER_MILLIS, intervalMillis / 20)
                ? nominal
                : Math.max(start, end);
    }

    private static long endMillis(IntervalReport interval) {
        return (interval.startNanos() + interval.lengthNanos()) / 1_000_000;
    }

    /** {@return the test's name, if the label is that of an interval sample} */
    public static Optional<String> testOfInterval(String label) {
        return label.endsWith(ResultRow.INTERVAL_SUFFIX)
                ? Optional.of(label.substring(0, label.length() - ResultRow.INTERVAL_SUFFIX.length()))
                : Optional.empty();
    }

    /** Gives JMeter's listeners a sample that no sampler returns, on the JMeter thread of the context. */
    public static void send(SampleResult sample, JMeterContext context) {
        send(sample, context, listeners(context));
    }

    private static List<SampleListener> listeners(JMeterContext context) {
        SamplePackage sending = (SamplePackage) context.getVariables().getObject(JMeterThread.PACKAGE_OBJECT);
        return sending == null ? null : sending.getSampleListeners();
    }

    private static void send(SampleResult sample, JMeterContext context, List<SampleListener> listeners) {
        if (listeners == null) {
            return;
        }
        String group = "";
        if (context.getThreadGroup() != null) {
            group = context.getThreadGroup().getName();
            sample.setGroupThreads(context.getThreadGroup().getNumberOfThreads());
        }
        sample.setAllThreads(JMeterContextService.getNumberOfThreads());
        sample.setThreadName(Thread.currentThread().getName());
        // "true" says that it is no sample of its own, else a Transaction Controller around counts it beside the final
        // one
        notifier(context).notifyListeners(new SampleEvent(sample, group, context.getVariables(), true), listeners);
    }

    /** That of a Parallel Controller also adds the sample to its parent sample, which is all that listeners get. */
    private static ListenerNotifier notifier(JMeterContext context) {
        return context.getThread() == null
                ? new ListenerNotifier()
                : context.getThread().getNotifier();
    }
}
