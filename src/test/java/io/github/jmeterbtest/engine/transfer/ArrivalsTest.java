package io.github.jmeterbtest.engine.transfer;

import static io.github.jmeterbtest.engine.report.IntervalReport.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statuses of peers with clocks and numbers of their own, on paths that hold them up. */
class ArrivalsTest {
    private static final long MILLISECOND = 1_000_000;

    private final Arrivals arrivals = new Arrivals(false);

    /** @param millis when it comes */
    private void status(long sequence, long bytes, long millis) {
        arrivals.add(sequence, bytes, millis * MILLISECOND);
    }

    private long[] seconds() {
        return LongStream.rangeClosed(1, arrivals.end())
                .map(second -> arrivals.received(second, second))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {-200, 0, 30, 600})
    void eachStatusTellsOfTheSecondThatEndsWhenItComes(long late) {
        for (int i = 1; i <= 20; i++) {
            status(i, i, 1000L * i + late);
            assertThat(arrivals.received(i, i)).as("at once").isEqualTo(i);
        }
        assertThat(seconds()).containsExactly(LongStream.rangeClosed(1, 20).toArray());
        assertThat(arrivals.received(2, 4)).isEqualTo(9);
        assertThat(arrivals.received(20, 21)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 100, 0xFFFF_0000L})
    void theNumberOfTheFirstDoesNotMatter(long first) {
        for (int i = 0; i < 20; i++) {
            status(first + i, 10 + i, 1000L * (i + 1));
        }
        assertThat(seconds()).containsExactly(LongStream.rangeClosed(10, 29).toArray());
    }

    /** The last one is a second early by its number, so those before it have been late, as far as is still open. */
    @Test
    void twoStatusesOfOneSecondAddUp() {
        for (int i = 1; i <= 7; i++) {
            status(i, 10L * i, 1000L * i);
        }
        status(8, 80, 7100);
        assertThat(seconds()).containsExactly(10 + 20, 30, 40, 50, 60, 70, 80);
    }

    /** The ones between may have been data that looked alike, so what they said is not known. */
    @Test
    void whereStatusesStandInLineAMissedOneLeavesItsSecondUnknown() {
        Arrivals inLine = new Arrivals(true);
        inLine.add(1, 100, 1000 * MILLISECOND);
        inLine.add(4, 70, 4000 * MILLISECOND);
        assertThat(inLine.received(1, 1)).isEqualTo(100);
        assertThat(inLine.received(2, 2)).isEqualTo(UNKNOWN);
        assertThat(inLine.received(3, 3)).isEqualTo(UNKNOWN);
        assertThat(inLine.received(4, 4)).isEqualTo(70);
    }

    @Test
    void aStatusAtTheVeryStartTellsOfNoSecond() {
        status(1, 0, 2);
        assertThat(arrivals.end()).isZero();
        status(2, 7, 1002);
        status(3, 8, 2002);
        assertThat(seconds()).containsExactly(7, 8);
    }

    /** TCP sends again what was lost, and what came behind it is handed over with it. */
    @Test
    void theBurstAfterAnOutageTellsOfTheSecondsOfTheOutage() {
        status(1, 100, 1000);
        status(2, 50, 5300);
        assertThat(arrivals.received(2, 2))
                .as("a peer that was held up looks the same")
                .isEqualTo(12);
        status(3, 0, 5301);
        status(4, 0, 5302);
        status(5, 70, 5303);
        assertThat(seconds()).containsExactly(100, 50, 0, 0, 70);
        status(6, 100, 6000);
        assertThat(seconds()).containsExactly(100, 50, 0, 0, 70, 100);
    }

    @Test
    void aPeerThatLeftOutABeatIsUnderstoodFromThenOn() {
        status(1, 100, 1000);
        status(2, 100, 2000);
        status(3, 230, 4300);
        for (int second = 5; second <= 20; second++) {
            status(second - 1, 100, 1000L * second);
        }
        assertThat(seconds()).hasSize(20).startsWith(100, 100, 115, 115, 100).endsWith(100, 100);
        assertThat(arrivals.averageBitsPerSecond(1, arrivals.end(), Long.MAX_VALUE))
                .isEqualTo((19 * 100 + 130) * 8 / 20.0);
    }

