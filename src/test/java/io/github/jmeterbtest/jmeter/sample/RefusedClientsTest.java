package io.github.jmeterbtest.jmeter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.Refusal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusedClientsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

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
