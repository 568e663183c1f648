package io.github.jmeterbtest.jmeter.sample;

import static io.github.jmeterbtest.jmeter.sample.Reports.SECOND;
import static io.github.jmeterbtest.jmeter.sample.Reports.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.Listening;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterThread;
import org.apache.jmeter.threads.ListenerNotifier;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jorphan.collections.ListedHashTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What listeners get to see of a test. */
class EmissionTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final List<IntervalReport> INTERVALS =
            List.of(second(0, 5_000_000_000L, 100), second(1, 0, 0), second(2, 7_000_000, 1_000));

    private final Listening jmeter = new Listening();

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private SampleEmitter emitter(IntervalReporting reporting) {
        return new SampleEmitter(
                jmeter.ready(new BandwidthTestSampler(), "Uplink"),
                reporting,
                Reports.running(Instant.ofEpochMilli(T0)));
    }

    private static SampleResult last(TestReport report, SampleEmitter emitter) {
        return FinalSample.passed(report, emitter, "Uplink", "what was asked");
    }

    @ParameterizedTest
    @EnumSource(IntervalReporting.class)
    void everyByteIsCountedOnceWhateverTheReporting(IntervalReporting reporting) {
        SampleEmitter emitter = emitter(reporting);
        INTERVALS.forEach(emitter::interval);
        SampleResult last = last(Reports.of(INTERVALS), emitter);

        List<SampleResult> all = new ArrayList<>(jmeter.samples());
        all.add(last);
        assertThat(all).hasSize(reporting == IntervalReporting.LIVE ? 4 : 1);
        assertThat(all.stream().mapToLong(SampleResult::getBytesAsLong).sum()).isEqualTo(5_007_000_000L);
        assertThat(all.stream().mapToLong(SampleResult::getSentBytes).sum()).isEqualTo(1_100);
        assertThat(last.getSubResults())
                .hasSize(reporting == IntervalReporting.SUB_RESULTS ? 3 : 0)
                .allSatisfy(inside -> assertThat(inside.getBytesAsLong() + inside.getSentBytes())
                        .as("JMeter writes a row for it into CSV files")
                        .isZero())
                .extracting(SampleResult::getResponseMessage)
                .allMatch(message -> message.startsWith("rx "));
        assertThat(last.getStartTime()).isEqualTo(T0 - 4);
        assertThat(last.getTime()).isEqualTo(3_004);
    }

    /** JMeter's own word for what a probe does; its graphs and raw backend listener know it. */
    @Test
    void connectTimeOfAnIntervalIsThatOfItsProbes() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        emitter.interval(second(0, 1_000, 0).with(new Latency(5, 0, 1, 1, 105_700_000, 1, 1)));
        emitter.interval(second(1, 1_000, 0).with(Latency.unanswered(1)));
        emitter.interval(second(2, 1_000, 0).with(Latency.NONE));
        emitter.interval(second(3, 1_000, 0).with(new Latency(5, 0, 0, 1, 200_000, 1, 1)));

        assertThat(jmeter.samples())
                .extracting(SampleResult::getConnectTime)
                .as("ms, 0 only where no probe was answered")
                .containsExactly(106L, 0L, 0L, 1L);
    }

    /** A Parallel Controller with a parent sample takes all samples from there, and leaves no listeners. */
    @Test
    void anIntervalGoesThroughTheNotifierOfItsThread() {
        List<SampleResult> notified = new ArrayList<>();
        ListedHashTree tree = new ListedHashTree();
        tree.add(new LoopController());
        JMeterContextService.getContext().setThread(new JMeterThread(tree, new ThreadGroup(), new ListenerNotifier() {
            @Override
            public void notifyListeners(SampleEvent event, List<SampleListener> listeners) {
                notified.add(event.getResult());
            }
        }));
        jmeter.takeListenersAway();
        INTERVALS.forEach(emitter(IntervalReporting.LIVE)::interval);
        assertThat(notified).hasSize(3);
    }

    /** The tests of a Parallel Controller put theirs under the same name. */
    @Test
    void anIntervalGoesToTheListenersOfItsOwnTest() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        jmeter.takeListenersAway();
        INTERVALS.forEach(emitter::interval);
        assertThat(jmeter.samples()).hasSize(3);
    }

    @Test
    void theTextOfAFinalSampleIsNoTrafficEvenOnceItIsStrippedForARemoteController() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        INTERVALS.forEach(emitter::interval);
        SampleResult last = last(Reports.of(INTERVALS), emitter);
        assertThat(last.getResponseData()).isNotEmpty();
        assertThat(last.getBytesAsLong()).isZero();
        // as JMeter's DataStrippingSampleSender does
        last.setBytes(last.getBytesAsLong());
        last.setResponseData(new byte[0]);
        assertThat(last.getBytesAsLong()).isZero();
    }

    @Test
    void aFinalSampleCarriesWhatNoIntervalSampleDid() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        emitter.interval(INTERVALS.get(0));
        SampleResult last = last(Reports.of(INTERVALS), emitter);
        assertThat(last.getBytesAsLong()).isEqualTo(7_000_000);
        assertThat(last.getSentBytes()).isEqualTo(1_000);
    }

    @Test
    void intervalSamplesSayWhatWasMeasuredThen() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        INTERVALS.forEach(emitter::interval);
        SampleResult first = jmeter.samples().get(0);
        assertThat(first.getSampleLabel()).isEqualTo("Uplink: interval");
        assertThat(first.getResponseMessage()).isEqualTo("rx 40.0 Gbit/s, tx 800 bit/s, lost 3");
        assertThat(first.isSuccessful()).isTrue();
        assertThat(first.getThreadName()).isEqualTo(Thread.currentThread().getName());
        assertThat(jmeter.events)
                .allSatisfy(
                        event -> assertThat(event.isTransactionSampleEvent()).isTrue());
    }

    @Test
    void stampsAreTheNominalEnds() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        emitter.interval(Reports.interval(0, 0, SECOND + 3_000_000, 1, 1)); // woke 3 ms late
        emitter.interval(Reports.interval(1, SECOND + 3_000_000, SECOND - 2_000_000, 1, 1)); // 1 ms late
        emitter.interval(Reports.interval(2, 2 * SECOND + 1_000_000, 400_000_000, 1, 1)); // the last one, cut short
        assertThat(jmeter.samples()).extracting(SampleResult::getStartTime).containsExactly(T0, T0 + 1000, T0 + 2000);
        assertThat(jmeter.samples()).extracting(SampleResult::getTime).containsExactly(1000L, 1000L, 401L);
    }

    /** JMeter's listeners divide bytes by the elapsed time. */
    @Test
    void anIntervalThatWasCutLateKeepsItsLength() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        emitter.interval(Reports.interval(0, 0, SECOND + 107_000_000, 1, 1));
        emitter.interval(Reports.interval(1, SECOND + 107_000_000, SECOND - 105_000_000, 1, 1));
        assertThat(jmeter.samples()).extracting(SampleResult::getTime).containsExactly(1107L, 893L);
    }

    @Test
    void anIntervalThatLastedFarTooLongSaysSo() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        emitter.interval(Reports.interval(0, 0, 2 * SECOND + 700_000_000, 1, 1));
        emitter.interval(Reports.interval(1, 2 * SECOND + 700_000_000, 300_000_000, 1, 1));
        assertThat(jmeter.samples()).extracting(SampleResult::getTime).containsExactly(2700L, 300L);
    }

    @Test
    void anIntervalIsSentOnceEvenIfItIsToldTwice() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        emitter.interval(INTERVALS.get(0));
        INTERVALS.forEach(emitter::interval);
        assertThat(jmeter.samples())
                .extracting(SampleResult::getBytesAsLong)
                .containsExactly(5_000_000_000L, 0L, 7_000_000L);
        assertThat(emitter.reportedRxBytes()).isEqualTo(5_007_000_000L);
    }

    @Test
    void intervalVariablesStandOnlyWhileTheSampleIsSent() {
        SampleEmitter emitter = emitter(IntervalReporting.LIVE);
        emitter.interval(INTERVALS.get(2));
        assertThat(jmeter.variablesThen)
                .containsExactly(Map.of(
                        "btest_rx_mbps",
                        "56.000",
                        "btest_tx_mbps",
                        "0.008",
                        "btest_rx_bytes",
                        "7000000",
                        "btest_tx_bytes",
                        "1000",
                        "btest_lost_packets",
                        "3",
                        "btest_remote_cpu",
                        "42"));
        assertThat(jmeter.btestVariables()).isEmpty();
    }
}
