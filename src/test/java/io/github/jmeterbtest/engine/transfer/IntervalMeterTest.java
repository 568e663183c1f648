package io.github.jmeterbtest.engine.transfer;

import static io.github.jmeterbtest.engine.transfer.Upload.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Intervals of a second, of which a second and a half are omitted, for four seconds and a half. */
class IntervalMeterTest {
    private static final Timing TIMING =
            new Timing(Duration.ofMillis(4500), Duration.ofMillis(1500), Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final SimulatedTransfer transfer = new SimulatedTransfer(new SimulatedClock(), false) {
        @Override
        long hostDroppedPackets(long newlyLost) {
            return 10 * newlyLost;
        }
    };
    private final IntervalMeter meter = new IntervalMeter(transfer, new SpeedCaps(0, 0, 1500), TIMING);

    @BeforeEach
    void start() {
        transfer.receives(() -> 100);
        meter.start();
    }

    private Interval close(long millis, long rxBytes, long lost) {
        Snapshot counters = new Snapshot(rxBytes, 2 * rxBytes, 0, 0, lost, 0, 0);
        return meter.close(new TimedSnapshot(millis * SECOND / 1000, counters));
    }

    private long nextEndMillis() {
        return meter.nextEnd() * 1000 / SECOND;
    }

    @Test
    void eachHasWhatWasCountedSinceTheOneBefore() {
        Interval first = close(1001, 1100, 3);
        assertThat(first.index()).isZero();
        assertThat(first.from()).isZero();
        assertThat(first.to()).isEqualTo(1_001_000_000);
        assertThat(first.counted().rxBytes())
                .as("without what came before the start")
                .isEqualTo(1000);
        assertThat(first.counted().lost()).isEqualTo(3);
        assertThat(first.hostDropped()).isEqualTo(30);
        assertThat(first.cpuLimited())
                .as("both directions are as fast as they may be")
                .isFalse();

        Interval second = close(2000, 1300, 2);
        assertThat(second.index()).isEqualTo(1);
        assertThat(second.from()).isEqualTo(first.to()).isNotEqualTo(second.to());
        assertThat(second.counted().rxBytes()).isEqualTo(200);
        assertThat(second.counted().lost()).as("one was taken back").isZero();

        assertThat(close(3000, 1300, 4).counted().lost())
                .as("set off against the one")
                .isEqualTo(1);
        assertThat(meter.closedAt()).isEqualTo(3 * SECOND);
    }

    @Test
    void endsDoNotMoveWhenOneIsLate() {
        assertThat(meter.closedAt()).isZero();
        assertThat(nextEndMillis()).isEqualTo(1000);
        close(1300, 0, 0);
        assertThat(nextEndMillis()).isEqualTo(2000);
        close(1999, 0, 0);
        assertThat(nextEndMillis()).as("of the interval that has begun").isEqualTo(3000);
        close(3000, 0, 0);
        assertThat(nextEndMillis()).isEqualTo(4000);
        close(4000, 0, 0);
        assertThat(nextEndMillis()).as("with the test").isEqualTo(4500);
    }

    @Test
    void aStallMakesOneLongInterval() {
        close(1000, 0, 0);
        Interval stalled = close(3200, 0, 0);
        assertThat(stalled.index()).isEqualTo(1);
        assertThat(stalled.to() - stalled.from()).isEqualTo(2_200_000_000L);
        assertThat(nextEndMillis()).isEqualTo(4000);
        assertThat(close(4000, 0, 0).index()).isEqualTo(3);
    }

    @Test
    void omittedAreThoseOfWhichMoreThanHalfIs() {
        assertThat(close(1000, 0, 0).omitted()).isTrue();
        assertThat(close(2000, 0, 0).omitted()).as("just half").isFalse();
        assertThat(close(3000, 0, 0).omitted()).isFalse();
    }
}
