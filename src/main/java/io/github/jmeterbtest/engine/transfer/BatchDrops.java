package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;

/**
 * Tells how many of the lost datagrams this host dropped, where it receives in batches: then the system counts a whole
 * batch as one drop. With each batch it tells how many drops there were before it, so the gap in the numbers that the
 * batch reveals is what was dropped. One for each socket; one thread feeds it, any thread reads the result.
 */
final class BatchDrops {
    private final Counter explained = new Counter();
    /** No batch that was dropped can be longer than those that came, or so it is taken. */
    private int maxBatch = 1;

    private long pendingDrops;
    private int batchesLater;

    /** @return datagrams; any thread */
    long explained() {
        return explained.get();
    }

    /**
     * @param batch datagrams that came in a call
     * @param drops how many batches were dropped before them, since the last call
     * @param newlyLost datagrams that their numbers show as lost; negative where lost ones came late
     * @param sources from which something has come to the socket
     */
    void received(int batch, long drops, long newlyLost, int sources) {
        maxBatch = Math.max(maxBatch, batch);
        if (drops > 0) {
            pendingDrops += drops;
            batchesLater = 0;
        }
        if (pendingDrops == 0) {
            return;
        }
        if (newlyLost > 0) {
            long dropped = Math.min(newlyLost, pendingDrops * maxBatch);
            explained.add(dropped);
            pendingDrops -= (dropped + maxBatch - 1) / maxBatch;
        }
        // the next batch of the same source shows the gap; what shows nowhere was no loss, such as a duplicate
        if (++batchesLater >= (sources == 1 ? 1 : 2 * sources)) {
            pendingDrops = 0;
        }
    }
}
