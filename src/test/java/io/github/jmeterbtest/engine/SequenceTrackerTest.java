package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
        accept(0, SequenceTracker.WINDOW);
        assertCounts(SequenceTracker.WINDOW - 1, 0, 0);
        accept(1);
        assertCounts(SequenceTracker.WINDOW - 2, 1, 0);
    }

    @Test
    void whatIsOlderThanTheWindowStaysLost() {
        accept(0, SequenceTracker.WINDOW + 1, 1);
        assertCounts(SequenceTracker.WINDOW, 1, 0);
    }

    @Test
    void theWindowForgetsWhatItsNumbersMeantOneRoundAgo() {
        IntStream.rangeClosed(0, 100).forEach(tracker::accept);
        accept(SequenceTracker.WINDOW + 100);
        assertCounts(SequenceTracker.WINDOW - 1, 0, 0);
        accept(SequenceTracker.WINDOW + 50);
        assertCounts(SequenceTracker.WINDOW - 2, 1, 0);
    }

    @Test
    void aGapOfManyWindowsForgetsAllOfThem() {
        IntStream.range(0, SequenceTracker.WINDOW).forEach(tracker::accept);
        int far = 10 * SequenceTracker.WINDOW;
        accept(far, far - 1, far - SequenceTracker.WINDOW + 1);
        assertCounts(9L * SequenceTracker.WINDOW - 2, 2, 0);
    }

    @Test
    void theLongestGapIsLossAndALongerOneIsAnotherNumbering() {
        accept(0, SequenceTracker.LONGEST_GAP);
        assertCounts(SequenceTracker.LONGEST_GAP - 1, 0, 0);
        accept(2 * SequenceTracker.LONGEST_GAP + 1);
        assertCounts(SequenceTracker.LONGEST_GAP - 1, 0, 0);
        accept(2 * SequenceTracker.LONGEST_GAP + 3);
        assertCounts(SequenceTracker.LONGEST_GAP, 0, 0);
    }

    @Test
    void aSenderThatStartsAgainIsFollowedAfterAFewDatagrams() {
        IntStream.range(0, 10_000).forEach(tracker::accept);
        IntStream.range(0, 100).forEach(tracker::accept);
        assertCounts(0, SequenceTracker.STRAGGLERS, 0);
        accept(102);
        assertCounts(2, SequenceTracker.STRAGGLERS, 0);
    }

    @Test
    void aFewStragglersDoNotStopTheCount() {
        accept(0, 10_000);
        IntStream.range(0, SequenceTracker.STRAGGLERS).forEach(i -> tracker.accept(1000 + i));
        accept(10_001);
        IntStream.range(0, SequenceTracker.STRAGGLERS).forEach(i -> tracker.accept(2000 + i));
        accept(10_003);
        assertCounts(10_000, 2L * SequenceTracker.STRAGGLERS, 0);
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

    private void accept(int... sequences) {
        for (int sequence : sequences) {
            tracker.accept(sequence);
        }
    }

    private void assertCounts(long lost, long reordered, long duplicates) {
        assertThat(new long[] {this.lost.get(), this.reordered.get(), this.duplicates.get()})
                .as("lost, reordered, duplicates").containsExactly(lost, reordered, duplicates);
    }
}
