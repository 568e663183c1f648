package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchDropsTest {
    private static final int BATCH = 40;
    private static final long SECOND = 1_000_000_000;

    private final BatchDrops drops = new BatchDrops();
    private final BatchDrops.Source[] sources = {
        new BatchDrops.Source(), new BatchDrops.Source(), new BatchDrops.Source(), new BatchDrops.Source()
    };
    private int count = 1;
    private long now = 5 * SECOND;

    private void receive(int source, long dropped, long newlyLost) {
        drops.received(sources[source], BATCH, dropped, newlyLost, count, now);
    }

    private void receiveWithoutAGap(int source, int batches) {
        for (int i = 0; i < batches; i++) {
            receive(source, 0, 0);
        }
    }

    @Test
    void aGapBeforeABatchWithADropIsWhatWasDropped() {
        receiveWithoutAGap(0, 10);
        receive(0, 2, 2 * BATCH);
        assertThat(drops.explained()).isEqualTo(2 * BATCH);
    }

    /** How long a dropped batch was, its gap tells. */
    @Test
    void aDroppedBatchMayHaveBeenShort() {
        receiveWithoutAGap(0, 10);
        receive(0, 3, 70);
        assertThat(drops.explained()).isEqualTo(70);
    }

    @Test
    void aGapWithoutADropIsTheLinks() {
        receiveWithoutAGap(0, 10);
        receive(0, 0, 5);
        assertThat(drops.explained()).isZero();
    }

    @Test
    void noMoreIsExplainedThanTheDroppedBatchesHeld() {
        receiveWithoutAGap(0, 10);
        receive(0, 1, 100);
        assertThat(drops.explained()).isEqualTo(BATCH);
    }

    /** Else a duplicate that was dropped would explain a loss of the link much later. */
    @Test
    void aDropThatMakesNoGapExplainsNothingLater() {
        receiveWithoutAGap(0, 10);
        receive(0, 1, 0);
        receive(0, 0, 5);
        assertThat(drops.explained()).isZero();
    }

    @Test
    void whatIsLeftOfADropExplainsNothingLater() {
        receiveWithoutAGap(0, 10);
        receive(0, 5, 10);
        receive(0, 0, 7);
        assertThat(drops.explained()).isEqualTo(10);
    }

    /** A batch of one source was dropped; the system tells it with the next batch of another. */
    @Test
    void ofSeveralSourcesTheGapMayShowMuchLater() {
        count = 4;
        receiveWithoutAGap(1, 1);
        receive(0, 3, BATCH);
        receiveWithoutAGap(0, 1000);
        receiveWithoutAGap(1, 1000);
        receive(2, 0, BATCH);
        receive(3, 0, BATCH);
        assertThat(drops.explained()).isEqualTo(3 * BATCH);
    }

    @Test
    void onceAllSourcesWereHeardADropIsForgotten() {
        count = 4;
        receiveWithoutAGap(1, 1);
        receive(0, 3, BATCH);
        receive(1, 0, 0);
        receive(2, 0, BATCH);
        receive(3, 0, 0);
        receive(1, 0, 5);
        assertThat(drops.explained()).isEqualTo(2 * BATCH);
    }

    @Test
    void aSourceThatHasEndedKeepsNoDropInMind() {
        count = 4;
        receiveWithoutAGap(1, 1);
        receive(0, 3, BATCH);
        now += SECOND + 1;
        receive(0, 0, 0);
        receive(1, 0, BATCH);
        assertThat(drops.explained()).isEqualTo(BATCH);
    }

    @Test
    void datagramsThatComeLateExplainNothing() {
        receiveWithoutAGap(0, 10);
        receive(0, 1, -3);
        assertThat(drops.explained()).isZero();
    }
}
