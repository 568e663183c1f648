package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.BtestException;
import io.github.jmeterbtest.engine.HostNames;
import io.github.jmeterbtest.engine.HungNameService;
import io.github.jmeterbtest.engine.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What JMeter's Stop reaches, and what it must not reach. */
@Timeout(60)
class SamplerStopTest {
    private final Listening jmeter = new Listening();

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    @BeforeEach
    void startServer() throws BtestException {
        RunningServers.start(this, "server", ServerOptions.builder().port(0).build());
    }

    @AfterEach
    void stopServer() {
        RunningServers.stopAll();
    }

    private ServerSessionSampler session(HostNames names) {
        ServerSessionSampler sampler = jmeter.ready(new ServerSessionSampler() {
            private static final long serialVersionUID = 1L;

            @Override
            HostNames names() {
                return names;
            }
        }, "Session");
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
}
