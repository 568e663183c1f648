package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchDropsTest {
    private static final int BATCH = 40;

    private final BatchDrops drops = new BatchDrops();

    /** Gives it so many whole batches without a gap. */
    private void receive(int batches, int sources) {
        for (int i = 0; i < batches; i++) {
            drops.received(BATCH, 0, 0, sources);
        }
    }

    @Test
    void aGapBeforeABatchWithADropIsWhatWasDropped() {
        receive(10, 1);
        drops.received(BATCH, 2, 2 * BATCH, 1);
        assertThat(drops.explained()).isEqualTo(2 * BATCH);
    }

    /** A batch may be shorter than others; how long a dropped one was, its gap tells. */
    @Test
    void aDroppedBatchMayHaveBeenShort() {
        receive(10, 1);
        drops.received(BATCH, 3, 70, 1);
        assertThat(drops.explained()).isEqualTo(70);
    }

    @Test
    void aGapWithoutADropIsTheLinks() {
        receive(10, 1);
        drops.received(BATCH, 0, 5, 1);
        assertThat(drops.explained()).isZero();
    }

    @Test
    void noMoreIsExplainedThanTheDroppedBatchesHeld() {
        receive(10, 1);
        drops.received(BATCH, 1, 100, 1);
        assertThat(drops.explained()).isEqualTo(BATCH);
    }

    /** Else a duplicate that was dropped would explain a loss of the link much later. */
    @Test
    void aDropThatMakesNoGapExplainsNothingLater() {
        receive(10, 1);
        drops.received(BATCH, 1, 0, 1);
        drops.received(BATCH, 0, 5, 1);
        assertThat(drops.explained()).isZero();
    }

    @Test
    void whatIsLeftOfADropExplainsNothingLater() {
        receive(10, 1);
        drops.received(BATCH, 5, 10, 1);
        drops.received(BATCH, 0, 7, 1);
        assertThat(drops.explained()).isEqualTo(10);
    }

    /** A batch of one source was dropped; the system tells it with the next batch of another. */
    @Test
    void ofSeveralSourcesTheGapMayShowLater() {
        receive(10, 4);
        drops.received(BATCH, 1, 0, 4);
        receive(2, 4);
        drops.received(BATCH, 0, BATCH, 4);
        assertThat(drops.explained()).isEqualTo(BATCH);
    }

    @Test
    void ofSeveralSourcesADropIsForgottenAfterTwoRounds() {
        receive(10, 4);
        drops.received(BATCH, 1, 0, 4);
        receive(8, 4);
        drops.received(BATCH, 0, BATCH, 4);
        assertThat(drops.explained()).isZero();
    }

    @Test
    void datagramsThatComeLateExplainNothing() {
        receive(10, 1);
        drops.received(BATCH, 1, -3, 1);
        assertThat(drops.explained()).isZero();
    }
}
