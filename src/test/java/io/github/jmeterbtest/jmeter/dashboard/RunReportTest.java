package io.github.jmeterbtest.jmeter.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.harness.FullDisk;
import io.github.jmeterbtest.results.DamagedResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunReportTest {
    private static final String COLUMNS = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,"
            + "failureMessage,bytes,sentBytes,Latency,Connect";

    @TempDir
    Path directory;

    private JsonNode report(String... rows) throws IOException {
        return reportOf(COLUMNS, rows);
    }

    private JsonNode reportOf(String columns, String... rows) throws IOException {
        Path results = directory.resolve("results.jtl");
        Files.writeString(results, columns + "\n" + String.join("\n", List.of(rows)) + "\n");
        RunReport.write(results, directory.resolve("out"));
        return new ObjectMapper()
                .readTree(directory.resolve("out/bandwidth.json").toFile());
    }

    @Test
    void tellsWhatTheFileSays() throws IOException {
        JsonNode json = report(
                "1000000,1000,up: interval,200,\"rx 0 bit/s, tx 8.0 Mbit/s, lost 0\",T 1-1,true,,0,1000001,0,0",
                "1001000,1000,up: interval,200,\"rx 0 bit/s, tx unknown, lost 0\",T 1-1,true,,0,1000000,0,0",
                "1002000,500,up: interval,200,\"rx 0 bit/s, tx 4.0 Mbit/s, lost 0, limited by this machine's CPU\","
                        + "T 1-1,true,,0,250000,0,0",
                "999990,2510,up,200,\"rx 0 bit/s, tx 6.1 Mbit/s, lost 0\",T 1-1,false,\"too \"\"slow\"\"\",0,7,1,1");

        assertThat(json.get("source").asText()).isEqualTo("results.jtl");
        assertThat(json.get("started").asText()).isEqualTo("1970-01-01T00:16:39.990Z");
        assertThat(json.get("ended").asText()).isEqualTo("1970-01-01T00:16:42.500Z");
        JsonNode test = json.at("/tests/0");
        assertThat(json.get("tests")).hasSize(1);
        assertThat(test.get("name").asText()).isEqualTo("up");
        assertThat(test.get("passed").asBoolean()).isFalse();
        assertThat(test.get("reason").asText()).isEqualTo("too \"slow\"");
        assertThat(test.get("seconds").asDouble()).isEqualTo(2.51);
        assertThat(test.get("tx").asDouble()).isEqualTo(6.1e6);
        assertThat(test.get("minTx").asDouble()).isEqualTo(4e6);
        assertThat(test.get("maxTx").asDouble()).isEqualTo(8e6);
        assertThat(test.get("txBytes").asLong()).as("each byte is in one row").isEqualTo(2_250_008);
        assertThat(test.get("intervals")).hasSize(3);
        assertThat(test.at("/intervals/1").has("tx")).as("not known").isFalse();
        assertThat(test.at("/intervals/2/cpuLimited").asBoolean()).isTrue();
        assertThat(test.at("/intervals/2/start").asDouble()).isEqualTo(1002.0);
        assertThat(List.of("protocol", "direction", "lossPercent", "hostDropped"))
                .as("the file does not say")
                .noneMatch(test::has);
    }

    @Test
    void aSearchIsNoTestButATableOfRates() throws IOException {
        JsonNode json = report(
                "1000000,1000,s: 64: interval,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0\",T 1-1,true,,1000000,0,0,0",
                "1000000,1000,s: 64,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0 (0 %)\",T 1-1,true,,0,0,1,1",
                "1000000,2000,s,200,\"64: NDR below 100 kbit/s, PDR 0.5 % 25.12 Mbit/s 68261 pps; 1518: NDR 34.5 Mbit/s"
                        + " 2875 pps (limited by this machine), PDR 0.5 % unknown\",T 1-1,false,too slow,0,0,0,0",
                "1002000,2000,t,STOPPED,the search was stopped; until then: 64: NDR 1 Mbit/s 2717 pps so far,T 1-1,false,,"
                        + "0,0,0,0");
        assertThat(json.get("tests")).hasSize(1);
        assertThat(json.at("/tests/0/trial").asBoolean()).isTrue();
        assertThat(directory.resolve("out/bandwidth-junit.xml"))
                .content()
                .contains("tests=\"2\" failures=\"2\"")
                .doesNotContain("\"s: 64\"");
        assertThat(json.get("searches")).hasSize(2);
        JsonNode search = json.at("/searches/0");
        assertThat(search.get("name").asText()).isEqualTo("s");
        assertThat(search.get("passed").asBoolean()).isFalse();
        assertThat(search.get("reason").asText()).isEqualTo("too slow");
        assertThat(search.get("rates")).hasSize(4);
        assertThat(search.at("/rates/0").toString())
                .isEqualTo("{\"size\":64,\"name\":\"NDR\",\"note\":\"below 100 kbit/s\"}");
        assertThat(search.at("/rates/1").toString())
                .isEqualTo("{\"size\":64,\"name\":\"PDR 0.5 %\",\"rate\":25120000}");
        assertThat(search.at("/rates/2").toString())
                .isEqualTo("{\"size\":1518,\"name\":\"NDR\",\"rate\":34500000,\"note\":\"limited by this machine\"}");
        assertThat(search.at("/rates/3").has("rate")).isFalse();
        assertThat(json.at("/searches/1/rates/0/rate").asLong()).isEqualTo(1_000_000);
    }

    @Test
    void tellsTheVariablesThatTheFileHas() throws IOException {
        JsonNode json = reportOf(
                COLUMNS
                        + ",\"btest_protocol\",\"btest_direction\",\"btest_local_cpu\",\"btest_rx_mbps\",\"btest_avg_rx_mbps\"",
                "1000000,1000,a: interval,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 1\",T 1-1,true,,1000000,0,0,0,null,null,17,8.012,null",
                "1000000,1000,a,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 1 (0.15 %), of which 1 dropped by this host (receive"
                        + " buffer full)\",T 1-1,true,,0,0,1,1,udp,receive,null,null,7.987",
                "1000000,5,b,CONNECT_REFUSED,nobody listens,T 1-2,false,,0,0,0,0,,,,,");

        assertThat(json.at("/tests/0/protocol").asText()).isEqualTo("udp");
        assertThat(json.at("/tests/0/direction").asText()).isEqualTo("receive");
        assertThat(json.at("/tests/0/lossPercent").asDouble()).isEqualTo(0.15);
        assertThat(json.at("/tests/0/rx").asDouble()).as("of the column").isEqualTo(7.987e6);
        assertThat(json.at("/tests/0/intervals/0/rx").asDouble()).isEqualTo(8.012e6);
        assertThat(json.at("/tests/0/hostDropped").asLong()).isEqualTo(1);
        assertThat(json.at("/tests/0/intervals/0/localCpu").asInt()).isEqualTo(17);
        assertThat(json.at("/tests/1/reason").asText()).isEqualTo("CONNECT_REFUSED: nobody listens");
        assertThat(json.at("/tests/1").has("protocol")).isFalse();
        assertThat(json.at("/tests/1").has("rx")).isFalse();
    }

    @Test
    void tellsTheLatency() throws IOException {
        JsonNode json = reportOf(
                COLUMNS + ",\"btest_rtt_ms\",\"btest_rtt_idle_ms\"",
                "1000000,1000,a: interval,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0, rtt 10.0 ms\",T 1-1,true,,1,0,0,0,10.012,null",
                "1001000,1000,a: interval,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0, rtt 11.0 ms\",T 1-1,true,,1,0,0,0,null,null",
                "1002000,1000,a: interval,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0\",T 1-1,true,,1,0,0,0,null,null",
                "1000000,3000,a,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0, rtt 10.5 ms under load, 1.05 ms idle\","
                        + "T 1-1,true,,0,0,1,1,null,1.049");
        assertThat(json.at("/tests/0/rttMs").asDouble()).isEqualTo(10.5);
        assertThat(json.at("/tests/0/idleRttMs").asDouble()).as("of the column").isEqualTo(1.049);
        assertThat(json.at("/tests/0/intervals/0/rttMs").asDouble()).isEqualTo(10.012);
        assertThat(json.at("/tests/0/intervals/1/rttMs").asDouble()).isEqualTo(11);
        assertThat(json.at("/tests/0/intervals/2").has("rttMs")).isFalse();
    }

    /** As JMeter writes sub-results: behind the test's row, without bytes. */
    @Test
    void intervalsMayStandBehindTheirTest() throws IOException {
        JsonNode json = report(
                "1000000,2005,a,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0\",T 1-1,true,,2000000,0,3,1",
                "1000004,1000,a: interval,200,\"rx 8.1 Mbit/s, tx 0 bit/s, lost 0\",T 1-1,true,,0,0,0,0",
                "1001004,1000,a: interval,200,\"rx 7.9 Mbit/s, tx 0 bit/s, lost 0\",T 1-1,true,,0,0,0,0");

        assertThat(json.get("tests")).hasSize(1);
        assertThat(json.at("/tests/0/intervals")).hasSize(2);
        assertThat(json.at("/tests/0/minRx").asDouble()).isEqualTo(7.9e6);
        assertThat(json.at("/tests/0/rxBytes").asLong()).isEqualTo(2_000_000);
    }

    @Test
    void otherSamplersAreLeftOut() throws IOException {
        JsonNode json = report(
                "1000000,5,page,200,OK,T 1-1,true,,700,100,1,0",
                "1000000,5,page,500,Internal Server Error,T 1-1,false,,700,100,1,0",
                "1000000,5,page,Non HTTP response code: java.net.ConnectException,refused,T 1-1,false,,0,0,1,0",
                "1000000,5,pair,,\"Number of samples in transaction : 2, number of failing samples : 0\",T 1-1,true,,0,0,1,0",
                "1000000,5,script,200,,T 1-1,true,,0,0,1,0",
                "1000000,1000,up,200,\"rx 0 bit/s, tx 8.0 Mbit/s, lost 0\",T 1-1,true,,0,1000000,1,1",
                "1000000,5,down,CONNECT_REFUSED,nobody listens,T 1-1,false,,0,0,0,0",
                "1000000,5,server,BIND_FAILED,the port is taken,T 1-1,false,,0,0,0,0",
                "1000000,1000,cut: interval,200,\"rx 8.0 Mbit/s, tx 0 bit/s, lost 0\",T 1-1,true,,1000000,0,0,0");
        assertThat(json.get("tests").findValuesAsText("name")).containsExactly("up", "down", "server", "cut");
        assertThat(directory.resolve("out/bandwidth-junit.xml")).content().contains("tests=\"4\" failures=\"3\"");
    }

    /** Such a file has no rates, but it knows what passed. */
    @Test
    void rowsThatMayBeOursAreShown() throws IOException {
        JsonNode json = reportOf("timeStamp,elapsed,label,success", "1000000,1000,up,true", "1000000,5,down,false");
        assertThat(json.get("tests").findValuesAsText("name")).containsExactly("up", "down");
    }

    @Test
    void aNameCannotEndTheDataOfThePage() throws IOException {
        report("1000000,5,</script><img src=x>,200,OK,T 1-1,true,,0,0,1,0"
                .replace("OK", "\"rx 1.0 Mbit/s, tx 0 bit/s, lost 0\""));

        assertThat(directory.resolve("out/bandwidth.html"))
                .content()
                .doesNotContain("</script><img")
                .contains("\\u003c/script>", "new uPlot(", "uPlot=", ".u-legend")
                .doesNotContain("/*data*/", "/*uplot.js*/");
        assertThat(directory.resolve("out/bandwidth-junit.xml")).content().contains("name=\"&lt;/script&gt;");
    }

    @ParameterizedTest
    @CsvSource({"0, 3600", "1, 3600", "55, 3600", "500, 400", "10000, 60"})
    void thePageOfAFleetStaysSmallEnoughToOpen(int tests, int intervalsOfEach) {
        assertThat(RunJson.mostIntervals(tests)).isEqualTo(intervalsOfEach);
    }

    @Test
    void aDamagedFileGetsNoReport() {
        assertThatThrownBy(() -> report("1000000,5,a"))
                .isInstanceOf(DamagedResultsException.class)
                .hasMessageContaining("results.jtl is cut off or damaged");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bandwidth.json", "bandwidth-junit.xml", "bandwidth.html"})
    void aFullDiskIsToldWithTheFileThatIsMissing(String name) throws IOException {
        String row = "1000000,5,a,200,\"rx 1.0 Mbit/s, tx 0 bit/s, lost 0\",T 1-1,true,,0,0,1,0";
        Path out = Files.createDirectory(directory.resolve("out"));
        Path full = FullDisk.linkedAs(out.resolve(name));
        assertThatThrownBy(() -> report(row)).isInstanceOf(IOException.class).hasMessageContaining(name);
        Files.delete(full);
        assertThat(report(row).get("tests")).hasSize(1);
    }
}
