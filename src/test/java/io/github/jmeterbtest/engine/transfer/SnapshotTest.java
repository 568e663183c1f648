package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SnapshotTest {
    @Test
    void lossThatWasTakenBackNeverMakesALaterIntervalNegative() {
        Snapshot before = new Snapshot(1000, 2000, 10, 20, 5, 3, 1);
        Snapshot takenBack = new Snapshot(1500, 2700, 14, 29, 3, 5, 1);
        assertThat(takenBack.after(before)).isEqualTo(new Snapshot(1500, 2700, 14, 29, 5, 5, 1));
        Snapshot lostMore = new Snapshot(1500, 2700, 14, 29, 7, 5, 1);
        assertThat(lostMore.after(before)).isEqualTo(lostMore);
    }
}
