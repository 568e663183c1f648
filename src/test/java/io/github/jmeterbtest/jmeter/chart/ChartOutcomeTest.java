package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.sample.Reports.SECOND;
import static io.github.jmeterbtest.jmeter.sample.Reports.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.Listening;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.RemoteSamples;
import io.github.jmeterbtest.jmeter.sample.Reports;
import io.github.jmeterbtest.jmeter.sample.SampleEmitter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A chart of what our samplers really emit, in each way of reporting. */
class ChartOutcomeTest {
    private static final List<IntervalReport> INTERVALS =
            List.of(second(0, 12_500_000, 1_250_000), second(1, 0, 0), second(2, 25_000_000, 2_500_000));

    private final Listening jmeter = new Listening();
    private final ChartModel model = new ChartModel();

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private SampleResult run(IntervalReporting reporting, List<IntervalReport> intervals) {
        return run(reporting, intervals, model::add);
    }

    private SampleResult run(
            IntervalReporting reporting, List<IntervalReport> intervals, Consumer<SampleResult> listener) {
        jmeter.onSample = listener;
        SampleEmitter emitter = new SampleEmitter(
                jmeter.ready(new BandwidthTestSampler(), "Uplink"),
                reporting,
                Reports.running(Instant.ofEpochMilli(T0)));
        intervals.forEach(emitter::interval);
        SampleResult last = FinalSample.passed(Reports.of(intervals), emitter, "Uplink", "");
        last.setThreadName(Thread.currentThread().getName());
        return last;
    }

    private ChartLine.Values line() {
        assertThat(model.snapshot(100).lines()).extracting(ChartLine::name).containsExactly("Uplink");
        return model.snapshot(100).lines().get(0).values();
    }

    @ParameterizedTest
    @EnumSource(IntervalReporting.class)
    void showsTheSameWhateverTheReporting(IntervalReporting reporting) {
        model.add(run(reporting, INTERVALS));
        assertThat(line().rxMbps()).containsExactly(new double[] {100, 0, 200}, within(1e-6));
        assertThat(line().txMbps()).containsExactly(new double[] {10, 0, 20}, within(1e-6));
        assertThat(line().lostPerSecond()).containsExactly(3, 3, 3);

        ChartRow row = model.snapshot(100).tests().get(0);
        assertThat(model.snapshot(100).tests()).hasSize(1);
        assertThat(row.result()).isEqualTo("OK");
        assertThat(row.direction()).isEqualTo("both");
        assertThat(row.rates().average()).isEqualTo(new ChartRates(100e6, 10e6));
        assertThat(row.rates().minimum()).isEqualTo(new ChartRates(0, 0));
        assertThat(row.lost()).isEqualTo(9);
        assertThat(row.remoteCpu()).isEqualTo(42);
    }

    @ParameterizedTest
    @EnumSource(IntervalReporting.class)
    void whatThePeerOwesIsAGapWhateverTheReporting(IntervalReporting reporting) {
        model.add(run(reporting, List.of(second(0, 12_500_000, 1_250_000), Reports.owed(1, 12_500_000, 1_250_000))));
        assertThat(line().rxMbps()).containsExactly(new double[] {100, 100}, within(1e-6));
        assertThat(line().txMbps()).containsExactly(new double[] {10, Double.NaN}, within(1e-6));
    }

    /** More than an hour, so that the JSON has two seconds in one interval. */
    @Test
    void showsALongTestWholeFromItsJson() {
        model.add(run(
                IntervalReporting.NONE,
                IntStream.range(0, 4_000)
                        .mapToObj(i -> second(i, i == 2_001 ? 0 : 12_500_000, 0))
                        .toList()));
        ChartLine.Values values = line();
        double megabits = IntStream.range(0, values.rxMbps().length)
                .mapToDouble(
                        i -> Double.isNaN(values.rxMbps()[i]) ? 0 : values.rxMbps()[i] * values.measuredSeconds()[i])
                .sum();
        assertThat(megabits).isCloseTo(399_900, within(1e-3));
        assertThat(DoubleStream.of(values.measuredSeconds()).sum()).isCloseTo(4_000, within(1e-6));
        ChartRow row = model.snapshot(100).tests().get(0);
        assertThat(row.rates().average().rxBitsPerSecond()).isCloseTo(99_975_000, within(1e-3));
        assertThat(row.rates().minimum()).isEqualTo(new ChartRates(0, 0));
        assertThat(row.lost()).isEqualTo(12_000);
    }

    @Test
    void knowsTheRemoteCpuWhileTheTestRuns() {
        run(IntervalReporting.LIVE, INTERVALS);
        ChartRow row = model.snapshot(100).tests().get(0);
        assertThat(row.isRunning()).isTrue();
        assertThat(row.remoteCpu()).isEqualTo(42);
    }

    @Test
    void withoutIntervalsAndJsonTheAverageIsDrawnFromTheFirstPayloadOn() {
        SampleResult last = RemoteSamples.received(run(IntervalReporting.NONE, INTERVALS));
        last.setLatency(501);
        last.setResponseData(new byte[0]);
        last.setResponseMessage("rx 100.0 Mbit/s, tx 10.0 Mbit/s, lost 9 (33.3 %)");
        model.add(last);
        assertThat(line().rxMbps()).containsExactly(new double[] {100, 100, 100}, within(1e-6));
        assertThat(line().measuredSeconds()).containsExactly(new double[] {0.503, 1, 1}, within(1e-9));
    }

