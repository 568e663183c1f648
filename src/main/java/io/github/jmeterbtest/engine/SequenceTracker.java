package io.github.jmeterbtest.engine;

import java.util.Arrays;

/**
 * Tells lost, reordered and duplicate datagrams of one source apart. Sequence numbers are 32 bits and wrap; the first one seen,
 * whatever it is, is where counting begins (peers start at 0 or at 1). One thread feeds it, any thread reads the counters.
 */
final class SequenceTracker {
    /** How far behind the newest a datagram may come and still be told from a duplicate. A power of two. */
    static final int WINDOW = 4096;
    /** No link loses so many in a row and goes on: such a jump is another numbering, not loss. */
    static final int LONGEST_GAP = 1 << 24;
    /** So many datagrams in a row from far behind are another numbering (a sender that started again), not stragglers. */
    static final int STRAGGLERS = 16;

    private final Counter lost;
    private final Counter reordered;
    private final Counter duplicates;
    /** One bit for each of the newest {@link #WINDOW} numbers: has it come? */
    private final long[] seen = new long[WINDOW / Long.SIZE];
    private int newest;
    /** How many numbers lie between the first and the newest, both included; 0 before the first. */
    private long span;
    private int stragglersInRow;

    /** Several trackers may share the counters if one thread feeds them all. */
    SequenceTracker(Counter lost, Counter reordered, Counter duplicates) {
        this.lost = lost;
        this.reordered = reordered;
        this.duplicates = duplicates;
    }

    void accept(int sequence) {
        // the difference of two 32-bit numbers is right across the wrap
        int ahead = sequence - newest;
        if (span == 0 || ahead > LONGEST_GAP) {
            restart(sequence);
        } else if (ahead > 0) {
            advance(ahead);
        } else if (-(long) ahead >= Math.min(WINDOW, span)) {
            straggler(sequence);
        } else {
            comeLate(sequence);
        }
    }

    private void restart(int sequence) {
        Arrays.fill(seen, 0);
        newest = sequence;
        span = 1;
        stragglersInRow = 0;
        mark(sequence);
    }

    /** Moves the window; the numbers passed over are lost until they come. */
    private void advance(int ahead) {
        for (int i = 1; i < Math.min(ahead, WINDOW + 1); i++) {
            clear(newest + ahead - i);
        }
        newest += ahead;
        span += ahead;
        stragglersInRow = 0;
        mark(newest);
        if (ahead > 1) {
            lost.add(ahead - 1L);
        }
    }

    private void comeLate(int sequence) {
        stragglersInRow = 0;
        if (marked(sequence)) {
            duplicates.add(1);
        } else {
            mark(sequence);
            reordered.add(1);
            lost.add(-1);
        }
    }

    /** Older than all that is remembered: nobody can tell any more whether it was counted as lost, so that stands. */
    private void straggler(int sequence) {
        if (++stragglersInRow > STRAGGLERS) {
            restart(sequence);
        } else {
            reordered.add(1);
        }
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
