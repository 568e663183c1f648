package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import io.github.jmeterbtest.protocol.Direction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jorphan.util.JMeterStopThreadException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both samplers against real peers on loopback, one on each side. */
@Timeout(60)
class SamplersTest {
    private final Listening jmeter = new Listening();

    @RegisterExtension
    private final PlanServer plan = new PlanServer(jmeter, options -> options.interval(Duration.ofMillis(100)));

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    /** A client that transmits, on a thread of its own. */
    private CompletableFuture<TestReport> transmit(Duration duration) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return new BandwidthClient(plan.clientOptions()
                                .direction(Direction.TRANSMIT)
                                .duration(duration)
                                .build())
                        .run(interval -> {});
            } catch (BtestException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static JsonNode json(SampleResult sample) throws IOException {
        return new ObjectMapper().readTree(sample.getResponseData());
    }

    private long bytesOf(SampleResult last) {
        List<SampleResult> all = new ArrayList<>(jmeter.samples());
        all.add(last);
        return all.stream().mapToLong(SampleResult::getBytesAsLong).sum();
    }

    @Test
    void aTestEndsWithASampleThatAddsUp() throws IOException {
        SampleResult sample = plan.client("1").sample(null);
        assertThat(sample.getResponseCode()).as(sample.getResponseMessage()).isEqualTo("200");
        assertThat(sample.isSuccessful()).isTrue();
        assertThat(ThroughputMessage.parse(sample.getResponseMessage())).isPresent();
        assertThat(jmeter.samples()).hasSameSizeAs(json(sample).at("/intervals"));
        assertThat(bytesOf(sample))
                .isEqualTo(json(sample).at("/total/rxBytes").asLong())
                .isPositive();
        assertThat(sample.getSentBytes()).isZero();
        assertThat(sample.getSamplerData())
                .contains("direction: receive", "user: admin")
                .doesNotContain("s3cret");
        Map<String, String> variables = new HashMap<>(jmeter.btestVariables());
        variables.keySet().removeAll(Set.of("btest_congestion_control", "btest_total_tcp_retransmits")); // Linux only
        assertThat(variables)
                .containsOnlyKeys(
                        "btest_avg_rx_mbps",
                        "btest_avg_tx_mbps",
                        "btest_min_rx_mbps",
                        "btest_min_tx_mbps",
                        "btest_total_rx_bytes",
                        "btest_total_tx_bytes",
                        "btest_total_lost_packets",
                        "btest_connect_ms",
                        "btest_auth",
                        "btest_protocol",
                        "btest_direction")
                .containsEntry("btest_auth", "none")
                .containsEntry("btest_protocol", "tcp")
                .containsEntry("btest_direction", "receive")
                .containsEntry("btest_total_rx_bytes", Long.toString(bytesOf(sample)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void connectionsCountForBothProtocols(String protocol) throws IOException {
        BandwidthTestSampler sampler = plan.client("1");
        sampler.setProperty(BandwidthTestSampler.PROTOCOL, protocol);
        sampler.setProperty(BandwidthTestSampler.CONNECTION_COUNT, "3");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).as(sample.getResponseMessage()).isEqualTo("200");
        assertThat(sample.getSamplerData()).contains("connection-count: 3");
        assertThat(json(sample).at("/connectionsRequested").asInt()).isEqualTo(3);
        assertThat(json(sample).at("/connections").asInt()).isEqualTo(3);
    }

    @Test
    void stopLeavesAPartialFailedSampleAndNoInterrupt() throws IOException {
        BandwidthTestSampler sampler = plan.client("600");
        Thread jmeterThread = Thread.currentThread();
        onFirstSample(first -> {
            sampler.interrupt();
            jmeterThread.interrupt();
        });
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseCode()).isEqualTo("STOPPED");
        assertThat(json(sample).at("/result").asText()).isEqualTo("STOPPED");
        assertThat(bytesOf(sample))
                .isEqualTo(json(sample).at("/total/rxBytes").asLong())
                .isPositive();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aSamplerThatWasStoppedCanBeUsedAgain() {
        BandwidthTestSampler sampler = plan.client("600");
        onFirstSample(first -> sampler.interrupt());
        assertThat(sampler.sample(null).getResponseCode()).isEqualTo("STOPPED");
        sampler.setProperty(BandwidthTestSampler.DURATION, "1");
        assertThat(sampler.sample(null).getResponseCode()).isEqualTo("200");
    }

    @Test
    void aWrongFieldWithoutEffectIsIgnored() {
        BandwidthTestSampler sampler = plan.client("1");
        sampler.setProperty(BandwidthTestSampler.LOCAL_UDP_TX_SIZE, "10");
        sampler.setProperty(BandwidthTestSampler.REMOTE_UDP_TX_SIZE, "big");
        sampler.setProperty(BandwidthTestSampler.LOCAL_TX_SPEED, "fast");
        assertThat(sampler.sample(null).getResponseCode()).isEqualTo("200");
        sampler.setProperty(BandwidthTestSampler.REMOTE_TX_SPEED, "fast");
        assertThat(sampler.sample(null).getResponseMessage()).contains("\"fast\"");
    }

    @Test
    void unresolvedCredentialsAreIgnoredWithoutALogin() {
        BandwidthTestSampler sampler = plan.client("1");
        sampler.setProperty(BandwidthTestSampler.AUTHENTICATION, "none");
        sampler.setProperty(BandwidthTestSampler.USER, "${nobody}");
        sampler.setProperty(BandwidthTestSampler.PASSWORD, "${nothing}");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).as(sample.getResponseMessage()).isEqualTo("200");
        assertThat(sample.getSamplerData()).doesNotContain("nobody");
    }

    @Test
    void anInterruptThatAnotherElementLeftBehindStopsNoTest() {
        Thread.currentThread().interrupt();
        assertThat(plan.client("1").sample(null).getResponseCode()).isEqualTo("200");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** As JMeter's functions do at the end of a file. */
    @Test
    void aFunctionCanStopTheThread() {
        BandwidthTestSampler sampler = jmeter.ready(
                new BandwidthTestSampler() {
                    @Override
                    public String getPropertyAsString(String key) {
                        if (key.equals(SERVER)) {
                            throw new JMeterStopThreadException("end of sequence");
                        }
                        return super.getPropertyAsString(key);
                    }
                },
                "Test");
        assertThatThrownBy(() -> sampler.sample(null)).isInstanceOf(JMeterStopThreadException.class);
    }

    @Test
    void theThreadGroupsEndShortensATestEvenToLessThanTheOmittedTime() throws IOException {
        BandwidthTestSampler sampler = plan.client("600");
        sampler.setProperty(BandwidthTestSampler.OMIT, "30");
        Listening.threadEndsAt(sampler.getThreadContext(), System.currentTimeMillis() + 2_000);
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).as(sample.getResponseMessage()).isEqualTo("200");
        assertThat(json(sample).at("/average/rxBitsPerSecond").asLong()).isPositive();
    }

    @Test
    void noTestBeginsJustBeforeTheThreadGroupsEnd() {
        BandwidthTestSampler sampler = plan.client("600");
        long end = System.currentTimeMillis() + 150;
        Listening.threadEndsAt(sampler.getThreadContext(), end);
        assertThat(sampler.sample(null)).as("no sample, so none without data").isNull();
        assertThat(System.currentTimeMillis())
                .as("else JMeter would ask again and again")
                .isGreaterThanOrEqualTo(end);
        // less time than a test that is cut short would need, and much more than this one asks for
        sampler.setProperty(BandwidthTestSampler.DURATION, "0.02");
        Listening.threadEndsAt(sampler.getThreadContext(), System.currentTimeMillis() + 240);
        assertThat(sampler.sample(null)).as("a test that asks for no more time").isNotNull();
    }

    @Test
    void theWaitForAClientEndsWithTheThreadGroup() {
        ServerSessionSampler sampler = plan.session("600");
        Listening.threadEndsAt(sampler.getThreadContext(), System.currentTimeMillis() + 50);
        assertThat(sampler.sample(null)).as("no sample, so none that failed").isNull();
    }

    @Test
    void aSessionIsFinishedSomeTimeAfterTheEndOfTheThreadGroup() {
        CompletableFuture<TestReport> client = transmit(Duration.ofHours(1));
        ServerSessionSampler sampler = plan.session("600");
        onFirstSample(first -> Listening.threadEndsAt(sampler.getThreadContext(), System.currentTimeMillis() - 10_000));
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).as(sample.getResponseMessage()).isEqualTo("200");
        assertThat(sample.getBytesAsLong() + jmeter.samples().size()).isPositive();
        assertThat(client).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void aStopThatComesBeforeTheClientExistsIsNotLost() {
        BandwidthTestSampler sampler = plan.client("600");
        sampler.interrupt();
        assertThat(sampler.sample(null).getResponseCode()).isEqualTo("STOPPED");
    }

    @Test
    void aWrongFieldFailsTheSampleAndNothingOfTheTestBeforeStays() {
        BandwidthTestSampler sampler = plan.client("1");
        sampler.sample(null);
        sampler.setProperty(BandwidthTestSampler.INTERVAL, "19");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("INVALID_OPTION");
        assertThat(sample.getResponseMessage()).contains("Interval is 19 ms; must be 20 ms to 5 s");
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getBytesAsLong()).isZero();
        assertThat(jmeter.btestVariables()).isEmpty();
    }

    @Test
    void aSessionIsReportedAsTheServerSawIt() throws IOException {
        CompletableFuture<TestReport> client = transmit(Duration.ofSeconds(1));
        SampleResult sample = plan.session("30").sample(null);
        client.join();
        assertThat(sample.isSuccessful()).as(sample.getResponseMessage()).isTrue();
        assertThat(json(sample).at("/direction").asText()).isEqualTo("transmit");
        assertThat(bytesOf(sample))
                .isEqualTo(json(sample).at("/total/rxBytes").asLong())
                .isPositive();
        assertThat(sample.getSentBytes()).isZero();
        assertThat(jmeter.samples())
                .isNotEmpty()
                .extracting(SampleResult::getSampleLabel)
                .containsOnly("Session: interval");
    }

    @Test
    void aSessionThatIsStoppedStillTellsWhatItMeasured() throws IOException {
        CompletableFuture<TestReport> client = transmit(Duration.ofMinutes(10));
        ServerSessionSampler sampler = plan.session("30");
        Thread jmeterThread = Thread.currentThread();
        onFirstSample(first -> {
            sampler.interrupt();
            jmeterThread.interrupt();
        });
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseCode()).isEqualTo("STOPPED");
        assertThat(bytesOf(sample))
                .isEqualTo(json(sample).at("/total/rxBytes").asLong())
                .isPositive();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(client).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aSessionWhoseServerEndsStillTellsWhatItMeasured() throws IOException {
        CompletableFuture<TestReport> client = transmit(Duration.ofMinutes(10));
        onFirstSample(first -> RunningServers.stopAll());
        SampleResult sample = plan.session("30").sample(null);
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseCode()).isEqualTo("STOPPED");
        assertThat(bytesOf(sample))
                .isEqualTo(json(sample).at("/total/rxBytes").asLong())
                .isPositive();
        assertThat(jmeter.btestVariables()).containsKey("btest_total_rx_bytes");
        assertThat(client).failsWithin(Duration.ofSeconds(30));
    }

    @Test
    void onlySessionsOfTheGivenClientAndUserAreReported() {
        CompletableFuture<TestReport> client = transmit(Duration.ofSeconds(1));
        ServerSessionSampler sampler = plan.session("0.05");
        sampler.setProperty(ServerSessionSampler.CLIENT_ADDRESS, "192.0.2.0/24");
        assertThat(sampler.sample(null).getResponseMessage()).contains("no client of 192.0.2.0/24 got a test");
        sampler.setProperty(ServerSessionSampler.CLIENT_ADDRESS, "127.0.0.0/8");
        sampler.setProperty(ServerSessionSampler.USER, "bob");
        assertThat(sampler.sample(null).getResponseMessage())
                .contains("no client of 127.0.0.0/8 with user bob got a test");
        sampler.setProperty(ServerSessionSampler.USER, "");
        sampler.setProperty(ServerSessionSampler.TIMEOUT, "30");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).as(sample.getResponseMessage()).isTrue();
        assertThat(sample.getSamplerData()).contains("client: 127.0.0.1");
        client.join();
    }

    @Test
    void aSessionReportsItsUser() throws BtestException {
        plan.restart(options -> options.authentication(Authentication.MD5));
        CompletableFuture<TestReport> client = transmit(Duration.ofSeconds(1));
        ServerSessionSampler sampler = plan.session("30");
        sampler.setProperty(ServerSessionSampler.USER, "admin");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).as(sample.getResponseMessage()).isTrue();
        assertThat(sample.getSamplerData()).contains("user: admin");
        client.join();
    }

    @Test
    void aWrongClientAddressIsNamed() {
        ServerSessionSampler sampler = plan.session("30");
        sampler.setProperty(ServerSessionSampler.CLIENT_ADDRESS, "192.0.2.0/33");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("INVALID_OPTION");
        assertThat(sample.getResponseMessage()).contains("Client address is \"192.0.2.0/33\": enter", "192.0.2.0/24");
    }

    @Test
    void aTimeoutOverAWeekIsInvalid() {
        assertThat(plan.session("604801").sample(null).getResponseMessage())
                .contains("Timeout (s) is \"604801\": enter 0 to 604800");
    }

    @Test
    void aSessionSamplerWithoutAClientFails() {
        SampleResult sample = plan.session("0.05").sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("NO_SESSION");
        assertThat(sample.getResponseMessage()).contains(plan.port(), "0.05 s");
        assertThat(sample.isSuccessful()).isFalse();
    }

    @Test
    void aWaitCanBeStoppedWithoutAThreadInterrupt() {
        ServerSessionSampler sampler = plan.session("600");
        Thread jmeterThread = Thread.currentThread();
        CompletableFuture<Void> stopper = CompletableFuture.runAsync(() -> {
            while (jmeterThread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            sampler.interrupt();
        });
        SampleResult sample = sampler.sample(null);
        stopper.join();
        assertThat(sample.getResponseCode()).isEqualTo("STOPPED");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aSessionSamplerNamesTheServersThereAre() throws BtestException {
        plan.startSecond("second");
        assertThat(plan.session("1").sample(null).getResponseMessage()).contains("server", "second");
        ServerSessionSampler sampler = plan.session("1");
        sampler.setProperty(ServerSessionSampler.SERVER_NAME, "third");
        assertThat(sampler.sample(null).getResponseMessage()).contains("\"third\"", "second");
        RunningServers.stopAll();
        assertThat(sampler.sample(null).getResponseMessage()).contains("no MikroTik Bandwidth Server");
    }

    /**
     * JMeter stops samplers from another thread. The sampler waits for it, so all of it comes before the test's end. On
     * a busy machine an interval may pass before anything comes, so the first sample is the first with data.
     */
    private void onFirstSample(Consumer<SampleResult> action) {
        jmeter.onSample = first -> {
            if (first.getBytesAsLong() > 0) {
                jmeter.onSample = sample -> {};
                CompletableFuture.runAsync(() -> action.accept(first)).join();
            }
        };
    }
}
