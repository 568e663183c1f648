package io.github.jmeterbtest.jmeter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.search.GoalResult;
import io.github.jmeterbtest.engine.search.Limit;
import io.github.jmeterbtest.engine.search.Observation;
import io.github.jmeterbtest.engine.search.SearchResult;
import io.github.jmeterbtest.engine.search.SearchSettings;
import io.github.jmeterbtest.engine.search.Trial;
import io.github.jmeterbtest.protocol.Direction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a search tells: its message, and the same read back; and its JSON. */
class SearchTextTest {
    private static final SearchSettings SETTINGS = new SearchSettings(
            List.of(0.005, 0.0), 100_000, 1_000_000_000, 0.01, Duration.ofSeconds(1), Duration.ofSeconds(60), 50);

    private static GoalResult found(double loss, double rate, Limit limit) {
        Trial best =
                new Trial(rate, Duration.ofSeconds(60), new Observation(rate, 1000, loss, loss, Limit.SERVER_OR_QUEUE));
        return new GoalResult(
                loss, Optional.of(best), OptionalDouble.of(rate * 1.01), Optional.ofNullable(limit), limit != null);
    }

    private static GoalResult nothing(double loss, Limit limit) {
        return new GoalResult(
                loss, Optional.empty(), OptionalDouble.of(100_000), Optional.ofNullable(limit), limit != null);
    }

    private static SearchReport report(int size, GoalResult... goals) {
        return new SearchReport(
                "192.0.2.1 port 2000",
                Direction.RECEIVE,
                SETTINGS,
                Instant.EPOCH,
                List.of(new SearchReport.OfSize(
                        new PacketSize(size, PacketSize.Layer.FRAME),
                        new SearchResult(List.of(goals), List.of()),
                        138.5,
                        Optional.empty())),
                true);
    }

    @Test
    void tellsRateAndPacketsOfEachGoal() {
        assertThat(SearchText.of(report(1518, found(0, 34_934_567, Limit.LINK), found(0.005, 35.2e6, Limit.LINK))))
                .isEqualTo("1518: NDR 34.93 Mbit/s 2911 pps, PDR 0.5 % 35.02 Mbit/s 2919 pps");
    }

    @Test
    void tellsWhatTheLimitIsIfItIsNotTheLink() {
        assertThat(SearchText.of(report(
                        64,
                        found(0, 1.25e9, Limit.HIGHEST_RATE),
                        found(0.001, 30e6, Limit.THIS_MACHINE),
                        found(0.01, 30e6, Limit.SERVER_OR_QUEUE),
                        nothing(0.02, Limit.LOWEST_RATE),
                        nothing(0.03, Limit.THIS_MACHINE),
                        nothing(0.04, null),
                        found(0.05, 20e6, null))))
                .isEqualTo("64: NDR 1.25 Gbit/s 3396739 pps (the highest rate),"
                        + " PDR 0.1 % 29.97 Mbit/s 81440 pps (limited by this machine),"
                        + " PDR 1 % 29.7 Mbit/s 80707 pps (no more came),"
                        + " PDR 2 % below 100 kbit/s, PDR 3 % below 100 kbit/s (limited by this machine),"
                        + " PDR 4 % unknown, PDR 5 % 19 Mbit/s 51630 pps so far");
    }

    @Test
    void isReadBack() {
        String message = "512: NDR 1.25 Gbit/s 316 pps (the highest rate), PDR 0.5 % below 500 bit/s;"
                + " 1518: NDR unknown, PDR 0.5 % 35.02 Mbit/s 2919 pps so far";
        List<SearchText.Found> found = SearchText.parse(message);
        assertThat(found).extracting(SearchText.Found::size).containsExactly(512, 512, 1518, 1518);
        assertThat(found).extracting(SearchText.Found::name).containsExactly("NDR", "PDR 0.5 %", "NDR", "PDR 0.5 %");
        assertThat(found)
                .extracting(each -> each.bitsPerSecond().orElse(0))
                .containsExactly(1_250_000_000L, 0L, 0L, 35_020_000L);
        assertThat(found)
                .extracting(SearchText.Found::note)
                .containsExactly("the highest rate", "below 500 bit/s", "", "so far");
        assertThat(SearchText.parse("the search was stopped; until then: " + message))
                .isEqualTo(found);
        assertThat(SearchText.parse("rx 1.0 Mbit/s, tx 0 bit/s, lost 0")).isEmpty();
        assertThat(SearchText.parse(null)).isEmpty();
    }

    @Test
    void theJsonHasTheSame() throws IOException {
        SearchReport report = report(1518, found(0, 34e6, Limit.LINK), nothing(0.005, null));
        JsonNode json = new ObjectMapper().readTree(SearchJson.of(report, "OK", "message"));
        assertThat(json.at("/finished").asBoolean()).isFalse();
        assertThat(json.at("/settings/precisionPercent").asDouble()).isEqualTo(1);
        assertThat(json.at("/sizes/0/seconds").asDouble()).isEqualTo(138.5);
        JsonNode goal = json.at("/sizes/0/goals/0");
        assertThat(goal.at("/bitsPerSecond").asLong()).isEqualTo(34_000_000);
        assertThat(goal.at("/packetsPerSecond").asLong()).isEqualTo(2833);
        assertThat(goal.at("/upperBitsPerSecond").asLong()).isEqualTo(34_340_000);
        assertThat(goal.at("/limitedBy").asText()).isEqualTo("link");
        assertThat(json.at("/sizes/0/goals/1/bitsPerSecond").isNull()).isTrue();
        assertThat(json.at("/sizes/0/goals/1/limitedBy").isNull()).isTrue();
    }
}
