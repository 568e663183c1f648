package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.Counter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceTrackerTest {

    private final Counter lost = new Counter();
    private final Counter reordered = new Counter();
    private final Counter duplicates = new Counter();
    private final SequenceTracker tracker = new SequenceTracker(lost, reordered, duplicates);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 12_345, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    void whateverTheFirstNumberIsItIsNoLoss(int first) {
        accept(first, first + 1, first + 2);
        assertCounts(0, 0, 0);
    }

    @Test
    void aGapIsLoss() {
        accept(0, 1, 5);
        assertCounts(3, 0, 0);
        accept(6, 8);
        assertCounts(4, 0, 0);
    }

    @Test
    void whatComesLateWasNotLost() {
        accept(0, 3, 2, 4);
        assertCounts(1, 1, 0);
        accept(1);
        assertCounts(0, 2, 0);
    }

    @Test
    void aSecondCopyIsADuplicateAndNothingElse() {
        accept(0, 1, 1, 2, 4, 0);
        assertCounts(1, 0, 2);
        accept(3, 3);
        assertCounts(0, 1, 3);
    }

    @Test
    void theNumbersWrapAfterAllBitsAreOnes() {
        accept(-3, -2, 1, -1, 0, 2, 2, -2);
        assertCounts(0, 2, 2);
    }

    @Test
    void lossAcrossTheWrapIsCounted() {
        accept(-2, 2);
        assertCounts(3, 0, 0);
    }

    @Test
    void theNumbersWrapFromThePositiveIntsToTheNegativeOnes() {
        accept(Integer.MAX_VALUE - 1, Integer.MIN_VALUE + 1, Integer.MAX_VALUE);
        assertCounts(1, 1, 0);
    }

    @Test
    void whatIsOlderThanTheFirstNumberWasNeverCountedAsLost() {
        accept(10, 9, 11, 8);
        assertCounts(0, 2, 0);
    }

    @Test
    void theOldestOfTheWindowCanStillComeLate() {
        accept(0, SequenceWindow.WINDOW);
        assertCounts(SequenceWindow.WINDOW - 1, 0, 0);
        accept(1);
        assertCounts(SequenceWindow.WINDOW - 2, 1, 0);
    }

    @Test
    void whatIsOlderThanTheWindowStaysLost() {
        accept(0, SequenceWindow.WINDOW + 1, 1, SequenceWindow.WINDOW + 2);
        assertCounts(SequenceWindow.WINDOW, 1, 0);
    }

    @Test
    void theWindowForgetsWhatItsNumbersMeantOneRoundAgo() {
        IntStream.rangeClosed(0, 100).forEach(tracker::accept);
        accept(SequenceWindow.WINDOW + 100);
        assertCounts(SequenceWindow.WINDOW - 1, 0, 0);
        accept(SequenceWindow.WINDOW + 50);
        assertCounts(SequenceWindow.WINDOW - 2, 1, 0);
    }

    @Test
    void aGapOfManyWindowsForgetsAllOfThem() {
        IntStream.range(0, SequenceWindow.WINDOW).forEach(tracker::accept);
        int far = 10 * SequenceWindow.WINDOW;
        accept(far, far - 1, far - SequenceWindow.WINDOW + 1);
        assertCounts(9L * SequenceWindow.WINDOW - 2, 2, 0);
    }

    @Test
    void whatIsOlderThanTheFirstNumberIsToldFromItsCopy() {
        accept(10, 9, 9, 11, 8, 12, 8);
        assertCounts(0, 2, 2);
    }

    @Test
    void theLongestGapIsLossAndALongerOneIsAnotherNumbering() {
        accept(0, SequenceTracker.MAX_GAP);
        assertCounts(SequenceTracker.MAX_GAP - 1, 0, 0);
        int other = 2 * SequenceTracker.MAX_GAP + 1;
        acceptAll(other, SequenceTracker.PROOF);
        accept(other + SequenceTracker.PROOF + 1);
        assertCounts(SequenceTracker.MAX_GAP, 0, 0);
    }

    @Test
    void aSenderThatStartsAgainIsFollowedOnceItsNumbersHaveProvenThemselves() {
        acceptAll(0, 10_000);
        accept(3, 1, 2, 2, 5);
        assertCounts(0, 0, 0);
        acceptAll(6, SequenceTracker.PROOF - 4);
        assertCounts(1, 2, 1);
        accept(SequenceTracker.PROOF + 4);
        assertCounts(3, 2, 1);
    }

    /** Queues on the way can hold many, and deliver them at once, when later ones have come another way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 1000, SequenceTracker.PROOF - 1})
    void stragglersAreNoOtherNumberingHoweverManyComeInARow(int stragglers) {
        accept(0, 10_000);
        acceptAll(1000, stragglers);
        acceptAll(10_001, 100);
        assertCounts(9_999, stragglers, 0);
        accept(10_102);
        assertCounts(10_000, stragglers, 0);
    }

    @Test
    void aCopyOfAStragglerIsADuplicateAndProvesNothing() {
        accept(0, 10_000);
        for (int i = 0; i <= SequenceTracker.PROOF; i++) {
            accept(1000);
        }
        accept(10_001);
        assertCounts(9_999, 1, SequenceTracker.PROOF);
    }

    @Test
    void numbersAllOverThePlaceProveNothing() {
        accept(0, 1 << 20);
        for (int i = 0; i < 2 * SequenceTracker.PROOF; i++) {
            accept(i % 10 * 100_000);
        }
        accept((1 << 20) + 2);
        assertCounts(1 << 20, 2 * SequenceTracker.PROOF, 0);
    }

    @Test
    void theOtherNumberingMayLoseAlmostAWindowBetweenTwo() {
        accept(1 << 28);
        for (int i = 0; i < SequenceTracker.PROOF; i++) {
            accept(i * SequenceWindow.WINDOW);
        }
        assertCounts((SequenceTracker.PROOF - 1L) * (SequenceWindow.WINDOW - 1), 0, 0);
    }

    @Test
    void afterStragglersTheNextOnesBeginAnew() {
        accept(0, 10_000);
        for (int i = 0; i < 3; i++) {
            acceptAll(1000, SequenceTracker.PROOF / 2);
            accept(10_001 + i);
        }
        assertCounts(9_999, 3L * SequenceTracker.PROOF / 2, 0);
    }

    @Test
    void sourcesMayShareTheirCountersAndNothingElse() {
        SequenceTracker other = new SequenceTracker(lost, reordered, duplicates);
        accept(0, 2);
        other.accept(500);
        other.accept(503);
        accept(3);
        assertCounts(3, 0, 0);
    }

    private void acceptAll(int from, int count) {
        IntStream.range(from, from + count).forEach(tracker::accept);
    }

    private void accept(int... sequences) {
        for (int sequence : sequences) {
            tracker.accept(sequence);
        }
    }

    private void assertCounts(long lost, long reordered, long duplicates) {
        assertThat(new long[] {this.lost.get(), this.reordered.get(), this.duplicates.get()})
                .as("lost, reordered, duplicates")
                .containsExactly(lost, reordered, duplicates);
    }
}
