package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.Reports;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthAssertionTest {
    private static final int UNKNOWN = IntervalReport.UNKNOWN;
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 2000);

    private final BandwidthAssertion assertion = new BandwidthAssertion();

    @BeforeEach
    void name() {
        FormTestJMeter.start();
        assertion.setName("contract");
    }

    /** The first second is omitted and bad in every way; 2 Mbit/s then 1 received, twice as much sent. */
    private static TestReport report(Protocol protocol, Direction direction, int arrivedShare, int remoteCpu) {
        boolean receives = direction != Direction.TRANSMIT;
        boolean transmits = direction != Direction.RECEIVE;
        boolean told = transmits && arrivedShare != UNKNOWN;
        return new TestReport(
                new Command(protocol, direction, false, 0, 1500, 0, 0, 0),
                receives,
                transmits,
                Authentication.NONE,
                "",
                PEER,
                PEER,
                0,
                0,
                1,
                Instant.EPOCH,
                1,
                2,
                3,
                UNKNOWN,
                false,
                IntervalReport.UNKNOWN,
                told ? 750_002L * arrivedShare / 100 : UNKNOWN,
                told ? 3e6 * arrivedShare / 100 : UNKNOWN,
                null,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                List.of(
                        second(0, receives ? 10 : 0, transmits ? 20 : 0, 999, 10, 100, true),
                        second(1, receives ? 250_000 : 0, transmits ? 500_000 : 0, 0, arrivedShare, remoteCpu, false),
                        second(
                                2,
                                receives ? 125_000 : 0,
                                transmits ? 250_000 : 0,
                                2,
                                arrivedShare,
                                remoteCpu == UNKNOWN ? UNKNOWN : remoteCpu / 2,
                                false)));
    }

    private static IntervalReport second(
            int index, long rx, long tx, int lost, int arrivedShare, int cpu, boolean omitted) {
        long packets = rx == 0 ? 0 : 100;
        return IntervalReports.of(
                index,
                index * Reports.SECOND,
                Reports.SECOND,
                rx,
                tx,
                packets,
                100,
                rx == 0 ? 0 : lost,
                0,
                1,
                UNKNOWN,
                arrivedShare == UNKNOWN ? UNKNOWN : tx * arrivedShare / 100,
                false,
                cpu,
                10,
                false,
                omitted);
    }

    private static SampleResult sample(TestReport report) {
        SampleResult sample = SampleResult.createTestSample(1_000, 4_000);
        sample.setSampleLabel("north");
        sample.setResponseCodeOK();
        sample.setSuccessful(true);
        sample.setResponseData(Reports.json(report));
        return sample;
    }

    private static SampleResult both() {
        return sample(report(Protocol.UDP, Direction.BOTH, 50, 40));
    }

    private AssertionResult check(SampleResult sample, String property, String value) {
        assertion.setProperty("BandwidthAssertion." + property, value);
        return assertion.getResult(sample);
    }

    @ParameterizedTest
    @CsvSource({
        "minRxSpeed, 1.5M",
        "minRxSpeed, 1500000",
        "minTxSpeed, 1.5M",
        "minIntervalRxSpeed, 1M",
        "minIntervalTxSpeed, 1M",
        "minRxSpeed, 0",
        "maxLoss, 1",
        "maxLoss, 100",
        "maxRemoteCpu, 40",
    })
    void aTestWithinTheLimitsPasses(String property, String value) {
        AssertionResult result = check(both(), property, value);
        assertThat(result.isFailure() || result.isError())
                .as(result.getFailureMessage())
                .isFalse();
        assertThat(result.getName()).isEqualTo("contract");
        assertThat(result.getFailureMessage()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "minRxSpeed, 900M, 'receive rate: wanted at least 900 Mbit/s, measured 1.5 Mbit/s'",
        "minRxSpeed, 1500001, 'receive rate: wanted at least 1.500001 Mbit/s, measured 1.5 Mbit/s'",
        // what arrived counts, not the 3 Mbit/s that were sent
        "minTxSpeed, 2M, 'transmit rate: wanted at least 2 Mbit/s, measured 1.5 Mbit/s'",
        "minIntervalRxSpeed, 1.1M, 'receive rate of the slowest interval: wanted at least 1.1 Mbit/s, measured 1.0 Mbit/s'",
        "minIntervalTxSpeed, 1.1M, 'transmit rate of the slowest interval: wanted at least 1.1 Mbit/s, measured 1.0 Mbit/s'",
        "maxLoss, 0.5, 'loss: wanted at most 0.5 %, measured 1 % (2 of 200 datagrams)'",
        "maxLoss, 0, 'loss: wanted at most 0 %, measured 1 % (2 of 200 datagrams)'",
        "maxRemoteCpu, 39.5, 'remote CPU: wanted at most 39.5 %, measured 40 %'",
    })
    void aTestOutsideALimitFailsWithWantedAndMeasured(String property, String value, String message) {
        AssertionResult result = check(both(), property, value);
        assertThat(result.getFailureMessage()).isEqualTo(message);
        assertThat(result.isFailure()).isTrue();
        assertThat(result.isError()).isFalse();
    }

    @Test
    void aNarrowMissDoesNotReadLikeAHit() {
        AssertionResult result =
                check(sample(Reports.of(List.of(Reports.second(0, 112_499_999, 1)))), "minRxSpeed", "900M");
        assertThat(result.getFailureMessage())
                .isEqualTo("receive rate: wanted at least 900 Mbit/s, measured 899.999992 Mbit/s");
    }

    private static SampleResult withLatency(long idleMillis, long loadedMillis) {
        return sample(Reports.of(
                new LatencyUnderLoad(median(idleMillis), median(loadedMillis)), List.of(Reports.second(0, 1, 1))));
    }

    private static Latency median(long millis) {
        long nanos = millis * 1_000_000;
        return millis < 0 ? Latency.unanswered(3) : new Latency(9, 0, 0, nanos, nanos, nanos, nanos);
    }

    @Test
    void queuesThatAreTooLongFail() {
        SampleResult bloated = withLatency(1, 105);
        assertThat(check(bloated, "maxLoadedLatency", "105").isFailure()).isFalse();
        assertThat(check(bloated, "maxLatencyIncrease", "104").isFailure()).isFalse();
        assertThat(check(bloated, "maxLoadedLatency", "50").getFailureMessage())
                .isEqualTo("latency under load: wanted at most 50 ms, measured 105.0 ms");
        assertThat(check(bloated, "maxLoadedLatency", "50ms").getFailureMessage())
                .isEqualTo("latency under load: wanted at most 50 ms, measured 105.0 ms");
        assertThat(check(bloated, "maxLoadedLatency", "2h").getFailureMessage())
                .startsWith("Maximum latency under load (ms) is \"2h\": enter milliseconds from 0 to 3600000");
        assertThat(check(bloated, "maxLoadedLatency", "50").isFailure()).isTrue();
        // the field before is still set
        assertThat(check(bloated, "maxLatencyIncrease", "2.5").getFailureMessage())
                .isEqualTo("latency under load: wanted at most 50 ms, measured 105.0 ms;"
                        + " latency increase: wanted at most 2.5 ms, measured 104.0 ms");
    }

    @Test
    void aLinkThatAnswersNoProbeIsNotAFastOne() {
        assertThat(check(withLatency(1, -1), "maxLoadedLatency", "50").getFailureMessage())
                .isEqualTo("latency under load: wanted at most 50 ms, measured nothing, because too few latency"
                        + " probes were answered, idle or under load");
        assertThat(check(withLatency(-1, 7), "maxLatencyIncrease", "50").isFailure())
                .isTrue();
    }

    @Test
    void latencyWithoutProbesIsAnError() {
        assertError(check(both(), "maxLoadedLatency", "50"), "set Latency probes");
        assertError(check(both(), "maxLatencyIncrease", "-1"), "enter milliseconds from 0 to 3600000");
    }

    @Test
    void whatWasSentCountsWhereThePeerDoesNotSayWhatArrived() {
        SampleResult sample = sample(report(Protocol.TCP, Direction.TRANSMIT, UNKNOWN, UNKNOWN));
        assertThat(check(sample, "minTxSpeed", "3M").isFailure()).isFalse();
        assertThat(check(sample, "minIntervalTxSpeed", "2.1M").getFailureMessage())
                .contains("measured 2.0 Mbit/s");
    }

    /** The peer, too, says nothing any more, and what it said before does not tell of the seconds since. */
    @Test
    void aLinkThatDiedDoesNotPassAsOneThatDelivers() {
        TestReport alive = report(Protocol.TCP, Direction.TRANSMIT, 100, 40);
        List<IntervalReport> intervals = List.of(alive.intervals().get(1), second(2, 0, 0, 0, UNKNOWN, 40, false));
        TestReport died = new TestReport(
                alive.command(),
                false,
                true,
                Authentication.NONE,
                "",
                PEER,
                PEER,
                0,
                0,
                1,
                Instant.EPOCH,
                1,
                2,
                3,
                UNKNOWN,
                false,
                IntervalReport.UNKNOWN,
                500_000,
                4e6,
                null,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                intervals);
        assertThat(check(sample(died), "minIntervalTxSpeed", "1M").getFailureMessage())
                .isEqualTo("transmit rate of the slowest interval: wanted at least 1 Mbit/s, measured 0 bit/s");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anIntervalWithoutThePeersReportIsNotTheSlowest(boolean allOfIt) {
        SampleResult sample = sample(Reports.of(
                List.of(Reports.owed(0, 1, 9_000), allOfIt ? Reports.owed(1, 1, 9_000) : Reports.second(1, 1, 9_000))));
        String failure = check(sample, "minIntervalTxSpeed", "1").getFailureMessage();
        assertThat(failure)
                .isEqualTo(
                        allOfIt
                                ? "transmit rate of the slowest interval: wanted at least 1 bit/s, "
                                        + "measured nothing, because the peer did not report what arrived"
                                : null);
    }

    /** Datagrams came in the omitted second only: with none, there are no gaps either. */
    @Test
    void aLinkThatDiedDoesNotPassAsOneThatLosesNothing() {
        TestReport alive = report(Protocol.UDP, Direction.RECEIVE, UNKNOWN, UNKNOWN);
        List<IntervalReport> intervals = List.of(
                alive.intervals().get(0),
                IntervalReports.of(
                        1,
                        Reports.SECOND,
                        Reports.SECOND,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        UNKNOWN,
                        UNKNOWN,
                        false,
                        UNKNOWN,
                        10,
                        false,
                        false));
        TestReport died = new TestReport(
                alive.command(),
                true,
                false,
                Authentication.NONE,
                "",
                PEER,
                PEER,
                0,
                0,
                1,
                Instant.EPOCH,
                1,
                2,
                3,
                UNKNOWN,
                false,
                IntervalReport.UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                null,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                intervals);
        assertThat(check(sample(died), "maxLoss", "1").getFailureMessage())
                .isEqualTo("loss: wanted at most 1 %, measured nothing, because no datagram was received");
    }

    @Test
    void everyMissedLimitIsReported() {
        check(both(), "minRxSpeed", "5M");
        check(both(), "maxRemoteCpu", "10");
        AssertionResult result = check(both(), "minTxSpeed", "1M");
        assertThat(result.getFailureMessage())
                .isEqualTo("receive rate: wanted at least 5 Mbit/s, measured 1.5 Mbit/s; "
                        + "remote CPU: wanted at most 10 %, measured 40 %");
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, BOTH, maxLoss, 1, loss cannot be checked with TCP",
        "UDP, TRANSMIT, maxLoss, 1, loss cannot be checked",
        "TCP, RECEIVE, maxRemoteCpu, 90, remote CPU cannot be checked",
        "TCP, RECEIVE, minTxSpeed, 1, a transmit rate cannot be checked",
        "UDP, RECEIVE, minIntervalTxSpeed, 1, a transmit rate cannot be checked",
        "TCP, TRANSMIT, minRxSpeed, 1, a receive rate cannot be checked",
        "UDP, TRANSMIT, minIntervalRxSpeed, 1, a receive rate cannot be checked",
    })
    void whatCannotBeMeasuredIsAnError(
            Protocol protocol, Direction direction, String property, String value, String reason) {
        SampleResult sample = sample(report(protocol, direction, UNKNOWN, UNKNOWN));
        assertError(check(sample, property, value), reason);
    }

    @Test
    void anErrorDoesNotHideAMissedLimit() {
        SampleResult sample = sample(report(Protocol.TCP, Direction.RECEIVE, UNKNOWN, UNKNOWN));
        check(sample, "maxLoss", "1");
        AssertionResult result = check(sample, "minRxSpeed", "900M");
        assertThat(result.isFailure()).isTrue();
        assertThat(result.isError()).isTrue();
        assertThat(result.getFailureMessage())
                .startsWith("receive rate: wanted")
                .contains("; loss cannot be checked with TCP");
    }

    @ParameterizedTest
    @CsvSource({
        "minRxSpeed, abc, Minimum receive rate (bit/s) is \"abc\": enter",
        "minTxSpeed, 900MB, such as 900M",
        "minIntervalRxSpeed, -1, \"-1\"",
        "minIntervalTxSpeed, 1001G, up to 1000 Gbit/s",
        "minRxSpeed, 0.5, whole bit/s",
        "maxLoss, 1%, Maximum loss (%) is \"1%\": enter a percentage",
        "maxLoss, 100.1, from 0 to 100",
        "maxLoss, -1, \"-1\"",
        "maxRemoteCpu, abc, Maximum remote CPU (%) is \"abc\": enter a percentage",
        "minRxSpeed, ${min}, ${min}",
    })
    void aWrongValueIsAnErrorThatNamesFieldAndValue(String property, String value, String part) {
        assertError(check(both(), property, value), part);
        SampleResult failed = FinalSample.failed("PEER_LOST", "silent", new FinalSample.Span(1, 2), "north", "");
        assertError(assertion.getResult(failed), part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void nothingToCheckIsAnError(String nothing) {
        BandwidthAssertion.FIELDS.forEach(field -> assertion.setProperty(field.property(), nothing));
        assertError(assertion.getResult(both()), "fill in at least one field");
    }

    @Test
    void aMinimumRateOfZeroIsNotChecked() {
        AssertionResult result =
                check(sample(report(Protocol.TCP, Direction.TRANSMIT, UNKNOWN, UNKNOWN)), "minRxSpeed", "0");
        assertThat(result.isFailure() || result.isError())
                .as(result.getFailureMessage())
                .isFalse();
    }

    @Test
    void aFailedTestFailsWithItsOwnReason() {
        BtestException lost = new BtestException(ErrorKind.PEER_LOST, "the server went silent");
        SampleResult sample = FinalSample.failed(lost, null, new FinalSample.Span(1, 2), "north", "");
        AssertionResult result = check(sample, "minRxSpeed", "1");
        assertThat(result.isFailure()).isTrue();
        assertThat(result.isError()).isFalse();
        assertThat(result.getFailureMessage())
                .isEqualTo("nothing to check, because the test failed with PEER_LOST: the server went silent");
        assertThat(sample.getResponseMessage()).as("the sampler's own message").isEqualTo("the server went silent");
    }

    /** It is the one that somebody has to know. */
    @Test
    void theReasonOfAFailedTestComesBeforeAFaultOfTheForm() {
        BtestException lost = new BtestException(ErrorKind.PEER_LOST, "the server went silent");
        SampleResult sample = FinalSample.failed(lost, null, new FinalSample.Span(1, 2), "north", "");
        assertThat(check(sample, "minRxSpeed", "").getFailureMessage())
                .startsWith("nothing to check, because the test failed with PEER_LOST: the server went silent;"
                        + " nothing to check");
    }

    /** An hour and a half: three omitted seconds that are bad in every way, then one bad second in every hundred. */
    @Test
    void aTestSoLongThatItsIntervalsAreMergedIsCheckedByEachOfThem() {
        List<IntervalReport> seconds = IntStream.range(0, 5_400)
                .mapToObj(i -> i < 3
                        ? second(i, 1, 1, 999, 1, 100, true)
                        : second(
                                i,
                                i % 100 == 99 ? 125_000 : 250_000,
                                500_000,
                                i % 100 == 99 ? 10 : 0,
                                50,
                                i == 4_000 ? 77 : 5,
                                false))
                .toList();
        TestReport brief = report(Protocol.UDP, Direction.BOTH, 50, 40);
        SampleResult sample = sample(new TestReport(
                brief.command(),
                true,
                true,
                Authentication.NONE,
                "",
                PEER,
                PEER,
                0,
                0,
                1,
                Instant.EPOCH,
                1,
                2,
                3,
                UNKNOWN,
                false,
                IntervalReport.UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                null,
                Duration.ofSeconds(1),
                LatencyUnderLoad.NONE,
                "",
                seconds));
        check(sample, "minRxSpeed", "2M");
        check(sample, "minIntervalRxSpeed", "2M");
        check(sample, "maxLoss", "0");
        assertThat(check(sample, "maxRemoteCpu", "5").getFailureMessage())
                .isEqualTo("receive rate: wanted at least 2 Mbit/s, measured 1.989994 Mbit/s; "
                        + "receive rate of the slowest interval: wanted at least 2 Mbit/s, measured 1.0 Mbit/s; "
                        + "loss: wanted at most 0 %, measured 0.101 % (540 of 534843 datagrams); "
                        + "remote CPU: wanted at most 5 %, measured 77 %");
    }

    /** The rates of a piece of a test are not what was asked about. */
    @Test
    void aTestThatFailedHalfWayIsNotMeasured() {
        SampleResult sample = both();
        sample.setSuccessful(false);
        sample.setResponseCode("STOPPED");
        assertThat(check(sample, "minRxSpeed", "1").getFailureMessage())
                .startsWith("nothing to check")
                .contains("STOPPED");
    }

    @Test
    void anotherAssertionsFailureDoesNotMatter() {
        SampleResult sample = both();
        sample.setSuccessful(false);
        assertThat(check(sample, "minRxSpeed", "1").isFailure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OK",
                "<html/>",
                "{",
                "{}",
                "[1]",
                "null",
                "7",
                "{\"result\":\"OK\",\"intervals\":[]}",
                "{\"protocol\":\"tcp\",\"receives\":true,\"transmits\":true,\"intervals\":[],\"average\":{},\"minimum\":{}}"
            })
    void otherSamplersSamplesAreAnError(String body) {
        SampleResult sample = SampleResult.createTestSample(1, 2);
        sample.setSampleLabel("Login page");
        sample.setResponseCodeOK();
        sample.setResponseData(body, StandardCharsets.UTF_8.name());
        assertError(check(sample, "minRxSpeed", "1"), "\"Login page\" is not a sample of a MikroTik Bandwidth Test");
    }

    @Test
    void aReportThatCannotBeReadIsNamedWithTheReason() {
        SampleResult sample = SampleResult.createTestSample(1, 2);
        sample.setResponseCodeOK();
        sample.setResponseData("{\"protocol\":\"sctp\"}", StandardCharsets.UTF_8.name());
        assertError(check(sample, "minRxSpeed", "1"), "(protocol is \"sctp\", not tcp or udp)");
    }

    private static void assertError(AssertionResult result, String part) {
        assertThat(result.isError()).isTrue();
        assertThat(result.isFailure()).isFalse();
        assertThat(result.getFailureMessage()).contains(part);
    }
}
