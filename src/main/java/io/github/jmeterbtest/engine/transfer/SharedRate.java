package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Pacer;
import java.util.ArrayList;
import java.util.List;

/** The rate of one test, shared by the threads that send: each has a pacer, and a share according to its streams. */
final class SharedRate {
    private final List<Pacer> pacers = new ArrayList<>();
    private final List<Integer> streams;
    private final int allStreams;

    /**
     * @param bitsPerSecond of all threads together, {@link Pacer#UNLIMITED} for none
     * @param unit bytes that are sent at once
     * @param streams how many each thread sends
     */
    SharedRate(long bitsPerSecond, int unit, List<Integer> streams) {
        this.streams = streams;
        this.allStreams = streams.stream().mapToInt(Integer::intValue).sum();
        for (int i = 0; i < streams.size(); i++) {
            pacers.add(new Pacer(share(bitsPerSecond, i), unit));
        }
    }

    private long share(long bitsPerSecond, int thread) {
        return bitsPerSecond == Pacer.UNLIMITED
                ? Pacer.UNLIMITED
                : Math.max(1, Math.round((double) bitsPerSecond * streams.get(thread) / allStreams));
    }

    /** @param thread from 0 */
    Pacer pacer(int thread) {
        return pacers.get(thread);
    }

    /** @see Pacer#start */
    void start(long now) {
        pacers.forEach(pacer -> pacer.start(now));
    }

    /** @param bitsPerSecond of all threads together */
    void set(long bitsPerSecond) {
        for (int i = 0; i < pacers.size(); i++) {
            pacers.get(i).setRate(share(bitsPerSecond, i));
        }
    }
}
