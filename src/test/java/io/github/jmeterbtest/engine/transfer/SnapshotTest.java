package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnapshotTest {
    @Test
    void aDifferenceIsThatOfEachCounter() {
        Snapshot before = new Snapshot(1, 2, 3, 4, 5, 6, 7);
        Snapshot now = new Snapshot(11, 22, 33, 44, 55, 66, 77);
        assertThat(now.minus(before)).isEqualTo(new Snapshot(10, 20, 30, 40, 50, 60, 70));
    }

    @Test
    void lossThatWasTakenBackNeverMakesALaterIntervalNegative() {
        Snapshot before = new Snapshot(1000, 2000, 10, 20, 5, 3, 1);
        Snapshot takenBack = new Snapshot(1500, 2700, 14, 29, 3, 5, 1);
        assertThat(takenBack.after(before)).isEqualTo(new Snapshot(1500, 2700, 14, 29, 5, 5, 1));
        Snapshot lostMore = new Snapshot(1500, 2700, 14, 29, 7, 5, 1);
        assertThat(lostMore.after(before)).isEqualTo(lostMore);
    }
}
