package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.Authentication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import org.apache.jmeter.config.Arguments;
import org.apache.jmeter.protocol.java.sampler.JavaSampler;
import org.apache.jmeter.protocol.java.sampler.JavaSamplerClient;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The client inside JMeter's own Java Request, against a server that wants a password. */
@Timeout(60)
class BandwidthTestJavaClientTest {
    private final Listening jmeter = new Listening();
    private final BandwidthTestJavaClient client = new BandwidthTestJavaClient();

    @RegisterExtension
    private final PlanServer plan = new PlanServer(jmeter, options -> options.authentication(Authentication.MD5));

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    /** @param extra names and values in turn, instead of or beside what the client proposes */
    private JavaSampler request(String... extra) {
        Arguments arguments = client.getDefaultParameters();
        arguments.removeArgument("server");
        arguments.removeArgument("port");
        arguments.addArgument("server", "127.0.0.1");
        arguments.addArgument("port", plan.port());
        for (int i = 0; i < extra.length; i += 2) {
            arguments.removeArgument(extra[i]);
            arguments.addArgument(extra[i], extra[i + 1]);
        }
        JavaSampler request = jmeter.ready(new JavaSampler(), "Java");
        request.setArguments(arguments);
        request.setClassname(BandwidthTestJavaClient.class.getName());
        request.testStarted();
        return request;
    }

    @Test
    void jmeterFindsIt() {
        assertThat(ServiceLoader.load(JavaSamplerClient.class))
                .hasAtLeastOneElementOfType(BandwidthTestJavaClient.class);
    }

    @Test
    void proposesEveryFieldWithItsDefault() {
        Arguments arguments = client.getDefaultParameters();
        assertThat(arguments.getArgumentsAsMap())
                .hasSameSizeAs(BandwidthTestSampler.FIELDS)
                .containsEntry("server", "")
                .containsEntry("port", "2000")
                .containsEntry("localUdpTxSize", "1500");
    }

    @Test
    void isTheSameTestAndKeepsThePassword() {
        SampleResult sample = request("user", "admin", "password", "s3cret", "duration", "0.3", "interval", "100")
                .sample(null);
        assertThat(sample.isSuccessful()).as(sample.getResponseMessage()).isTrue();
        assertThat(sample.getSampleLabel()).isEqualTo("Java");
        assertThat(sample.getSamplerData()).contains("user: admin");
        assertThat(sample.getSamplerData() + sample.getResponseDataAsString() + sample.getResponseMessage())
                .doesNotContain("s3cret");
        assertThat(jmeter.samples())
                .isNotEmpty()
                .extracting(SampleResult::getSampleLabel)
                .containsOnly("Java: interval");
        assertThat(jmeter.btestVariables()).containsEntry("btest_auth", "md5");
    }

    @Test
    void aWrongArgumentIsNamed() {
        SampleResult sample = request("duration", "soon").sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("INVALID_OPTION");
        assertThat(sample.getResponseMessage()).contains("Duration", "soon");
    }

    @Test
    void jmetersStopReachesIt() {
        JavaSampler request = request("user", "admin", "password", "s3cret", "duration", "600", "interval", "100");
        jmeter.onSample = first -> {
            jmeter.onSample = sample -> {};
            CompletableFuture.runAsync(request::interrupt).join();
        };
        assertThat(request.sample(null).getResponseCode()).isEqualTo("STOPPED");
    }
}
