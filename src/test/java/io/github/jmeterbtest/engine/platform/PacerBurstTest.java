package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sender that can send 64 packets at once, on a clock that only the test moves. */
class PacerBurstTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLISECOND = 1_000_000;
    private static final int PACKET = 1500;
    private static final int MAX = 64;

    private long now = -5 * SECOND;
    private int longestBurst;

    /** Up to twice as many as the rate carries in 100 µs, and no more than the sender can send. */
    @ParameterizedTest
    @CsvSource({
        "1000000, 1",
        "100000000, 1",
        "239000000, 1",
        "250000000, 4",
        "1000000000, 16",
        "3000000000, 50",
        "40000000000, 64"
    })
    void aBurstIsNoLongerThanTheRateCarriesIn200Micros(long rate, int longest) {
        Pacer pacer = new Pacer(rate, PACKET);
        long sent = send(pacer, 150_000, SECOND);
        assertThat(longestBurst).isBetween(1, longest);
        assertThat(sent).isCloseTo(rate / 8, within(Math.max(2 * PACKET, Math.round(rate / 8.0 * 400 / 1_000_000))));
    }

    /** A timer that is exact gives bursts of 100 µs. */
    @Test
    void sendsAsSoonAsTheRateOf100MicrosIsDue() {
        Pacer pacer = new Pacer(1_200_000_000, PACKET);
        long first = pacer.nanosUntilDue(now, MAX);
        // the first packet is due after half a packet's 10 µs
        assertThat(first).isEqualTo(95_000);
        now += first;
        assertThat(pacer.nanosUntilDue(now, MAX)).isZero();
        assertThat(pacer.unitsDue(now, MAX)).isEqualTo(10);
        pacer.sent(10 * PACKET);
        assertThat(pacer.nanosUntilDue(now, MAX)).isEqualTo(100_000);
    }

    @Test
    void whatAStallMissedIsMadeUpForInSmallPieces() {
        Pacer pacer = new Pacer(1_200_000_000, PACKET);
        send(pacer, 1000, SECOND);
        longestBurst = 0;
        now += 20 * MILLISECOND;
        assertThat(send(pacer, 1000, 80 * MILLISECOND)).isCloseTo(15_000_000L, within(40_000L));
        assertThat(longestBurst).isEqualTo(20);
    }

    @Test
    void withoutALimitAllThatFitsIsDue() {
        Pacer pacer = new Pacer(Pacer.UNLIMITED, PACKET);
        assertThat(pacer.nanosUntilDue(now, MAX)).isLessThanOrEqualTo(0);
        assertThat(pacer.unitsDue(now, MAX)).isEqualTo(MAX);
    }

    /** 100,000 packets a second at the start of an unlimited test are ten in 100 µs. */
    @Test
    void aLimitedInitialRateLimitsTheBursts() {
        Pacer pacer = new Pacer(Pacer.UNLIMITED, PACKET);
        pacer.limitInitialRate(1_200_000_000, now + SECOND);
        assertThat(send(pacer, 1000, SECOND)).isCloseTo(150_000_000L, within(30_000L));
        assertThat(longestBurst).isBetween(10, 20);
    }

    @ParameterizedTest
    @CsvSource({"1000000", "1000000000", "40000000000"})
    void oneThatSendsOneByOneIsToldOfEachPacket(long rate) {
        Pacer pacer = new Pacer(rate, PACKET);
        Pacer other = new Pacer(rate, PACKET);
        for (int i = 0; i < 100; i++) {
            assertThat(pacer.nanosUntilDue(now, 1)).isEqualTo(other.nanosUntilDue(now));
            assertThat(pacer.unitsDue(now, 1)).isEqualTo(1);
            pacer.sent(PACKET);
            other.sent(PACKET);
            now += 1000;
        }
    }

    /** Sleeps as long as the pacer says, rounded up to the timer. */
    private long send(Pacer pacer, long timer, long duration) {
        long end = now + duration;
        long sent = 0;
        while (now < end) {
            long wait = pacer.nanosUntilDue(now, MAX);
            if (wait > 0) {
                now += (wait + timer - 1) / timer * timer;
                continue;
            }
            int units = pacer.unitsDue(now, MAX);
            longestBurst = Math.max(longestBurst, units);
            pacer.sent((double) units * PACKET);
            sent += (long) units * PACKET;
        }
        return sent;
    }
}
