package io.github.jmeterbtest.jmeter.sample;

import static io.github.jmeterbtest.jmeter.sample.Reports.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.jmeter.BandwidthTestSampler;
import io.github.jmeterbtest.jmeter.Listening;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import io.github.jmeterbtest.protocol.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener gets the numbers of this process's samples, and the text of others': the same, but for its digits. */
class SampleNumbersTest {
    /** Neither rates nor lengths that a message, or milliseconds, can hold in full. */
    private static final List<IntervalReport> INTERVALS = List.of(
            Reports.interval(0, 0, SECOND + 1_234_567, 117_642_353, 1_234_567),
            Reports.interval(1, SECOND + 1_234_567, SECOND - 7_654_321, 12_345_679, 7));

    private final Listening jmeter = new Listening();

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private SampleEmitter emitter() {
        return new SampleEmitter(
                jmeter.ready(new BandwidthTestSampler(), "Uplink"),
                IntervalReporting.LIVE,
                Reports.running(Instant.ofEpochMilli(1_700_000_000_000L)));
    }

    private static BandwidthSample ours(SampleResult sample) {
        List<BandwidthSample> ours = BandwidthSample.in(sample).toList();
        assertThat(ours).hasSize(1);
        return ours.get(0);
    }

    @Test
    void aTestWithTheNameOfAnIntervalIsNone() {
        SampleResult whole = FinalSample.passed(Reports.of(INTERVALS), emitter(), "Uplink: interval", "");
        assertThat(ours(whole).interval()).isFalse();
        assertThat(ours(whole).test()).isEqualTo("Uplink: interval");
    }

    /** Tests of one name, such as the sessions of a server, may go either way. */
    @Test
    void aDirectionThatWasNotTestedIsNoZeroInTheSummary() {
        SummaryTable table = new SummaryTable();
        for (Direction direction : List.of(Direction.RECEIVE, Direction.TRANSMIT)) {
            IntervalReport second =
                    direction == Direction.RECEIVE ? Reports.second(0, 1_250_000, 0) : Reports.second(0, 0, 1_250_000);
            table.add(FinalSample.passed(Reports.of(direction, List.of(second), null), emitter(), "Session", ""));
        }
        assertThat(table.lines())
                .anySatisfy(line -> assertThat(line).matches("Session +OK 2 +10.0 Mbit/s +10.0 Mbit/s .*"));
    }

    @Test
    void norIsItOneFromAFile() {
        SampleResult whole =
                RemoteSamples.received(FinalSample.passed(Reports.of(INTERVALS), emitter(), "Uplink: interval", ""));
        assertThat(ours(whole).interval()).isFalse();
        assertThat(ours(whole).test()).isEqualTo("Uplink: interval");
    }

    @Test
    void messageAndNumbersAreTheSameWithinTheDigitsOfTheMessage() {
        SampleEmitter emitter = emitter();
        INTERVALS.forEach(emitter::interval);
        List<SampleResult> samples = new ArrayList<>(jmeter.samples());
        samples.add(FinalSample.passed(Reports.of(INTERVALS), emitter, "Uplink", ""));
        assertThat(samples).hasSize(3).allSatisfy(sample -> {
            BandwidthSample here = ours(sample);
            BandwidthSample there = ours(RemoteSamples.received(sample));
            assertThat(here.test()).isEqualTo(there.test()).isEqualTo("Uplink");
            assertThat(here.interval()).isEqualTo(there.interval());
            ThroughputMessage exact = here.measured().orElseThrow();
            ThroughputMessage shown = there.measured().orElseThrow();
            assertThat(shown.format()).isEqualTo(exact.format()).isEqualTo(sample.getResponseMessage());
            assertThat(shown.rxBitsPerSecond())
                    .isCloseTo(exact.rxBitsPerSecond(), within(exact.rxBitsPerSecond() / 100));
            assertThat(shown.txBitsPerSecond())
                    .isCloseTo(exact.txBitsPerSecond(), within(exact.txBitsPerSecond() / 100));
        });
    }

    @Test
    void numbersHaveAllDigits() {
        SampleEmitter emitter = emitter();
        emitter.interval(INTERVALS.get(0));
        BandwidthSample interval = ours(jmeter.samples().get(0));
        assertThat(interval.measured()).contains(ThroughputMessage.of(INTERVALS.get(0)));
        assertThat(interval.live().orElseThrow().remoteCpu()).isEqualTo(42);
    }

    /** As the JSON of a failed test tells what it measured until then. */
    @Test
    void aFailedTestTellsTheSameToo() throws ReportFormatException {
        BtestException lost = new BtestException(ErrorKind.PEER_LOST, "silent").with(Reports.of(INTERVALS));
        SampleResult sample = FinalSample.failed(lost, emitter(), null, "Uplink", "");
        assertThat(ours(sample).measured()).isEmpty();
        ReportedTest here = ReportedTest.of(sample);
        ReportedTest there = ReportedTest.of(RemoteSamples.received(sample));
        assertThat(there.average().rxBitsPerSecond())
                .isEqualTo((double) Math.round(here.average().rxBitsPerSecond()));
        assertThat(there.intervals()).hasSameSizeAs(here.intervals());
        assertThat(there.intervals().get(1).startMillis())
                .isCloseTo(here.intervals().get(1).startMillis(), within(1e-3));
        assertThat(there.loss()).isEqualTo(here.loss());
        assertThat(there.started()).isEqualTo(here.started());
        assertThat(there.highestRemoteCpu()).isEqualTo(here.highestRemoteCpu()).isEqualTo(42);
    }

    /** JMeter writes no subclass but its own to XML files. */
    @Test
    void ourSamplesAreOfJMetersOwnClass() {
        SampleEmitter emitter = emitter();
        emitter.interval(INTERVALS.get(0));
        assertThat(jmeter.samples())
                .hasOnlyElementsOfTypes(SampleResult.class)
                .allSatisfy(sample -> assertThat(sample.getClass()).isEqualTo(SampleResult.class));
    }

    @Test
    void samplesOfOthersHaveNoNumbers() {
        assertThat(SampleNumbers.of(SampleResult.createTestSample(1, 2))).isEqualTo(Optional.empty());
    }
}
