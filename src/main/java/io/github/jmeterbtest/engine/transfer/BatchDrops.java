package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;
import java.util.concurrent.TimeUnit;

/**
 * Tells how many of the lost datagrams this host dropped, where it receives in batches: then the system counts a whole
 * batch as one drop. With each batch it tells how many drops there were before it, so the gap in the numbers that the
 * batch reveals is what was dropped; where several sources share the socket, the gap may be that of another one, whose
 * next batch comes later. One for each socket; one thread feeds it, any thread reads the result.
 */
final class BatchDrops {
    /** A source that is not heard for so long has ended. */
    private static final long MAX_PENDING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Counter explained = new Counter();
    /** As far as is known, no batch that was dropped was longer. */
    private int maxBatch = 1;

    private long pendingDrops;
    private long pendingSince;
    /** Counts the times at which drops were told. */
    private int round;

    private int heardInRound;

    /** What is known of one source. */
    static final class Source {
        private int round;
    }

    /** @return datagrams; any thread */
    long explained() {
        return explained.get();
    }

    /**
     * @param source of the batch
     * @param batch datagrams that came in a call
     * @param drops how many batches were dropped before it, since the last call
     * @param newlyLost datagrams that the number of its first one shows as lost; negative where it came late
     * @param sources from which something has come to the socket
     * @param now {@link io.github.jmeterbtest.engine.platform.NanoClock#nanoTime()}
     */
    void received(Source source, int batch, long drops, long newlyLost, int sources, long now) {
        maxBatch = Math.max(maxBatch, batch);
        if (drops > 0) {
            pendingDrops += drops;
            pendingSince = now;
            round++;
            heardInRound = 0;
        }
        if (pendingDrops > 0) {
            explain(newlyLost);
            forgetIfAllWereHeard(source, sources, now);
        }
    }

    private void explain(long newlyLost) {
        long dropped = Math.min(Math.max(0, newlyLost), pendingDrops * maxBatch);
        explained.add(dropped);
        pendingDrops -= (dropped + maxBatch - 1) / maxBatch;
    }

    /** Each source has shown its gap by then. What shows nowhere was no loss, such as a duplicate. */
    private void forgetIfAllWereHeard(Source source, int sources, long now) {
        if (source.round != round) {
            source.round = round;
            heardInRound++;
        }
        if (heardInRound >= sources || now - pendingSince > MAX_PENDING_NANOS) {
            pendingDrops = 0;
        }
    }
}
