package io.github.jmeterbtest.jmeter;

import static io.github.jmeterbtest.engine.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.jmeter.Reports.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.IntervalReport;
import io.github.jmeterbtest.engine.TestReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever tells of a test's loss tells the same. */
class LossTest {
    /** In the omitted second half is lost; in the other ones 12 of 40,000, and 5 came twice. */
    private static final TestReport REPORT = Reports.of(List.of(second(0, 500, 500, 0, true), second(1, 20_000, 8, 5, false),
            second(2, 19_993, 4, 0, false)));

    private static IntervalReport second(int index, long received, long lost, long duplicates, boolean omitted) {
        return new IntervalReport(index, index * SECOND, SECOND, received * 1500, 0, received, 0, lost, 0, duplicates,
                UNKNOWN, UNKNOWN, false, UNKNOWN, UNKNOWN, false, omitted);
    }

    @Test
    void inTheMessageTheVariableTheJsonTheAssertionAndTheSummary() throws Exception {
        assertThat(ThroughputMessage.of(REPORT).format()).endsWith("lost 12 (0.03 %)");

        Listening jmeter = new Listening();
        new BtestVariables(jmeter.variables).set(REPORT);
        assertThat(jmeter.btestVariables()).containsEntry("btest_loss_percent", "0.030")
                .containsEntry("btest_total_lost_packets", "512");

        JsonNode json = new ObjectMapper().readTree(ReportJson.of(REPORT));
        assertThat(json.at("/loss/percent").asDouble()).isEqualTo(0.03);
        assertThat(json.at("/loss/lostPackets").asLong()).isEqualTo(12);
        assertThat(json.at("/total/lostPackets").asLong()).as("with the omitted time").isEqualTo(512);

        MeasuredTest measured = MeasuredTest.parse(new String(ReportJson.of(REPORT), StandardCharsets.UTF_8)).orElseThrow();
        assertThat(measured.loss()).isEqualTo(new MeasuredTest.Share(0.03, " (12 of 40000 datagrams)"));
    }
}
