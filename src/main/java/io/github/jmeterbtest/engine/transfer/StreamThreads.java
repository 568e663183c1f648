package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Batching;
import java.util.ArrayList;
import java.util.List;

/** How many threads move the streams of a UDP test, and which of them each moves. */
final class StreamThreads {
    /** What one thread sends without effort, and paces more evenly than several. */
    private static final long ONE_THREAD_RATE = 1_000_000_000;

    private StreamThreads() {}

    /**
     * @return threads that one direction may use, at least 1: half of the cores, since the system needs as much for the
     *     same datagrams. One by one, a datagram costs more than what a thread of its own would gain
     */
    static int usableCores() {
        return Batching.enabled() ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : 1;
    }

    /**
     * @param txSpeed cap, bit/s; 0 for none
     * @return threads to send with, at most
     */
    static int toSend(long txSpeed, int cores) {
        return txSpeed > 0 && txSpeed <= ONE_THREAD_RATE ? 1 : cores;
    }

    /**
     * @param all at least one
     * @return the same in as many lists of nearly the same length, none of them empty
     */
    static <T> List<List<T>> share(List<T> all, int threads) {
        int count = Math.min(threads, all.size());
        List<List<T>> shares = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            shares.add(all.subList(all.size() * i / count, all.size() * (i + 1) / count));
        }
        return shares;
    }
}
