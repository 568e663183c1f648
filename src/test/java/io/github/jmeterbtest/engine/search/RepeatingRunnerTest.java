package io.github.jmeterbtest.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepeatingRunnerTest {
    private static final Duration LENGTH = Duration.ofSeconds(1);

    private final SimulatedLink link = new SimulatedLink(35e6);
    private final List<ErrorKind> pauses = new ArrayList<>();
    private int trials;

    private TrialRunner failing(int times, ErrorKind kind) {
        return new RepeatingRunner(
                (rate, length) -> {
                    if (++trials <= times) {
                        throw new BtestException(kind, "no answer " + trials);
                    }
                    return link.run(rate, length);
                },
                failure -> pauses.add(failure.kind()));
    }

    @Test
    void whatCanBeMeasuredIsMeasuredOnce() throws BtestException {
        assertThat(failing(0, ErrorKind.IO).run(1000, LENGTH)).isPresent();
        assertThat(trials).isEqualTo(1);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT_TIMEOUT", "CONNECT_REFUSED", "HANDSHAKE_TIMEOUT", "PEER_LOST", "PROTOCOL", "IO"})
    void aTrialThatCannotBeMeasuredIsRepeatedAfterAPause(ErrorKind kind) throws BtestException {
        assertThat(failing(1, kind).run(1000, LENGTH)).isPresent();
        assertThat(link.wanted).containsExactly(1000L);
        assertThat(pauses).containsExactly(kind);
    }

    @Test
    void aSecondFailureIsTheEnd() {
        TrialRunner runner = failing(9, ErrorKind.CONNECT_TIMEOUT);
        assertThatThrownBy(() -> runner.run(1000, LENGTH)).hasMessage("no answer 2");
        assertThat(trials).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "INVALID_OPTION",
                "AUTHENTICATION_FAILED",
                "AUTHENTICATION_NOT_OFFERED",
                "CREDENTIALS_MISSING",
                "STOPPED"
            })
    void whatWouldFailAgainIsNotRepeated(ErrorKind kind) {
        TrialRunner runner = failing(9, kind);
        assertThatThrownBy(() -> runner.run(1000, LENGTH)).hasMessage("no answer 1");
        assertThat(pauses).isEmpty();
    }

    @Test
    void theSearchGoesOnAfterAFailureNowAndThen() throws BtestException {
        TrialRunner runner = new RepeatingRunner(
                (rate, length) -> {
                    if (++trials % 2 == 0) {
                        throw new BtestException(ErrorKind.CONNECT_TIMEOUT, "no answer");
                    }
                    return Optional.of(link.run(rate, length).orElseThrow());
                },
                failure -> pauses.add(failure.kind()));
        ThroughputSearch search = new ThroughputSearch(
                new SearchSettings(List.of(0.0), 100_000, 1_000_000_000, 0.01, LENGTH, Duration.ofSeconds(60), 100));
        search.run(runner);
        assertThat(search.result().finished()).isTrue();
        assertThat(pauses).isNotEmpty();
    }
}
