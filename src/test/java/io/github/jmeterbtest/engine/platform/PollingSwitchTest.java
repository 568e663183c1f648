package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where exactly it switches, on a clock that wraps meanwhile. Alone, since all of the process share the spare cores.
 */
@Isolated
class PollingSwitchTest {
    private final SimulatedClock clock = new SimulatedClock();
    private boolean on;
    private final Polling polling = new Polling(poll -> on = poll);

    @BeforeEach
    void thereIsACoreToSpare() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
        clock.advance(Duration.ofMinutes(30).minusNanos(1_280_000));
    }

    @AfterEach
    void end() {
        polling.end();
    }

    /** A round of 128 datagrams. */
    private void round(long nanos) throws IOException {
        for (int i = 0; i < 128; i++) {
            clock.advance(Duration.ofNanos(nanos / 128));
            polling.received(clock.nanoTime());
        }
    }

    @ParameterizedTest
    @CsvSource({"1279872, true", "1280000, false"})
    void aRoundInLessThan1280MicrosecondsIsFast(long nanos, boolean polls) throws IOException {
        round(128_000_000);
        round(nanos);
        assertThat(on).isEqualTo(polls);
    }

    @ParameterizedTest
    @CsvSource({"2560000, true", "2560128, false"})
    void oneInMoreThan2560IsSlow(long nanos, boolean polls) throws IOException {
        round(128_000_000);
        round(128_000);
        round(nanos);
        assertThat(on).isEqualTo(polls);
    }

    @Test
    void patienceWithAnEmptySocketLasts100Microseconds() throws IOException {
        round(128_000_000);
        round(128_000);
        polling.nothing(clock.nanoTime());
        clock.advance(Duration.ofNanos(100_000));
        polling.nothing(clock.nanoTime());
        assertThat(on).isTrue();
        clock.advance(Duration.ofNanos(1));
        polling.nothing(clock.nanoTime());
        assertThat(on).isFalse();
        assertThat(polling.waitedNanos()).isEqualTo(100_001);
    }
}
