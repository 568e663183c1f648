package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.report.BtestException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server of the test plan on loopback, for each test a new one, and samplers that use it. */
final class PlanServer implements BeforeEachCallback, AfterEachCallback {
    static final String USER = "admin";
    static final String PASSWORD = "s3cret";

    private final Listening jmeter;
    private final UnaryOperator<ServerOptions.Builder> options;
    private BandwidthServer server;

    /** @param options of the server, beside its port */
    PlanServer(Listening jmeter, UnaryOperator<ServerOptions.Builder> options) {
        this.jmeter = jmeter;
        this.options = options;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws BtestException {
        start(options);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RunningServers.stopAll();
    }

    /** Closes the server and starts another one. */
    void restart(UnaryOperator<ServerOptions.Builder> others) throws BtestException {
        RunningServers.stopAll();
        start(others);
    }

    private void start(UnaryOperator<ServerOptions.Builder> wanted) throws BtestException {
        server = RunningServers.start(
                this,
                "server",
                wanted.apply(ServerOptions.builder().port(0).credentials(new Credentials(USER, PASSWORD)))
                        .build());
    }

    /** Starts one more in the same plan. */
    void startSecond(String name) throws BtestException {
        RunningServers.start(this, name, ServerOptions.builder().port(0).build());
    }

    BandwidthServer server() {
        return server;
    }

    String port() {
        return Integer.toString(server.address().getPort());
    }

    /** {@return the options of a client on another thread than JMeter's} */
    ClientOptionsBuilder clientOptions() {
        return ClientOptions.builder()
                .server("127.0.0.1")
                .port(server.address().getPort())
                .credentials(new Credentials(USER, PASSWORD));
    }

    /** {@return a sampler that tests the server, with intervals of 100 ms} */
    BandwidthTestSampler client(String duration) {
        BandwidthTestSampler sampler = jmeter.ready(new BandwidthTestSampler(), "Test");
        sampler.setProperty(BandwidthTestSampler.SERVER, "127.0.0.1");
        sampler.setProperty(BandwidthTestSampler.PORT, port());
        sampler.setProperty(BandwidthTestSampler.USER, USER);
        sampler.setProperty(BandwidthTestSampler.PASSWORD, PASSWORD);
        sampler.setProperty(BandwidthTestSampler.DURATION, duration);
        sampler.setProperty(BandwidthTestSampler.INTERVAL, "100");
        return sampler;
    }

    /** {@return a sampler that reports the server's next session} */
    ServerSessionSampler session(String timeout) {
        ServerSessionSampler sampler = jmeter.ready(new ServerSessionSampler(), "Session");
        sampler.setProperty(ServerSessionSampler.TIMEOUT, timeout);
        return sampler;
    }
}
