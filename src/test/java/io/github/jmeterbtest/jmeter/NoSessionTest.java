package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.report.Authentication;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that gets no session names the clients that were refused. */
@Timeout(60)
class NoSessionTest {
    private final Listening jmeter = new Listening();

    @RegisterExtension
    private final PlanServer plan = new PlanServer(jmeter, options -> options.authentication(Authentication.MD5));

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    private void failToLogIn() {
        int refusedBefore = plan.server().refusals().size();
        assertThatThrownBy(() -> new BandwidthClient(plan.clientOptions()
                                .credentials(new Credentials("admin", "wr0ng"))
                                .build())
                        .run(interval -> {}))
                .hasMessageContaining("check user and password");
        while (plan.server().refusals().size() == refusedBefore) {
            Thread.onSpinWait();
        }
    }

    private ServerSessionSampler session(String clients) {
        ServerSessionSampler sampler = plan.session("0");
        sampler.setProperty(ServerSessionSampler.CLIENT_ADDRESS, clients);
        return sampler;
    }

    @Test
    void aClientThatWasRefusedIsNamedWithTheReason() {
        failToLogIn();
        failToLogIn();
        SampleResult sample = session("").sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("NO_SESSION");
        assertThat(sample.getResponseMessage())
                .contains("refused: 127.0.0.1: wrong user or password (md5) (2 times, last ")
                .doesNotContain("wr0ng");
    }

    @Test
    void refusalsOfOtherClientsAreNotReported() {
        failToLogIn();
        assertThat(session("192.0.2.0/24").sample(null).getResponseMessage())
                .doesNotContain("refused")
                .contains("firewalls");
    }

    @Test
    void eachRefusalIsReportedOnce() {
        ServerSessionSampler sampler = session("");
        failToLogIn();
        assertThat(sampler.sample(null).getResponseMessage()).contains("refused");
        assertThat(sampler.sample(null).getResponseMessage()).doesNotContain("refused");
        failToLogIn();
        assertThat(sampler.sample(null).getResponseMessage())
                .contains("refused")
                .doesNotContain("2 times");
    }
}
