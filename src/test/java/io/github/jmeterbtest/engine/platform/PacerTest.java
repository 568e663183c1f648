package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a clock that only the test moves. */
class PacerTest {

    private static final long SECOND = 1_000_000_000;
    private static final long MILLISECOND = 1_000_000;

    private long now = -5 * SECOND;

    @Test
    void withoutALimitBytesAreAlwaysDue() {
        Pacer pacer = new Pacer(Pacer.UNLIMITED, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(pacer.nanosUntilDue(now)).isLessThanOrEqualTo(0);
            pacer.sent(1 << 20);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 1500", "10000000, 1500", "1000000000, 1500", "4294967295, 64000", "96000, 1500", "8000, 1000"
    })
    void theRateIsHeldToThePacket(long rate, int packet) {
        long sent = send(new Pacer(rate, 0), packet, 1000, 2 * SECOND);
        assertThat(sent).isCloseTo(2 * rate / 8, within(2L * packet + rate / 8 / 1_000_000));
    }

    /** What is due by now is sent now: a sender that only wakes every 10 ms sends as much as one that never sleeps. */
    @ParameterizedTest
    @ValueSource(longs = {50_000, MILLISECOND, 10 * MILLISECOND, 20 * MILLISECOND})
    void aCoarseTimerDoesNotSlowTheSender(long timer) {
        long sent = send(new Pacer(100_000_000, 0), 1500, timer, 3 * SECOND);
        assertThat(sent).isCloseTo(37_500_000L, within(100_000_000 / 8 * timer / SECOND + 2 * 1500));
    }

    /** Else a cut at a whole second would fall onto a packet, now before it and now behind it. */
    @Test
    void theFirstPacketIsDueHalfAPacketLate() {
        Pacer pacer = new Pacer(12_000_000, 1500);
        assertThat(pacer.nanosUntilDue(now)).isEqualTo(MILLISECOND / 2);
        assertThat(new Pacer(12_000, 1500).nanosUntilDue(now))
                .as("but not for long")
                .isEqualTo(SECOND / 10);
    }

    /** The middle of a packet of 1500 bytes is due after 0.25 ms at 24 Mbit/s. */
    @ParameterizedTest
    @CsvSource({"0, 250", "30000000, 250", "24000000, 250", "6000000, 1000"})
    void aLimitedInitialRateIsNoFasterThanTheRate(long rate, long micros) {
        Pacer pacer = new Pacer(rate, 1500);
        pacer.limitInitialRate(24_000_000, now + SECOND);
        assertThat(pacer.nanosUntilDue(now)).isEqualTo(micros * 1000);
    }

    @Test
    void aLimitedInitialRateEndsAtItsTime() {
        Pacer pacer = new Pacer(24_000_000, 1500);
        pacer.limitInitialRate(12_000_000, now + SECOND);
        assertThat(pacer.nanosUntilDue(now)).isEqualTo(500_000);
        assertThat(pacer.nanosUntilDue(now + SECOND)).isEqualTo(250_000);
        Pacer unlimited = new Pacer(Pacer.UNLIMITED, 1500);
        unlimited.limitInitialRate(12_000_000, now + SECOND);
        assertThat(unlimited.nanosUntilDue(now)).isEqualTo(500_000);
        assertThat(unlimited.nanosUntilDue(now + SECOND)).isZero();
    }

    /** A thread takes some milliseconds to start, which must not be missing from the first second. */
    @Test
    void theTimeThatTheSenderNeededToStartIsMadeUpFor() {
        Pacer pacer = new Pacer(8_000_000, 1000);
        pacer.start(now);
        now += 10 * MILLISECOND;
        assertThat(send(pacer, 1000, 1000, 90 * MILLISECOND)).isCloseTo(100_000L, within(1000L));
    }

