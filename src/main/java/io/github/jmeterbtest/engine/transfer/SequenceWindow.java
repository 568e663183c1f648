package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;
import java.util.Arrays;

/**
 * The sequence numbers of one sender as they come: which are missing, which came late, which came twice. They are 32
 * bits and wrap. The first one, whatever it is, is where counting begins (peers start at 0, 1 or 2).
 */
final class SequenceWindow {
    /** How far behind the newest a datagram may be and still be distinguished from a duplicate. A power of two. */
    static final int WINDOW = 4096;

    private final Counter lost;
    private final Counter reordered;
    private final Counter duplicates;
    /** One bit for each of the newest {@link #WINDOW} numbers: has it come? */
    private final long[] seen = new long[WINDOW / Long.SIZE];

    private int newest;
    /** How many numbers lie between the first and the newest, both included; 0 before the first. */
    private long span;

    SequenceWindow(Counter lost, Counter reordered, Counter duplicates) {
        this.lost = lost;
        this.reordered = reordered;
        this.duplicates = duplicates;
    }

    long duplicates() {
        return duplicates.get();
    }

    /**
     * @return whether the number can be one of these: not too far ahead of the newest, and not too old to be remembered
     */
    boolean reaches(int sequence, int farthestAhead) {
        // the difference of two 32-bit numbers is right across the wrap
        int ahead = sequence - newest;
        return span == 0 || (ahead > -WINDOW && ahead <= farthestAhead);
    }

    /** @param sequence a number that these reach */
    void accept(int sequence) {
        int ahead = sequence - newest;
        if (span == 0) {
            newest = sequence;
            span = 1;
            mark(sequence);
        } else if (ahead > 0) {
            advance(ahead);
        } else if (marked(sequence)) {
            duplicates.add(1);
        } else {
            comeLate(sequence, -ahead);
        }
    }

    /** Moves the window; the numbers passed over are lost until they come. */
    private void advance(int ahead) {
        for (int i = 1; i < Math.min(ahead, WINDOW + 1); i++) {
            clear(newest + ahead - i);
        }
        newest += ahead;
        span += ahead;
        mark(newest);
        if (ahead > 1) {
            lost.add(ahead - 1L);
        }
    }

    /** What is older than the first number was never counted as lost. */
    private void comeLate(int sequence, int behind) {
        mark(sequence);
        reordered.add(1);
        if (behind < span) {
            lost.add(-1);
        }
    }

    /** Goes on where the other one is, with what that has counted. */
    void takeOver(SequenceWindow other) {
        System.arraycopy(other.seen, 0, seen, 0, seen.length);
        newest = other.newest;
        span = other.span;
        lost.add(other.lost.get());
        reordered.add(other.reordered.get());
        duplicates.add(other.duplicates.get());
    }

    /** Forgets all, what was counted included. */
    void reset() {
        Arrays.fill(seen, 0);
        span = 0;
        lost.add(-lost.get());
        reordered.add(-reordered.get());
        duplicates.add(-duplicates.get());
    }

    private void mark(int sequence) {
        seen[word(sequence)] |= 1L << sequence;
    }

    private void clear(int sequence) {
        seen[word(sequence)] &= ~(1L << sequence);
    }

    private boolean marked(int sequence) {
        return (seen[word(sequence)] & 1L << sequence) != 0;
    }

    private static int word(int sequence) {
        return (sequence & WINDOW - 1) / Long.SIZE;
    }
}
