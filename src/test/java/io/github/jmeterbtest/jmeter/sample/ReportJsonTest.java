package io.github.jmeterbtest.jmeter.sample;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static io.github.jmeterbtest.jmeter.sample.Reports.SECOND;
import static io.github.jmeterbtest.jmeter.sample.Reports.second;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.TcpPath;
import io.github.jmeterbtest.engine.report.TestReport;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportJsonTest {
    private static JsonNode json(TestReport report) throws IOException {
        return new ObjectMapper().readTree(ReportJson.of(report));
    }

    @Test
    void theJsonHoldsTheWholeTest() throws IOException {
        JsonNode json =
                json(Reports.of(List.of(second(0, 5_000_000_000L, 100), second(1, 0, 0), second(2, 7_000_000, 1_000))));
        assertThat(json.at("/result").asText()).isEqualTo("OK");
        assertThat(json.at("/protocol").asText()).isEqualTo("udp");
        assertThat(json.at("/direction").asText()).isEqualTo("both");
        assertThat(json.at("/authentication").asText()).isEqualTo("md5");
        assertThat(json.at("/peer").asText()).isEqualTo("127.0.0.1:2000");
        assertThat(json.at("/localUdpPort").asInt()).isEqualTo(2257);
        assertThat(json.at("/connectionsRequested").asInt()).isEqualTo(4);
        assertThat(json.at("/connections").asInt()).isEqualTo(3);
        assertThat(json.at("/firstPayloadMs").asDouble()).isEqualTo(5.25);
        assertThat(json.at("/total/rxBytes").asLong()).isEqualTo(5_007_000_000L);
        assertThat(json.at("/total/lostPackets").asLong()).isEqualTo(9);
        assertThat(json.at("/average/rxBitsPerSecond").asLong()).isEqualTo(13_352_000_000L);
        assertThat(json.at("/minimum/rxBitsPerSecond").asLong()).isZero();
        assertThat(json.at("/maximum/rxBitsPerSecond").asLong()).isEqualTo(40_000_000_000L);
        assertThat(json.at("/intervals")).hasSize(3);
        assertThat(json.at("/intervalsMerged").asInt()).isEqualTo(1);
        assertThat(json.at("/intervals/2/rxBytes").asLong()).isEqualTo(7_000_000);
        assertThat(json.at("/intervals/0/remoteCpu").asInt()).isEqualTo(42);
        assertThat(json.at("/intervals/0/localCpu").isNull())
                .as("unknown is null, not -1")
                .isTrue();
    }

    @Test
    void lossIsOfTheTimeThatCounts() throws IOException {
        JsonNode json = json(Reports.of(List.of(second(0, 1, 1))));
        assertThat(json.at("/total/lostPackets").asLong()).isEqualTo(3);
        assertThat(json.at("/loss/lostPackets").asLong()).isEqualTo(3);
        assertThat(json.at("/loss/packets").asLong())
                .as("7 came, 1 of them twice")
                .isEqualTo(9);
        assertThat(json.at("/loss/percent").asDouble()).isEqualTo(100.0 / 3);
    }

    @Test
    void whereNoDatagramCameNoLossIsKnown() throws IOException {
        TestReport nothing = Reports.of(List.of(IntervalReports.of(
                0, 0, SECOND, 0, 9, 0, 1, 0, 0, 0, UNKNOWN, UNKNOWN, false, UNKNOWN, UNKNOWN, false, false)));
        assertThat(json(nothing).at("/loss").isNull()).isTrue();
    }

    @Test
    void whatTcpKnowsIsAveragedAndWhatItSentAgainAddsUp() throws IOException {
        TcpPath one = new TcpPath(20_000_000, 30_000_000, 5);
        TcpPath other = new TcpPath(40_000_000, 60_000_000, 7);
        JsonNode json = json(Reports.of(List.of(
                IntervalReports.with(one, IntervalReport.UNKNOWN, second(0, 1, 1)),
                IntervalReports.with(other, IntervalReport.UNKNOWN, second(1, 1, 1)),
                second(2, 1, 1))));
        assertThat(json.at("/tcp/rttMs").asDouble()).isEqualTo(30.0);
        assertThat(json.at("/tcp/maximumRttMs").asDouble()).isEqualTo(60.0);
        assertThat(json.at("/tcp/retransmits").asLong()).isEqualTo(12);
        assertThat(json.at("/total/tcpRetransmits").asLong()).isEqualTo(12);
        assertThat(json.at("/intervals/0/tcp/rttMs").asDouble()).isEqualTo(20.0);
        assertThat(json.at("/intervals/2/tcp").isNull()).isTrue();
    }

    @Test
    void theJitterIsAveragedOverTheIntervalsThatKnowIt() throws IOException {
        JsonNode json = json(Reports.of(List.of(
                IntervalReports.with(TcpPath.NONE, 1_000_000, second(0, 1, 1)),
                IntervalReports.with(TcpPath.NONE, 2_000_000, second(1, 1, 1)),
                second(2, 1, 1))));
        assertThat(json.at("/jitterMs").asDouble()).isEqualTo(1.5);
        assertThat(json.at("/intervals/0/jitterMs").asDouble()).isEqualTo(1.0);
        assertThat(json.at("/intervals/2/jitterMs").isNull()).isTrue();
        assertThat(json(Reports.of(List.of(second(0, 1, 1)))).at("/jitterMs").isNull())
                .isTrue();
    }

    @Test
    void whereTcpTellsNothingItIsNull() throws IOException {
        JsonNode json = json(Reports.of(List.of(second(0, 1, 1))));
        assertThat(json.at("/tcp").isNull()).isTrue();
        assertThat(json.at("/total/tcpRetransmits").isNull()).isTrue();
        assertThat(json.at("/congestionControl").isNull()).isTrue();
    }

    @Test
    void whatThePeerOwesIsNull() throws IOException {
        JsonNode json = json(Reports.of(List.of(second(0, 1, 2_000), Reports.owed(1, 1, 5_000))));
        assertThat(json.at("/intervals/0/deliveredBitsPerSecond").asLong()).isEqualTo(16_000);
        assertThat(json.at("/intervals/1/deliveredBitsPerSecond").isNull()).isTrue();
        assertThat(json.at("/intervals/1/txBitsPerSecond").asLong()).isEqualTo(40_000);
        assertThat(json.at("/minimum/deliveredBitsPerSecond").asLong()).isEqualTo(16_000);
        assertThat(json.at("/minimum/arrivedBitsPerSecond").isNull()).isTrue();
        JsonNode nothingKnown = json(Reports.of(List.of(Reports.owed(0, 1, 5_000))));
        assertThat(nothingKnown.at("/minimum/deliveredBitsPerSecond").isNull()).isTrue();
    }

    @Test
    void tellsWhatThePeerCounts() throws IOException {
        List<IntervalReport> second = List.of(second(0, 1, 1));
        assertThat(json(Reports.of(second, ByteUnit.PAYLOAD)).at("/arrivedUnit").asText())
                .isEqualTo("payload");
        assertThat(json(Reports.of(second, null)).at("/arrivedUnit").isNull()).isTrue();
    }

    @Test
    void tellsHowDatagramsWereMovedAndHowManyMayWait() throws IOException {
        JsonNode json = json(Reports.of(List.of(second(0, 1, 1))));
        assertThat(json.at("/batched").booleanValue()).isTrue();
        assertThat(json.at("/receiveBufferBytes").asInt()).isEqualTo(4_194_304);
    }

    @Test
    void aFailureIsToldInUtf8() throws IOException {
        byte[] text =
                ReportJson.of(Reports.of(List.of(second(0, 1, 1))), new BtestException(ErrorKind.PEER_LOST, "帯域 ä"));
        assertThat(new ObjectMapper().readTree(text).at("/message").asText()).isEqualTo("帯域 ä");
        assertThat(new ObjectMapper().readTree(text).at("/result").asText()).isEqualTo("PEER_LOST");
    }

    /**
     * Every second receives 1000 bytes, but one; so the numbers of the whole test differ from those of the merged
     * intervals.
     */
    @Test
    void aWeekOfSecondsIsAShortTextWithTheNumbersOfAllOfThem() throws IOException {
        TestReport week = Reports.of(IntStream.range(0, 604_800)
                .mapToObj(i -> second(i, i == 500_000 ? 9_000 : 1_000, 0))
                .toList());
        byte[] text = ReportJson.of(week);
        assertThat(text).hasSizeLessThan(2_200_000);
        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json.at("/intervals")).hasSize(ReportJson.MAX_INTERVALS);
        assertThat(json.at("/intervalMs").asInt()).isEqualTo(1000);
        assertThat(json.at("/intervalsMerged").asInt()).isEqualTo(168);
        assertThat(json.at("/intervals/3599/index").asInt()).isEqualTo(604_800 - 168);
        assertThat(json.at("/intervals/3599/lengthMs").asDouble()).isEqualTo(168_000);
        assertThat(json.at("/intervals/3599/rxBitsPerSecond").asLong()).isEqualTo(8_000);
        assertThat(json.at("/total/rxBytes").asLong()).isEqualTo(604_808_000L);
        assertThat(json.at("/durationMs").asDouble()).isEqualTo(604_800_000);
        assertThat(json.at("/minimum/rxBitsPerSecond").asLong()).isEqualTo(8_000);
        assertThat(json.at("/maximum/rxBitsPerSecond").asLong()).isEqualTo(72_000);
        assertThat(json.at("/standardDeviation/rxBitsPerSecond").asLong())
                .isEqualTo(Math.round(week.standardDeviation(IntervalReport::rxBitsPerSecond)));
    }
}