    @Test
    void aSlowClockMakesTwoSecondsOfAStatusNowAndThen() {
        for (int i = 1; i <= 200; i++) {
            status(i, 105, 1050L * i);
        }
        assertThat(LongStream.of(seconds()).boxed())
                .hasSize(210)
                .allMatch(bytes -> bytes == 105 || bytes == 52 || bytes == 53);
        assertThat(arrivals.averageBitsPerSecond(1, arrivals.end(), Long.MAX_VALUE))
                .isEqualTo(800);
    }

    /** The data before them in the socket's buffers takes longer and longer to go out. */
    @Test
    void statusesThatStandInLineAreTakenByTheirNumber() {
        Arrivals inLine = new Arrivals(true);
        for (int i = 1; i <= 20; i++) {
            inLine.add(i, i, (1000L * i + Math.min(2500, 300 * i)) * MILLISECOND);
        }
        assertThat(inLine.end()).isEqualTo(20);
        assertThat(inLine.received(1, 1)).isEqualTo(1);
        assertThat(inLine.received(20, 20)).isEqualTo(20);
    }

    @Test
    void whatWasMissedInTheStreamIsNotKnown() {
        Arrivals inLine = new Arrivals(true);
        inLine.add(2, 20, 2000 * MILLISECOND);
        inLine.add(3, 30, 3000 * MILLISECOND);
        inLine.add(6, 60, 6000 * MILLISECOND);
        assertThat(LongStream.rangeClosed(1, 6).map(second -> inLine.received(second, second)))
                .containsExactly((long) UNKNOWN, 20L, 30L, (long) UNKNOWN, (long) UNKNOWN, 60L);
        assertThat(inLine.averageBitsPerSecond(1, inLine.end(), Long.MAX_VALUE)).isEqualTo(110 * 8 / 3.0);
        assertThat(inLine.averageBitsPerSecond(4, inLine.end(), Long.MAX_VALUE)).isEqualTo(480);
    }

    /** A test need not end with a whole second: what its last status tells of is then what came in a part of one. */
    @Test
    void theLastSecondCountsForAsMuchOfItAsWasSentIn() {
        status(1, 100, 1000);
        status(2, 80, 2000);
        assertThat(arrivals.averageBitsPerSecond(1, arrivals.end(), 1800 * MILLISECOND))
                .isEqualTo(800);
        assertThat(arrivals.averageBitsPerSecond(2, arrivals.end(), 1800 * MILLISECOND))
                .isEqualTo(800);
        assertThat(arrivals.averageBitsPerSecond(1, arrivals.end(), 2000 * MILLISECOND))
                .isEqualTo(720);
    }

    /** A peer that is lost did not receive anything in the seconds that it never reported. */
    @Test
    void secondsBehindTheLastReportCountAsEmptyWhereAsked() {
        status(1, 100, 1000);
        status(2, 100, 2000);
        assertThat(arrivals.averageBitsPerSecond(1, 4, 4000 * MILLISECOND)).isEqualTo(400);
        assertThat(arrivals.averageBitsPerSecond(3, 4, 4000 * MILLISECOND)).isZero();
    }

    @Test
    void withoutAStatusNothingIsKnown() {
        assertThat(arrivals.received(1, 1)).isEqualTo(UNKNOWN);
        assertThat(arrivals.averageBitsPerSecond(1, arrivals.end(), Long.MAX_VALUE))
                .isEqualTo(UNKNOWN);
    }

    /** A peer may say what it likes; it must not cost memory. */
    @Test
    void wildNumbersNeverLeadBeyondTheSecondInWhichTheyCome() {
        long[] wild = {0xFFFF_FFFFL, 0, 5, 0x8000_0000L, 1, 0xFFFF_FFFEL, 7, 7, 7, 0};
        for (int i = 0; i < wild.length; i++) {
            status(wild[i], 1, 1000L * (i + 1));
        }
        assertThat(arrivals.end()).isLessThanOrEqualTo(10);
    }
}
