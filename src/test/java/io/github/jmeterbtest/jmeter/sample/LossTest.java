package io.github.jmeterbtest.jmeter.sample;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.jmeter.sample.Reports.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.jmeter.Listening;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever tells of a test's loss tells the same. */
class LossTest {
    /** In the omitted second half is lost; in the other ones 12 of 40,000, and 5 came twice. */
    private static TestReport report(long droppedFirst, long droppedSecond) {
        return Reports.of(List.of(
                second(0, 500, 500, 0, 400, true),
                second(1, 20_000, 8, 5, droppedFirst, false),
                second(2, 19_993, 4, 0, droppedSecond, false)));
    }

    private static IntervalReport second(
            int index, long received, long lost, long duplicates, long hostDropped, boolean omitted) {
        return IntervalReports.of(
                index,
                index * SECOND,
                SECOND,
                received * 1500,
                0,
                received,
                0,
                lost,
                0,
                duplicates,
                hostDropped,
                UNKNOWN,
                false,
                UNKNOWN,
                UNKNOWN,
                false,
                omitted);
    }

    private static MeasuredTest measured(TestReport report) throws ReportFormatException {
        return new MeasuredTest(ReportReader.read(new String(ReportJson.of(report), StandardCharsets.UTF_8)));
    }

    @Test
    void inTheMessageTheVariableTheJsonAndTheAssertion() throws Exception {
        TestReport report = report(UNKNOWN, UNKNOWN);
        assertThat(ThroughputMessage.of(report).format()).endsWith("lost 12 (0.03 %)");

        Listening jmeter = new Listening();
        new BtestVariables(jmeter.variables).set(report);
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_loss_percent", "0.030")
                .containsEntry("btest_total_lost_packets", "512");

        JsonNode json = new ObjectMapper().readTree(ReportJson.of(report));
        assertThat(json.at("/loss/percent").asDouble()).isEqualTo(0.03);
        assertThat(json.at("/loss/lostPackets").asLong()).isEqualTo(12);
        assertThat(json.at("/total/lostPackets").asLong())
                .as("with the omitted time")
                .isEqualTo(512);
        assertThat(json.at("/loss/hostDroppedPackets").isNull()).isTrue();

        assertThat(measured(report).loss()).isEqualTo(new MeasuredTest.Share(0.03, " (12 of 40000 datagrams)"));
    }

    /** It is named, and no fault of the link. */
    @Test
    void whatThisHostDroppedIsToldApart() throws Exception {
        TestReport report = report(8, 0);
        assertThat(ThroughputMessage.of(report).format())
                .endsWith("lost 12 (0.03 %), of which 8 dropped by this host (receive buffer full)");

        Listening jmeter = new Listening();
        new BtestVariables(jmeter.variables).set(report);
        assertThat(jmeter.btestVariables()).containsEntry("btest_total_host_dropped_packets", "408");

        JsonNode json = new ObjectMapper().readTree(ReportJson.of(report));
        assertThat(json.at("/loss/hostDroppedPackets").asLong()).isEqualTo(8);
        assertThat(json.at("/loss/linkPercent").asDouble()).isEqualTo(0.01);
        assertThat(json.at("/total/hostDroppedPackets").asLong()).isEqualTo(408);
        assertThat(json.at("/intervals/1/hostDroppedPackets").asLong()).isEqualTo(8);

        assertThat(measured(report).loss())
                .isEqualTo(new MeasuredTest.Share(
                        0.01,
                        " (4 of 40000 datagrams, not counting 8 dropped by this host, whose receive buffer was full)"));
        assertThat(measured(report(0, 0)).loss().percent()).isEqualTo(0.03);
    }

    private static Optional<String> unmet(String max, long received, long lost) throws Exception {
        TestReport report = Reports.of(List.of(second(0, received, lost, 0, UNKNOWN, false)));
        return Threshold.maxPercent("loss", new BigDecimal(max), MeasuredTest::loss)
                .unmet(measured(report));
    }

    @Test
    void aNarrowMissDoesNotReadLikeAHit() throws Exception {
        assertThat(unmet("0.0501", 1_998_998, 1_002)).isEmpty();
        assertThat(unmet("0.05", 1_998_998, 1_002))
                .contains("loss: wanted at most 0.05 %, measured 0.0501 % (1002 of 2000000 datagrams)");
        assertThat(unmet("0.0501", 1_998_997, 1_003))
                .contains("loss: wanted at most 0.0501 %, measured 0.0502 % (1003 of 2000000 datagrams)");
        assertThat(unmet("50", 999_999, 1_000_001))
                .contains("loss: wanted at most 50 %, measured 50.00005 % (1000001 of 2000000 datagrams)");
    }

    @Test
    void oneOfTenMillionIsNotNone() throws Exception {
        assertThat(unmet("0", 9_999_999, 1))
                .contains("loss: wanted at most 0 %, measured 0.00001 % (1 of 10000000 datagrams)");
        assertThat(unmet("0", 9_999_999, 0)).isEmpty();
    }
}
