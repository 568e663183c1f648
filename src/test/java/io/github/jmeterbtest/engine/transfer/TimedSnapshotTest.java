package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimedSnapshotTest {
    private final SimulatedClock clock = new SimulatedClock();
    private final SimulatedTransfer transfer = new SimulatedTransfer(clock, false);

    /** Reading the counters takes so many µs, each time another; they count the readings. */
    private TimedSnapshot read(Integer... micros) {
        Deque<Integer> left = new ArrayDeque<>(List.of(micros));
        long[] readings = new long[1];
        transfer.receives(() -> {
            clock.advance(Duration.ofNanos(left.remove() * 1000L));
            return ++readings[0];
        });
        TimedSnapshot snapshot = TimedSnapshot.of(transfer);
        assertThat(left).as("readings that were not needed").isEmpty();
        return snapshot;
    }

    @Test
    void timeAndCountersThatAreReadAtOnceAreTaken() {
        clock.advance(Duration.ofMillis(7));
        TimedSnapshot snapshot = read(50);
        assertThat(snapshot.nanos()).as("when the reading began").isEqualTo(7_000_000);
        assertThat(snapshot.counters().rxBytes()).isEqualTo(1);
    }

    @Test
    void aReadingThatWasHeldUpIsDoneAgain() {
        TimedSnapshot snapshot = read(60_000, 51, 10);
        assertThat(snapshot.nanos()).isEqualTo(60_051_000);
        assertThat(snapshot.counters().rxBytes()).isEqualTo(3);
    }

    @Test
    void ofTenReadingsTheShortestIsTaken() {
        TimedSnapshot snapshot = read(90, 80, 70, 60, 70, 60, 70, 80, 90, 100);
        assertThat(snapshot.nanos()).isEqualTo(240_000);
        assertThat(snapshot.counters().rxBytes()).isEqualTo(4);
    }
}
