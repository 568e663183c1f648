package io.github.jmeterbtest.jmeter.sample;

import static io.github.jmeterbtest.jmeter.sample.Reports.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written is read, from older and newer versions too, and what is no report of ours is refused. */
class ReportReaderTest {
    private static final String REPORT = json(Reports.of(List.of(second(0, 1_000, 2_000), second(1, 3_000, 4_000))));

    private static String json(TestReport report) {
        return new String(ReportJson.of(report), StandardCharsets.UTF_8);
    }

    @Test
    void whatWasWrittenIsRead() throws ReportFormatException {
        ReportedTest test = ReportReader.read(REPORT);
        assertThat(test.protocol()).isEqualTo(Protocol.UDP);
        assertThat(test.receives()).isTrue();
        assertThat(test.transmits()).isTrue();
        assertThat(test.started()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
        assertThat(test.average()).isEqualTo(new ReportedTest.Rates(16_000, 24_000));
        assertThat(test.minimum()).isEqualTo(new ReportedTest.Rates(8_000, 16_000));
        assertThat(test.loss()).isEqualTo(new Loss(18, 6, IntervalReport.UNKNOWN));
        assertThat(test.highestRemoteCpu()).isEqualTo(42);
        assertThat(test.lastRemoteCpu()).isEqualTo(42);
        assertThat(test.intervals())
                .containsExactly(
                        new ReportedTest.Interval(
                                0,
                                1_000,
                                new ReportedTest.Rates(8_000, 16_000),
                                3,
                                42,
                                IntervalReport.UNKNOWN,
                                Latency.NONE),
                        new ReportedTest.Interval(
                                1_000,
                                1_000,
                                new ReportedTest.Rates(24_000, 32_000),
                                3,
                                42,
                                IntervalReport.UNKNOWN,
                                Latency.NONE));
    }

    @Test
    void latenciesAreTheSameToTheMicrosecond() throws ReportFormatException {
        Latency idle = new Latency(10, 0, 0, 900_000, 1_000_000, 1_100_000, 2_345_000);
        Latency loaded = new Latency(20, 1, 2, 20_000_000, 105_700_000, 110_000_000, 1_020_000_000);
        TestReport report = Reports.of(
                new LatencyUnderLoad(idle, loaded),
                List.of(
                        Reports.second(0, 1, 1).with(loaded),
                        Reports.second(1, 1, 1).with(Latency.unanswered(3))));
        ReportedTest test = ReportReader.read(json(report));
        assertThat(test.latency()).isEqualTo(new LatencyUnderLoad(idle, loaded));
        assertThat(test.intervals())
                .extracting(ReportedTest.Interval::latency)
                .containsExactly(loaded, Latency.unanswered(3));
        assertThat(json(report)).contains("\"increaseMs\" : 104.7");
    }

    @Test
    void whatThePeerDidNotReportIsNoNumber() throws ReportFormatException {
        ReportedTest test = ReportReader.read(json(Reports.of(List.of(Reports.owed(0, 1, 9)))));
        assertThat(test.average().txBitsPerSecond()).isNaN();
        assertThat(test.intervals().get(0).rates().txBitsPerSecond()).isNaN();
    }

    @Test
    void anOlderVersionLacksFieldsAndANewerOneHasMore() throws ReportFormatException {
        String older = REPORT.replaceAll("\"highestRemoteCpu\" : 42,", "").replaceAll("\"loss\"", "\"formerly\"");
        ReportedTest test = ReportReader.read(older);
        assertThat(test.highestRemoteCpu()).isEqualTo(IntervalReport.UNKNOWN);
        assertThat(test.loss().isKnown()).isFalse();
        assertThat(ReportReader.read(REPORT.replaceAll("\"index\"", "\"jitter\" : {\"ms\":[1]}, \"index\"")))
                .isEqualTo(ReportReader.read(REPORT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"udp\"        | \"sctp\"      | protocol is \"sctp\", not tcp or udp",
                "\"udp\"        | 1             | protocol is 1, not tcp or udp",
                "\"receives\"   | \"received\"  | receives is missing",
                "\"transmits\" : true | \"transmits\" : \"yes\" | transmits is \"yes\", not true or false",
                "2023-11-14T     | yesterday      | started is \"yesterday",
                "\"average\"    | \"mean\"      | average.rxBitsPerSecond is missing",
                "16000          | \"16k\"       | average.rxBitsPerSecond is \"16k\", not a number of 0 or more",
                "16000          | -16000        | average.rxBitsPerSecond is -16000, not a number of 0 or more",
                "\"packets\" : 18 | \"packets\" : 1.8 | loss.packets is 1.8, not a whole number of 0 or more",
                "\"intervals\"  | \"seconds\"   | intervals is missing",
                "\"lengthMs\"   | \"length\"    | intervals[0].lengthMs is missing",
            })
    void theReasonNamesTheFieldAndItsValue(String part, String instead, String reason) {
        assertThat(REPORT).contains(part);
        assertThatThrownBy(() -> ReportReader.read(REPORT.replace(part, instead)))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|not a JSON object",
                "null|not a JSON object",
                "[1]|not a JSON object",
                "{|not JSON",
                "<secret>|not JSON"
            })
    void otherTextIsRefusedAndNotQuoted(String text, String reason) {
        assertThatThrownBy(() -> ReportReader.read(text))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @Test
    void aLongValueIsShortened() {
        assertThatThrownBy(() -> ReportReader.read(REPORT.replace("udp", "x".repeat(100_000))))
                .hasMessageContaining("xxx...")
                .message()
                .hasSizeLessThan(100);
    }
}
