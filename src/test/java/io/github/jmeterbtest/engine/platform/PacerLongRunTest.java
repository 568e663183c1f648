package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender as ours are, that parks until the next unit is due. */
class PacerLongRunTest {
    private static final Duration WEEK = Duration.ofDays(7);

    private final SimulatedClock clock = new SimulatedClock();
    private long sent;

    /** Sends what is due until that time, the moment itself excluded. */
    private void sendUntil(Duration end, Pacer pacer, int unit) {
        while (clock.elapsed() < end.toNanos()) {
            long wait = pacer.nanosUntilDue(clock.nanoTime());
            if (wait > 0) {
                clock.parkNanos(Math.min(wait, end.toNanos() - clock.elapsed()));
            } else {
                pacer.sent(unit);
                sent++;
            }
        }
    }

    /** Whatever the rate, and on a machine that wakes late as well. The first unit is due half a unit late. */
    @ParameterizedTest
    @CsvSource({
        "12000, 1500, 0",
        "100000, 1500, 0",
        "100000, 1500, 7",
        "1000000000, 62500000, 0",
        "4294967295, 64000000, 0",
        "400000000000, 2000000000, 11"
    })
    void aWeekHoldsRateTimesTimeToTheUnit(long rate, int unit, long lateMillis) {
        clock.wakeLate(Duration.ofMillis(lateMillis));
        Pacer pacer = new Pacer(rate, unit);
        pacer.start(clock.nanoTime());
        sendUntil(WEEK, pacer, unit);
        assertThat(sent).isEqualTo(Math.round(rate / 8.0 * WEEK.toSeconds() / unit));
    }

    /** A unit each millisecond, 26 of them due at once after a stall of 25 ms. */
    @ParameterizedTest
    @CsvSource({"25, 0", "26, 1", "40, 15", "3600000, 3599975"})
    void whatIsDueForLongerThan25MillisecondsIsForgotten(long stallMillis, long forgotten) {
        Pacer pacer = new Pacer(8_000_000, 1000);
        pacer.start(clock.nanoTime());
        sendUntil(Duration.ofSeconds(1), pacer, 1000);
        clock.parkNanos(pacer.nanosUntilDue(clock.nanoTime()));
        long before = sent;
        clock.advance(Duration.ofMillis(stallMillis));
        while (pacer.nanosUntilDue(clock.nanoTime()) <= 0) {
            pacer.sent(1000);
            sent++;
        }
        assertThat(sent - before).as("at once").isEqualTo(26);
        Duration end = Duration.ofSeconds(2).plusMillis(stallMillis);
        sendUntil(end, pacer, 1000);
        assertThat(sent).as("in all").isEqualTo(end.toMillis() - forgotten);
    }

    @Test
    void aRateThatChangesEachSecondIsHeldInEachOfThemForADay() {
        Pacer pacer = new Pacer(8_000_000, 1000);
        pacer.start(clock.nanoTime());
        for (int second = 1; second <= Duration.ofDays(1).toSeconds(); second++) {
            long rate = second % 2 == 0 ? 80_000 : 160_000;
            pacer.setRate(rate);
            sent = 0;
            sendUntil(Duration.ofSeconds(second), pacer, 1000);
            assertThat(sent).isEqualTo(rate / 8000);
        }
    }

    /** The number of nanoseconds is one that may wrap. */
    @Test
    void aUnitThatIsDueBehindTheWrapWaitsForTheCommonTickAsAnyOther() {
        long now = Long.MAX_VALUE - 100_000;
        Pacer pacer = new Pacer(2_000_000, 1500);
        pacer.start(now);
        long due = now + pacer.nanosUntilDue(now);
        assertThat(due).isNegative();
        assertThat(Math.floorMod(due, 1_000_000L)).isZero();
    }
}
