package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.Refusal;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.sample.RefusedClients;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sampler that gets no session names the clients that were refused. */
@Timeout(60)
class NoSessionTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Listening jmeter = new Listening();
    private BandwidthServer server;

    @BeforeAll
    static void startJMeter(@TempDir Path home) throws IOException {
        Listening.startJMeter(home);
    }

    @BeforeEach
    void startServer() throws BtestException {
        server = RunningServers.start(
                this,
                "server",
                ServerOptions.builder()
                        .port(0)
                        .authentication(Authentication.MD5)
                        .credentials(new Credentials("admin", "right"))
                        .build());
    }

    @AfterEach
    void stopServer() {
        RunningServers.stopAll();
    }

    private void comeInVain() {
        int refusedBefore = server.refusals().size();
        assertThatThrownBy(() -> new BandwidthClient(ClientOptions.builder()
                                .server("127.0.0.1")
                                .port(server.address().getPort())
                                .credentials(new Credentials("admin", "wr0ng"))
                                .build())
                        .run(interval -> {}))
                .hasMessageContaining("check user and password");
        while (server.refusals().size() == refusedBefore) {
            Thread.onSpinWait();
        }
    }

    private ServerSessionSampler session(String clients) {
        ServerSessionSampler sampler = jmeter.ready(new ServerSessionSampler(), "Session");
        sampler.setProperty(ServerSessionSampler.TIMEOUT, "0");
        sampler.setProperty(ServerSessionSampler.CLIENT_ADDRESS, clients);
        return sampler;
    }

    @Test
    void aClientThatWasRefusedIsNamedWithTheReason() {
        comeInVain();
        comeInVain();
        SampleResult sample = session("").sample(null);
        assertThat(sample.getResponseCode()).isEqualTo("NO_SESSION");
        assertThat(sample.getResponseMessage())
                .contains("refused: 127.0.0.1: wrong user or password (md5) (2 times, last ")
                .doesNotContain("wr0ng");
    }

    @Test
    void butNotIfAnotherClientIsWaitedFor() {
        comeInVain();
        assertThat(session("192.0.2.0/24").sample(null).getResponseMessage())
                .doesNotContain("refused")
                .contains("firewalls");
    }

    @Test
    void eachIsToldOnce() {
        ServerSessionSampler sampler = session("");
        comeInVain();
        assertThat(sampler.sample(null).getResponseMessage()).contains("refused");
        assertThat(sampler.sample(null).getResponseMessage()).doesNotContain("refused");
        comeInVain();
        assertThat(sampler.sample(null).getResponseMessage())
                .contains("refused")
                .doesNotContain("2 times");
    }

    private static Refusal refusal(int client, String reason, int secondsAgo) throws UnknownHostException {
        return new Refusal(
                NOW.minusSeconds(secondsAgo), InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) client}), reason);
    }

    @Test
    void theNewestComeFirstAndManyAreCounted() throws UnknownHostException {
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            refusals.add(refusal(i, "no", 100 - i));
        }
        refusals.add(refusal(4, "no", 3));
        assertThat(RefusedClients.text(refusals, NOW))
                .isEqualTo(
                        "10.0.0.4: no (2 times, last 3 s ago); 10.0.0.5: no (95 s ago); 10.0.0.3: no (97 s ago); and 2 more");
    }

    @Test
    void aReasonIsNoLongerThanIsGood() throws UnknownHostException {
        assertThat(RefusedClients.text(List.of(refusal(1, "x".repeat(5000), 0)), NOW))
                .hasSizeLessThan(250)
                .contains("…");
    }
}
