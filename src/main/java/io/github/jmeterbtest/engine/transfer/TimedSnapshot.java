package io.github.jmeterbtest.engine.transfer;

/**
 * What the counters of a transfer said at a moment.
 *
 * @param nanos ns after the start of the transfer
 * @param counters what was counted until then
 */
record TimedSnapshot(long nanos, Snapshot counters) {
    /** At 25 Gbit/s this is 0.006 % of a second's bytes. */
    private static final long CLOSE_NANOS = 50_000;

    private static final int MAX_TRIES = 10;

    /**
     * Reads clock and counters as one: a thread that is preempted between the two would move bytes into another
     * interval, so it reads again.
     */
    static TimedSnapshot of(Transfer transfer) {
        TimedSnapshot best = null;
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < MAX_TRIES && shortest > CLOSE_NANOS; i++) {
            long before = transfer.elapsed();
            Snapshot counters = Snapshot.of(transfer);
            long took = transfer.elapsed() - before;
            if (took < shortest) {
                shortest = took;
                best = new TimedSnapshot(before, counters);
            }
        }
        return best;
    }
}
