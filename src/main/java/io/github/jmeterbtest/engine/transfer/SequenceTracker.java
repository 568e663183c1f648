package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;

/**
 * Tells lost, reordered and duplicate datagrams of one source apart. One thread feeds it, any thread reads the
 * counters.
 *
 * <p>A number that does not fit the others is either a straggler or belongs to another numbering, of a sender that
 * started again. Nobody can tell at once: so the old numbering stays, and the other one is counted apart until it has
 * proven itself.
 */
final class SequenceTracker {
    /** No link loses so many in a row and goes on: such a jump is another numbering, not loss. */
    static final int MAX_GAP = 1 << 24;
    /**
     * So many in a row that fit each other are another numbering: no queue on the way holds back so many and then
     * delivers them.
     */
    static final int PROOF = SequenceWindow.WINDOW;

    private final Counter reordered;
    private final Counter duplicates;
    private final SequenceWindow current;
    private final SequenceWindow candidate = new SequenceWindow(new Counter(), new Counter(), new Counter());
    private int candidatesInRow;

    /** Several trackers may share the counters if one thread feeds them all. */
    SequenceTracker(Counter lost, Counter reordered, Counter duplicates) {
        this.reordered = reordered;
        this.duplicates = duplicates;
        this.current = new SequenceWindow(lost, reordered, duplicates);
    }

    void accept(int sequence) {
        if (current.reaches(sequence, MAX_GAP)) {
            current.accept(sequence);
            dropCandidate();
        } else {
            acceptCandidate(sequence);
        }
    }

    private void acceptCandidate(int sequence) {
        if (!candidate.reaches(sequence, SequenceWindow.WINDOW)) {
            dropCandidate();
        }
        candidate.accept(sequence);
        candidatesInRow++;
        if (candidatesInRow - candidate.duplicates() >= PROOF) {
            current.takeOver(candidate);
            clearCandidate();
        }
    }

    /** They were stragglers, too old to know whether they were counted as lost, so the loss stays as it is. */
    private void dropCandidate() {
        if (candidatesInRow > 0) {
            duplicates.add(candidate.duplicates());
            reordered.add(candidatesInRow - candidate.duplicates());
            clearCandidate();
        }
    }

    private void clearCandidate() {
        candidate.reset();
        candidatesInRow = 0;
    }
}
