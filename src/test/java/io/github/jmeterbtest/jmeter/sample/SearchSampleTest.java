package io.github.jmeterbtest.jmeter.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.search.GoalResult;
import io.github.jmeterbtest.engine.search.Limit;
import io.github.jmeterbtest.engine.search.Observation;
import io.github.jmeterbtest.engine.search.SearchResult;
import io.github.jmeterbtest.engine.search.SearchSettings;
import io.github.jmeterbtest.engine.search.Trial;
import io.github.jmeterbtest.protocol.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.Test;

/** What passes *Minimum rate*. */
class SearchSampleTest {
    private static final long WANTED = 100_000_000;
    private static final SearchSettings SETTINGS = new SearchSettings(
            List.of(0.005), 100_000, WANTED, 0.01, Duration.ofSeconds(1), Duration.ofSeconds(60), 50);

    private double offered = (double) WANTED;
    private double loss;
    private boolean finished = true;
    private Optional<SearchReport.Problem> problem = Optional.empty();

    /** {@return why the sample fails; null if it passes} */
    private String failure(long minimum) {
        Trial best = new Trial(
                (double) WANTED, Duration.ofSeconds(60), new Observation(offered, 1e6, 0, loss, Limit.SERVER_OR_QUEUE));
        GoalResult goal = new GoalResult(
                0.005,
                Optional.of(best),
                OptionalDouble.empty(),
                finished ? Optional.of(Limit.HIGHEST_RATE) : Optional.empty(),
                finished);
        SearchReport.OfSize size = new SearchReport.OfSize(
                new PacketSize(1518, PacketSize.Layer.FRAME), new SearchResult(List.of(goal), List.of()), 60, problem);
        SearchReport report = new SearchReport(
                "192.0.2.1 port 2000", Direction.RECEIVE, SETTINGS, Instant.EPOCH, List.of(size), true);
        SampleResult sample = new SampleResult();
        sample.setSuccessful(true);
        SearchSample.requireRate(sample, report, OptionalLong.of(minimum));
        assertThat(sample.isSuccessful()).isEqualTo(sample.getFirstAssertionFailureMessage() == null);
        return sample.getFirstAssertionFailureMessage();
    }

    /** A pacer may send up to 1 % less and still prove the rate. */
    @Test
    void aRateThatIsProvenPassesThoughALittleLessWasOffered() {
        offered = 99.6e6;
        assertThat(failure(WANTED)).isNull();
    }

    @Test
    void whatWasLostDoesNotCount() {
        loss = 0.004;
        assertThat(failure(99_600_000)).isNull();
        assertThat(failure(99_600_001))
                .isEqualTo(
                        "packets of 1518 bytes, PDR 0.5 %: wanted at least 99.600001 Mbit/s, measured 99.6 Mbit/s (the highest rate)");
    }

    @Test
    void aRateThatWasNotOfferedIsNotProven() {
        offered = 98.5e6;
        assertThat(failure(WANTED)).endsWith("wanted at least 100 Mbit/s, measured 98.5 Mbit/s (the highest rate)");
    }

    @Test
    void aResultThatIsNotFinishedDoesNotPass() {
        finished = false;
        assertThat(failure(1_000_000))
                .isEqualTo(
                        "packets of 1518 bytes, PDR 0.5 %: wanted at least 1 Mbit/s, measured 100 Mbit/s so far, but the search is not finished");
    }

    @Test
    void aResultThatWasFoundBeforeAnErrorPasses() {
        problem = Optional.of(new SearchReport.Problem("CONNECT_TIMEOUT", "no answer"));
        assertThat(failure(WANTED)).isNull();
    }
}
