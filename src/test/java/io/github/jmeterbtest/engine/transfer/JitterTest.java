package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JitterTest {
    private static final double MILLI = 1e6;
    /** A little before the numbers wrap, and the clock. */
    private static final int FIRST = Integer.MAX_VALUE - 100;

    private static final long START = Long.MAX_VALUE - 50_000_000;

    private final Jitter jitter = new Jitter();

    /** @param millis after the start */
    private void comes(int number, double millis) {
        jitter.received(FIRST + number, START + Math.round(millis * MILLI));
    }

    private void evenly(int count, double spacingMillis) {
        for (int i = 0; i < count; i++) {
            comes(i, i * spacingMillis);
        }
    }

    @Test
    void whatComesEvenlyHasNone() {
        evenly(1000, 12);
        assertThat(jitter.nanos()).isEqualTo(0, within(1.0));
    }

    @Test
    void beforeTheSpacingIsKnownNothingIs() {
        evenly(Jitter.MIN_DATAGRAMS, 1);
        assertThat(jitter.nanos()).isNaN();
        comes(Jitter.MIN_DATAGRAMS, Jitter.MIN_DATAGRAMS);
        assertThat(jitter.nanos()).isZero();
    }

    /** Every second one is late by 1 ms, so that each comes 1 ms too late or too early after the one before. */
    @Test
    void itGrowsToTheDifferenceThatNeighboursHave() {
        for (int i = 0; i < 10_000; i++) {
            comes(i, i * 10.0 + i % 2);
        }
        assertThat(jitter.nanos()).isEqualTo(MILLI, within(0.01 * MILLI));
    }

    /** RFC 3550: J += (|D| - J) / 16. */
    @Test
    void oneThatIsLateCountsASixteenthAndThenFades() {
        evenly(10_000, 1);
        comes(10_000, 10_000 + 16);
        assertThat(jitter.nanos()).isEqualTo(MILLI, within(0.01 * MILLI));
        comes(10_001, 10_001 + 16);
        assertThat(jitter.nanos()).isEqualTo(15 * MILLI / 16, within(0.01 * MILLI));
    }

    /** Their numbers say how long the source has been sending. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100})
    void whatIsLostIsNoJitter(int each) {
        for (int i = 0; i < 100_000; i++) {
            if (i % each != 1) {
                comes(i, i);
            }
        }
        assertThat(jitter.nanos()).isEqualTo(0, within(1.0));
    }

    @Test
    void twoThatComeInTheWrongOrderAreLateAndEarly() {
        evenly(1000, 1);
        comes(1001, 1000);
        comes(1000, 1001);
        double first = MILLI / 16;
        assertThat(jitter.nanos()).isEqualTo(first + (2 * MILLI - first) / 16, within(0.01 * MILLI));
    }

    @Test
    void aSourceThatStartsAgainStartsAgain() {
        evenly(100, 1);
        for (int i = 0; i < 100; i++) {
            comes(i - FIRST, 500 + i * 3.0);
        }
        assertThat(jitter.nanos()).isEqualTo(0, within(1.0));
    }

    /** Of two independent delays of up to 1 ms, the difference is a third of that on average. */
    @Test
    void aRandomDelayShowsAsAThirdOfItsRange() {
        Random random = new Random(15);
        double sum = 0;
        int count = 100_000;
        for (int i = 0; i < count; i++) {
            comes(i, i * 10.0 + random.nextDouble());
            sum += Double.isNaN(jitter.nanos()) ? 0 : jitter.nanos();
        }
        assertThat(sum / count).isEqualTo(MILLI / 3, within(0.02 * MILLI));
    }
}