    @Test
    void aFinalSampleWhoseIntervalsWereFilteredOutByAFileAddsNoSecondTest() {
        SampleResult last = RemoteSamples.received(run(IntervalReporting.LIVE, INTERVALS));
        model.clear();
        last.setResponseData(new byte[0]);
        last.setBytes(0L);
        model.add(last);
        assertThat(model.snapshot(100).lines())
                .as("its bytes were in the intervals")
                .isEmpty();
        assertThat(model.snapshot(100).tests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void damagedJsonIsNoJson(Damage damage) {
        SampleResult last = RemoteSamples.received(run(IntervalReporting.LIVE, INTERVALS));
        last.setResponseData(damage.text, "UTF-8");
        model.add(last);
        assertThat(line().rxMbps()).containsExactly(new double[] {100, 0, 200}, within(1e-6));
        assertThat(model.snapshot(100).tests().get(0).result()).isEqualTo("OK");
    }

    enum Damage {
        CUT("{\"started\" : \"2026-"),
        OTHER_TYPES("{\"started\":7,\"intervals\":{\"a\":1},\"average\":[],\"total\":\"x\",\"receives\":\"yes\"}"),
        EMPTY_INTERVALS("{\"started\":\"yesterday\",\"intervals\":[1,null,{\"startMs\":-1e300}]}");

        private final String text;

        Damage(String text) {
            this.text = text;
        }
    }

    /** Rates that a message cannot show in full. */
    @ParameterizedTest
    @EnumSource(IntervalReporting.class)
    void showsTheSameOfThisProcessAndOfAnother(IntervalReporting reporting) {
        List<IntervalReport> odd = List.of(second(0, 12_345_679, 1_234_567), second(1, 117_642_353, 7));
        ChartModel remote = new ChartModel();
        SampleResult last = run(reporting, odd, sample -> {
            model.add(sample);
            remote.add(RemoteSamples.received(sample));
        });
        model.add(last);
        remote.add(RemoteSamples.received(last));
        ChartLine.Values here = model.snapshot(100).lines().get(0).values();
        ChartLine.Values there = remote.snapshot(100).lines().get(0).values();
        assertThat(here.rxMbps()).containsExactly(new double[] {98.765432, 941.138824}, within(1e-9));
        assertThat(here.rxMbps()).containsExactly(there.rxMbps(), within(1e-6));
        assertThat(here.txMbps()).containsExactly(there.txMbps(), within(1e-6));
        assertThat(here.lostPerSecond()).containsExactly(there.lostPerSecond());

        ChartRow row = model.snapshot(100).tests().get(0);
        ChartRow remoteRow = remote.snapshot(100).tests().get(0);
        assertThat(row.rates().average().rxBitsPerSecond()).isCloseTo(519_952_128, within(1e-6));
        assertThat(remoteRow.rates().average().rxBitsPerSecond()).isEqualTo(519_952_128);
        assertThat(row.rates().minimum().txBitsPerSecond()).isEqualTo(56);
        assertThat(remoteRow.rates().minimum().txBitsPerSecond()).isEqualTo(56);
    }

    @Test
    void aLongPauseInATestIsOneLongInterval() {
        model.add(run(
                IntervalReporting.LIVE,
                List.of(second(0, 12_500_000, 0), Reports.interval(1, SECOND, 2 * SECOND, 25_000_000, 0))));
        assertThat(line().rxMbps()).containsExactly(new double[] {100, 100, 100}, within(1e-6));
    }

    @Test
    void theShareOfLossIsTheSameBeforeAndAfterTheEndThoughSomeDatagramsCameTwice() {
        List<IntervalReport> intervals = List.of(second(0, 12_500_000, 0), second(1, 12_500_000, 0));
        SampleResult last = run(IntervalReporting.LIVE, intervals);
        double running = model.snapshot(100).tests().get(0).lossPercent();
        model.add(last);
        assertThat(running)
                .isCloseTo(model.snapshot(100).tests().get(0).lossPercent(), within(1e-9))
                .isCloseTo(100 / 3.0, within(1e-9));
    }

    @Test
    void withoutADatagramAfterTheOmittedTimeNoShareOfLossIsKnown() {
        IntervalReport omitted = interval(0, 7, 3, true);
        IntervalReport silent = interval(1, 0, 0, false);
        model.add(run(IntervalReporting.LIVE, List.of(omitted, silent)));
        assertThat(model.snapshot(100).tests().get(0).lossPercent()).isNaN();
    }

    private static IntervalReport interval(int index, long packets, long lost, boolean omitted) {
        int unknown = IntervalReport.UNKNOWN;
        long bytes = packets * 1500;
        return IntervalReports.of(
                index,
                index * SECOND,
                SECOND,
                bytes,
                0,
                packets,
                0,
                lost,
                0,
                0,
                unknown,
                unknown,
                false,
                unknown,
                unknown,
                false,
                omitted);
    }
}
