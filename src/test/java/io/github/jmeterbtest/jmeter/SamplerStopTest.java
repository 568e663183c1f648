package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.HostNames;
import io.github.jmeterbtest.engine.HungNameService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContextService;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What JMeter's Stop reaches, and what it must not reach. */
@Timeout(60)
class SamplerStopTest {
    private final Listening jmeter = new Listening();

    @RegisterExtension
    private final PlanServer plan = new PlanServer(jmeter, options -> options);

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private ServerSessionSampler session(HostNames names) {
        ServerSessionSampler sampler = jmeter.ready(
                new ServerSessionSampler() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    HostNames names() {
                        return names;
                    }
                },
                "Session");
        sampler.setProperty(ServerSessionSampler.CLIENT_ADDRESS, "router.example");
        return sampler;
    }

    @Test
    void aNameServiceThatHangsCanBeStopped() {
        try (HungNameService hung = new HungNameService()) {
            ServerSessionSampler sampler = session(new HostNames(hung));
            CompletableFuture<Void> stopper = CompletableFuture.runAsync(() -> {
                try {
                    hung.awaitQuestion();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                sampler.interrupt();
            });
            SampleResult sample = sampler.sample(null);
            stopper.join();
            assertThat(sample.getResponseCode()).isEqualTo("STOPPED");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /** A Sample Timeout may come too late. JMeter hands the context to a sampler before each sample. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptAfterTheSampleStopsNoLaterOne(boolean handsContext) {
        BandwidthTestSampler sampler = plan.client("0.2");
        assertThat(sampler.sample(null).getResponseCode()).isNotEqualTo("STOPPED");
        assertThat(sampler.interrupt()).isFalse();
        if (handsContext) {
            sampler.setThreadContext(JMeterContextService.getContext());
        }
        assertThat(sampler.sample(null).getResponseCode()).isNotEqualTo("STOPPED");
    }

    @Test
    void anInterruptBetweenTheContextAndTheSampleMeansThisSample() {
        BandwidthTestSampler sampler = plan.client("0.2");
        sampler.sample(null);
        sampler.setProperty(BandwidthTestSampler.DURATION, "600");
        sampler.setThreadContext(JMeterContextService.getContext());
        assertThat(sampler.interrupt()).isTrue();
        assertThat(sampler.sample(null).getResponseCode()).isEqualTo("STOPPED");
    }

    @Test
    void anErrorIsAFailedSampleAndTheThreadGoesOn() {
        AbstractBandwidthSampler sampler = jmeter.ready(
                new AbstractBandwidthSampler() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    AbstractBandwidthSampler.PreparedTest prepare() {
                        throw new InternalError("no more threads");
                    }
                },
                "Test");
        SampleResult sample = sampler.sample(null);
        assertThat(sample.isSuccessful()).isFalse();
        assertThat(sample.getResponseCode()).isEqualTo("INTERNAL_ERROR");
        assertThat(sample.getResponseMessage()).contains("no more threads");
    }
}
