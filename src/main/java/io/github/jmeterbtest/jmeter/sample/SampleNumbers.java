package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.jmeter.samplers.SampleResult;

/**
 * The numbers of a sample that this process made, so that its own listeners need not read them back from text. A sample
 * from a file or a remote engine has none: its message and its JSON tell, to fewer digits.
 *
 * <p>They stand beside the sample and not in a subclass of it, since JMeter writes subclasses that it does not know to
 * XML files as a heap of private fields. They are forgotten with their sample.
 *
 * @param throughput what its message says, with all digits
 * @param live what else is known of an interval; empty for a whole test
 * @param test the whole test of a final sample; empty for an interval
 */
record SampleNumbers(ThroughputMessage throughput, Optional<LiveInterval> live, Optional<ReportedTest> test) {
    // SampleResult has the identity of an object, and nothing in the numbers refers to it
    private static final Map<SampleResult, SampleNumbers> OF_SAMPLES = Collections.synchronizedMap(new WeakHashMap<>());

    /** {@return the numbers of a sample; nothing if it was made elsewhere} */
    static Optional<SampleNumbers> of(SampleResult sample) {
        return Optional.ofNullable(OF_SAMPLES.get(sample));
    }

    /** Remembers what the sample of an interval stands for. */
    static void put(SampleResult sample, IntervalReport interval, RunningTest test) {
        OF_SAMPLES.put(
                sample,
                new SampleNumbers(
                        ThroughputMessage.of(interval),
                        Optional.of(LiveInterval.of(interval, test)),
                        Optional.empty()));
    }

    /** Remembers what a final sample stands for, be the test good or bad. */
    static void put(SampleResult sample, TestReport report) {
        OF_SAMPLES.put(
                sample,
                new SampleNumbers(
                        ThroughputMessage.of(report), Optional.empty(), Optional.of(ReportedTest.of(report))));
    }
}
