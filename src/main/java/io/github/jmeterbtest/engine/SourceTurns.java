package io.github.jmeterbtest.engine;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/**
 * A few permits for expensive work, which sources take in turns: a thousand requests of one source delay that of
 * another by no more than the one that is just being worked on. Thread-safe.
 */
final class SourceTurns {
    private final int permits;

    // guarded by this; the source whose turn is next comes first, and nobody waits while there are permits left
    private final Map<Source, Queue<CountDownLatch>> waiting = new LinkedHashMap<>();
    private int taken;

    /** @param permits at least 1 */
    SourceTurns(int permits) {
        this.permits = permits;
    }

    /** Waits for a permit, to be given back by {@link #release}. */
    void acquire(Source source) throws InterruptedException {
        CountDownLatch turn = new CountDownLatch(1);
        synchronized (this) {
            if (taken < permits) {
                taken++;
                return;
            }
            waiting.computeIfAbsent(source, any -> new ArrayDeque<>()).add(turn);
        }
        try {
            turn.await();
        } catch (InterruptedException e) {
            giveUp(source, turn);
            throw e;
        }
    }

    private synchronized void giveUp(Source source, CountDownLatch turn) {
        Queue<CountDownLatch> own = waiting.get(source);
        if (own == null || !own.remove(turn)) {
            // it has just been given the permit
            release();
        } else if (own.isEmpty()) {
            waiting.remove(source);
        }
    }

    /** Gives a permit back, to the source whose turn it is. */
    synchronized void release() {
        if (waiting.isEmpty()) {
            taken--;
            return;
        }
        Map.Entry<Source, Queue<CountDownLatch>> next =
                waiting.entrySet().iterator().next();
        Source source = next.getKey();
        Queue<CountDownLatch> own = next.getValue();
        own.remove().countDown();
        waiting.remove(source);
        if (!own.isEmpty()) {
            waiting.put(source, own);
        }
    }

    /** @return how many wait */
    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Queue::size).sum();
    }
}