    @Test
    void aLimitedStartHoldsForItsTimeAndNotLonger() {
        Pacer pacer = new Pacer(Pacer.UNLIMITED, 1000);
        pacer.start(now);
        now += 10 * MILLISECOND;
        pacer.limitInitialRate(80_000_000, now + 50 * MILLISECOND);
        assertThat(send(pacer, 1000, 1000, 50 * MILLISECOND)).isCloseTo(500_000L, within(1000L));
        assertThat(pacer.nanosUntilDue(now)).isLessThanOrEqualTo(0);
        pacer.sent(1_000_000_000);
        assertThat(pacer.nanosUntilDue(now)).isLessThanOrEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({"800000, 5000", "80000000, 500000", "800000000, 500000"})
    void aLimitedStartSlowsOnlyWhatIsFaster(long rate, long atStart) {
        Pacer pacer = new Pacer(rate, 1000);
        pacer.start(now);
        pacer.limitInitialRate(80_000_000, now + 50 * MILLISECOND);
        assertThat(send(pacer, 1000, 1000, 50 * MILLISECOND)).isCloseTo(atStart, within(1000L));
        assertThat(send(pacer, 1000, 1000, SECOND)).as("nothing is made up for").isCloseTo(rate / 8, within(1000L));
    }

    /** So that one timer wakes the senders of many slow tests. */
    @Test
    void unitsThatAreFarApartWaitForACommonTick() {
        now = 7 * SECOND + 123_456;
        Pacer slow = new Pacer(2_000_000, 1500);
        long first = now + slow.nanosUntilDue(now);
        assertThat(first).isEqualTo(7 * SECOND + 4 * MILLISECOND);
        Pacer faster = new Pacer(12_000_000, 1500);
        assertThat(now + faster.nanosUntilDue(now))
                .as("but close ones do not")
                .isEqualTo(7 * SECOND + 123_456 + MILLISECOND / 2);
    }

    @Test
    void withoutAUnitTheFirstPacketIsDueAtOnceAndTheSecondWhenTheFirstIsPaidFor() {
        Pacer pacer = new Pacer(12_000, 0);
        assertThat(pacer.nanosUntilDue(now)).isLessThanOrEqualTo(0);
        pacer.sent(1500);
        assertThat(pacer.nanosUntilDue(now)).isEqualTo(SECOND);
        assertThat(pacer.nanosUntilDue(now + SECOND - 1)).isEqualTo(1);
        assertThat(pacer.nanosUntilDue(now + SECOND)).isZero();
    }

    @Test
    void aChangedRateHoldsFromTheNextQuestionOn() {
        Pacer pacer = new Pacer(10_000_000, 0);
        send(pacer, 1000, 1000, SECOND);
        pacer.setRate(80_000_000);
        assertThat(pacer.rate()).isEqualTo(80_000_000);
        assertThat(send(pacer, 1000, 1000, SECOND)).isCloseTo(10_000_000L, within(5000L));
        pacer.setRate(800_000);
        assertThat(send(pacer, 1000, 1000, SECOND)).isCloseTo(100_000L, within(2000L));
    }

    @Test
    void whatWasSentWithoutALimitIsNoDebtOnceThereIsOne() {
        Pacer pacer = new Pacer(Pacer.UNLIMITED, 0);
        pacer.nanosUntilDue(now);
        pacer.sent(1_000_000_000);
        pacer.setRate(8_000_000);
        assertThat(send(pacer, 1000, 1000, SECOND)).isCloseTo(1_000_000L, within(2000L));
    }

    @ParameterizedTest
    @ValueSource(longs = {30 * MILLISECOND, SECOND, 3600 * SECOND})
    void ofWhatAStallMissedNoMoreIsMadeUpForThanOfAShortDelay(long stall) {
        Pacer pacer = new Pacer(8_000_000, 0);
        send(pacer, 1000, 1000, SECOND);
        now += stall;
        assertThat(send(pacer, 1000, 1000, 100 * MILLISECOND)).isCloseTo(125_000L, within(2000L));
    }

    /**
     * On a machine so busy that no sleep ends in time, the rate sinks by what is forgotten each time, not to nothing.
     */
    @ParameterizedTest
    @CsvSource({
        "24, 1500, 10000000",
        "26, 1500, 10000000",
        "26, 1500, 1000000",
        "26, 64000, 100000000",
        "40, 1500, 10000000"
    })
    void aSenderThatAlwaysWakesLateSendsMostOfItsRate(long late, int packet, long rate) {
        Pacer pacer = new Pacer(rate, packet);
        long end = now + 10 * SECOND;
        long sent = 0;
        while (now < end) {
            long wait = pacer.nanosUntilDue(now);
            if (wait > 0) {
                now += wait + late * MILLISECOND;
                continue;
            }
            pacer.sent(packet);
            sent += packet;
        }
        double atMostForgotten = Math.max(0, late - 25.0) / late;
        assertThat(sent).isCloseTo(10 * rate / 8, withinPercentage(100 * atMostForgotten + 2));
    }

    @Test
    void aShortDelayIsMadeUpFor() {
        Pacer pacer = new Pacer(8_000_000, 0);
        send(pacer, 1000, 1000, SECOND);
        now += 20 * MILLISECOND;
        assertThat(send(pacer, 1000, 1000, 80 * MILLISECOND)).isCloseTo(100_000L, within(2000L));
    }

    /** The rounding of hours must not add up. */
    @Test
    void theRateIsStillHeldAfterAWeek() {
        Pacer pacer = new Pacer(1_000_000_000, 0);
        long week = 7 * 24 * 3600L;
        assertThat(pacer.nanosUntilDue(now)).isLessThanOrEqualTo(0);
        for (long second = 1; second < week; second++) {
            pacer.sent(125_000_000);
            now += SECOND;
        }
        assertThat(pacer.nanosUntilDue(now)).isCloseTo(0, within(1000L));
    }

    /** A sender that sleeps as long as the pacer says, rounded up to its timer. */
    private long send(Pacer pacer, int packet, long timer, long duration) {
        long end = now + duration;
        long sent = 0;
        while (now < end) {
            long wait = pacer.nanosUntilDue(now);
            if (wait > 0) {
                now += (wait + timer - 1) / timer * timer;
                continue;
            }
            pacer.sent(packet);
            sent += packet;
        }
        return sent;
    }
}
