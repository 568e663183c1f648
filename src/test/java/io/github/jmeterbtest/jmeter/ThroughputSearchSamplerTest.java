package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.jmeter.field.FieldCheck;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.services.FileServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search against a server on loopback, at rates that any machine can do. */
@Timeout(60)
class ThroughputSearchSamplerTest {
    private final Listening jmeter = new Listening();

    @RegisterExtension
    private final PlanServer plan = new PlanServer(jmeter, options -> options.interval(Duration.ofMillis(100)));

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private ThroughputSearchSampler search() {
        ThroughputSearchSampler sampler = jmeter.ready(new ThroughputSearchSampler(), "Search");
        sampler.setProperty(BandwidthTestSampler.SERVER, "127.0.0.1");
        sampler.setProperty(BandwidthTestSampler.PORT, plan.port());
        sampler.setProperty(BandwidthTestSampler.USER, PlanServer.USER);
        sampler.setProperty(BandwidthTestSampler.PASSWORD, PlanServer.PASSWORD);
        sampler.setProperty(BandwidthTestSampler.INTERVAL, "100");
        sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "512, 1518");
        sampler.setProperty(ThroughputSearchSampler.LOWEST_RATE, "100k");
        sampler.setProperty(ThroughputSearchSampler.HIGHEST_RATE, "1M");
        sampler.setProperty(ThroughputSearchSampler.SHORT_TRIAL, "0.2");
        sampler.setProperty(ThroughputSearchSampler.FINAL_TRIAL, "0.3");
        sampler.setProperty(ThroughputSearchSampler.PAUSE, "0");
        return sampler;
    }

    /** The form and the run agree. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "5G", "-1", "fast"})
    void theFormRefusesTheRatesThatTheRunRefuses(String rate) {
        assertThat(FieldCheck.speedAboveZero(ClientOptions.MAX_SPEED).problem(rate))
                .hasValue("Enter bit/s above 0, optionally with k, M or G, such as 100M, up to 4.294967295 Gbit/s;"
                        + " or an expression.");
        assertThat(FieldCheck.speedAboveZero(ClientOptions.MAX_SPEED).problem("100k"))
                .isEmpty();
    }

    private static JsonNode json(SampleResult sample) throws IOException {
        return new ObjectMapper().readTree(sample.getResponseData());
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive", "transmit", "both"})
    void aLinkThatIsFasterThanTheHighestRateKeepsIt(String direction) throws IOException {
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(BandwidthTestSampler.DIRECTION, direction);
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).as(sample.getResponseMessage()).isEqualTo("200");
        assertThat(sample.isSuccessful()).isTrue();
        // a busy machine may offer a little less
        String rates = "NDR \\S+ [kM]bit/s \\d+ pps \\(.*\\), PDR 0.5 % \\S+ [kM]bit/s \\d+ pps \\(.*\\)";
        assertThat(sample.getResponseMessage()).matches("512: " + rates + "; 1518: " + rates);
        JsonNode json = json(sample);
        assertThat(json.at("/finished").asBoolean()).isTrue();
        assertThat(json.at("/direction").asText()).isEqualTo(direction);
        assertThat(json.at("/sizes")).hasSize(2);
        assertThat(json.at("/sizes/1/ipBytes").asInt()).isEqualTo(1500);
        assertThat(json.at("/sizes/1/goals/0/bitsPerSecond").asLong()).isBetween(1L, 1_000_000L);
        assertThat(json.at("/sizes/1/goals/0/limitedBy").asText()).isNotEmpty();
        assertThat(json.at("/sizes/1/goals/1/acceptedLossPercent").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/sizes/1/goals/0/trialSeconds").asDouble()).isEqualTo(0.3);
        assertThat(json.at("/trials").asInt()).isGreaterThanOrEqualTo(4);
        assertThat(jmeter.btestVariables())
                .containsEntry("btest_search_finished", "true")
                .containsEntry("btest_search_trials", json.at("/trials").asText())
                .containsKeys("btest_search_1518_ndr_mbps", "btest_search_512_pdr_0.5_mbps");
    }

    @Test
    void eachTrialHasSamplesOfItsOwnThatCarryAllBytes() {
        SampleResult sample = search().sample(null);
        List<String> labels =
                jmeter.samples().stream().map(SampleResult::getSampleLabel).toList();
        assertThat(labels)
                .contains("Search: 512: interval", "Search: 1518: interval")
                .filteredOn(label -> !label.endsWith("interval"))
                .startsWith("Search: 512", "Search: 512")
                .endsWith("Search: 1518", "Search: 1518")
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(sample.getSampleLabel()).isEqualTo("Search");
        assertThat(sample.getBytesAsLong()).isZero();
        assertThat(sample.getSentBytes()).isZero();
        assertThat(jmeter.samples()).allMatch(SampleResult::isSuccessful);
        assertThat(jmeter.samples().stream()
                        .mapToLong(SampleResult::getBytesAsLong)
                        .sum())
                .isPositive();
        assertThat(sample.getSamplerData())
                .contains("packet-sizes: frame 512,1518", "accepted-loss: 0 %, 0.5 %", "highest-rate: 1.0 Mbit/s")
                .doesNotContain(PlanServer.PASSWORD);
    }

    /** A single trial is too short to decide. */
    @ParameterizedTest
    @CsvSource({"50, true", "1, false"})
    void theMinimumRateFailsASearchThatIsNotFinished(String maxTrials, boolean passes) {
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(ThroughputSearchSampler.MIN_RATE, "1");
        sampler.setProperty(ThroughputSearchSampler.MAX_TRIALS, maxTrials);
        sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "1518");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).as(sample.getResponseMessage()).isEqualTo(passes);
        assertThat(sample.getResponseCode()).isEqualTo("200");
        if (!passes) {
            assertThat(sample.getFirstAssertionFailureMessage())
                    .matches(
                            "packets of 1518 bytes, NDR: wanted at least 1 bit/s, measured (nothing|\\S+ [kM]bit/s) so far, but the search is not finished");
        }
    }

    @Test
    void searchesAppendToTheCsvFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("search.csv");
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(ThroughputSearchSampler.CSV_FILE, file.toString());
        sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "1518");
        sampler.sample(null);
        sampler.sample(null);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(5).first().asString().startsWith("time,test,server,direction,size,size_of,");
        assertThat(lines.get(1)).contains(",Search,127.0.0.1 port " + plan.port() + ",receive,1518,frame,0,");
        assertThat(lines.get(4)).contains(",1518,frame,0.5,");
    }

    /** As JMeter does with every file: not in the directory in which it happens to run. */
    @Test
    void aRelativeCsvFileIsNextToThePlan(@TempDir Path directory) {
        String before = FileServer.getFileServer().getBaseDir();
        try {
            FileServer.getFileServer().setBase(directory.toFile());
            ThroughputSearchSampler sampler = search();
            sampler.setProperty(ThroughputSearchSampler.CSV_FILE, "search.csv");
            sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "1518");
            assertThat(sampler.sample(null).isSuccessful()).isTrue();
            assertThat(directory.resolve("search.csv")).exists();
        } finally {
            FileServer.getFileServer().setBase(new File(before));
        }
    }

    @Test
    void aCsvFileThatCannotBeWrittenIsFoundBeforeTheSearch(@TempDir Path directory) {
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(ThroughputSearchSampler.CSV_FILE, directory.toString());
        sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "1518");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseMessage())
                .isEqualTo("CSV file is \"" + directory
                        + "\": enter a file that this machine can write, in a directory that exists");
    }

    /** It takes the place of the file while the search runs. */
    @Test
    void aCsvFileThatCannotBeWrittenAtTheEndFailsTheSample(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("search.csv");
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(ThroughputSearchSampler.CSV_FILE, file.toString());
        sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "1518");
        jmeter.onSample = sample ->
                assertThat(file.toFile().mkdir() || file.toFile().isDirectory()).isTrue();
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getFirstAssertionFailureMessage()).startsWith("cannot write " + file);
    }

    @Test
    void stopTellsWhatIsKnown() throws IOException {
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(ThroughputSearchSampler.FINAL_TRIAL, "600");
        jmeter.onSample = sample -> {
            if (sample.getSampleLabel().equals("Search: 512")) {
                sampler.interrupt();
            }
        };
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("STOPPED");
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseMessage())
                .matches("the search was stopped; until then: 512: NDR \\S+ [kM]bit/s \\d+ pps so far, PDR .* so far");
        assertThat(json(sample).at("/finished").asBoolean()).isFalse();
        assertThat(json(sample).at("/trials").asInt()).isEqualTo(1);
        assertThat(jmeter.btestVariables()).containsEntry("btest_search_finished", "false");
    }

    @Test
    void aThreadGroupThatEndsFirstGetsWhatIsKnown() throws IOException {
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(ThroughputSearchSampler.FINAL_TRIAL, "600");
        Listening.threadEndsAt(sampler.getThreadContext(), System.currentTimeMillis() + 60_000);
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).isTrue();
        assertThat(sample.getResponseMessage()).endsWith("; not finished");
        assertThat(json(sample).at("/finished").asBoolean()).isFalse();
        assertThat(json(sample).at("/trials").asInt()).isPositive();
    }

    /** Else JMeter would ask for the next sample, again and again. */
    @Test
    void aThreadGroupWithoutTimeForATrialGetsNoSample() {
        ThroughputSearchSampler sampler = search();
        Listening.threadEndsAt(sampler.getThreadContext(), System.currentTimeMillis() + 100);
        assertThat(sampler.sample(null)).isNull();
        assertThat(System.currentTimeMillis())
                .isGreaterThan(sampler.getThreadContext().getThread().getEndTime());
    }

    @Test
    void aServerThatIsNotThereFailsTheSearchOfEachSize() throws IOException {
        ThroughputSearchSampler sampler = search();
        RunningServers.stopAll();
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("CONNECT_REFUSED");
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(json(sample).at("/sizes")).hasSize(2).allSatisfy(size -> {
            assertThat(size.at("/error").asText()).contains("127.0.0.1");
            assertThat(size.at("/finished").asBoolean()).isFalse();
        });
        assertThat(jmeter.btestVariables()).containsEntry("btest_search_trials", "0");
    }

    /** A size that cannot be measured takes nothing away from another one. */
    @Test
    void theOtherSizesAreSearchedAllTheSame(@TempDir Path directory) throws Exception {
        plan.restart(options -> options.bindAddress("::1"));
        Path file = directory.resolve("search.csv");
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(BandwidthTestSampler.SERVER, "::1");
        sampler.setProperty(BandwidthTestSampler.PORT, plan.port());
        sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "64,512");
        sampler.setProperty(ThroughputSearchSampler.CSV_FILE, file.toString());
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseCode()).isEqualTo("INVALID_OPTION");
        assertThat(sample.getResponseMessage()).contains("too small for IPv6").contains("512: NDR ");
        assertThat(json(sample).at("/finished").asBoolean()).isFalse();
        assertThat(json(sample).at("/sizes/0/error").asText()).contains("too small for IPv6");
        assertThat(json(sample).at("/sizes/1/error").isNull()).isTrue();
        assertThat(json(sample).at("/sizes/1/finished").asBoolean()).isTrue();
        assertThat(Files.readAllLines(file)).hasSize(5);
    }

    @Test
    void aWrongPasswordIsTriedOnce() throws Exception {
        plan.restart(options -> options.authentication(Authentication.MD5));
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(BandwidthTestSampler.PASSWORD, "wrong");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("AUTHENTICATION_FAILED");
        assertThat(json(sample).at("/sizes")).hasSize(1);
    }

    @Test
    void packetsThatAreTooSmallForIpv6AreNoResult() throws Exception {
        plan.restart(options -> options.bindAddress("::1"));
        ThroughputSearchSampler sampler = search();
        sampler.setProperty(BandwidthTestSampler.SERVER, "::1");
        sampler.setProperty(BandwidthTestSampler.PORT, plan.port());
        sampler.setProperty(ThroughputSearchSampler.PACKET_SIZES, "64");
        assertThat(sampler.sample(null).getResponseMessage())
                .startsWith("packets of 64 bytes are too small for IPv6; use at least 70");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dscp|64|DSCP is 64; must be 0 to 63",
                "packetSizes|49|Packet sizes (bytes) is \"49\": enter one or several sizes from 50 to 64018 bytes",
                "packetSizes|64,|Packet sizes (bytes) is \"64,\": enter one or several sizes",
                "acceptedLoss|0,101|Accepted loss (%) is \"0,101\": enter one or several percentages from 0 to 100",
                "csvFile|/no/such/directory/file.csv|CSV file is \"/no/such/directory/file.csv\": enter a file that",
                "lowestRate|0|Lowest rate (bit/s) is \"0\": enter bit/s",
                "highestRate|5G|Highest rate (bit/s) is \"5G\": enter bit/s",
                "highestRate|99k|Highest rate (bit/s) is \"99k\": enter at least the lowest rate",
                "precision|0|Precision (%) is \"0\": enter a number from 0.1 to 50",
                "shortTrial|0.05|Short trial (s) is \"0.05\": enter 0.1 to 3600 seconds",
                "finalTrial|0.1|Final trial (s) is \"0.1\": enter at least as much as Short trial (s), which is 0.2",
                "pause|3601|Pause (s) is \"3601\": enter 0 to 3600 seconds",
                "minRate|1.1M|Minimum rate (bit/s) is \"1.1M\": enter at most Highest rate (bit/s), which is 1M",
                "maxTrials|0|Maximum trials is \"0\": enter a whole number from 1 to 1000",
            })
    void aWrongValueIsNamed(String property, String wrong, String message) {
        ThroughputSearchSampler sampler = search();
        String element = property.equals("dscp") ? "BandwidthTest." : "ThroughputSearch.";
        sampler.setProperty(element + property, wrong);
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("INVALID_OPTION");
        assertThat(sample.getResponseMessage()).startsWith(message);
    }
}
