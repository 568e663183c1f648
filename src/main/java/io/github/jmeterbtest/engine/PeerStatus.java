package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;

/** What the other end has said of itself so far. One thread takes the statuses, any thread reads. */
final class PeerStatus {
    private final Counter count = new Counter();
    private final Counter bytes = new Counter();
    private volatile int cpuLoad = IntervalReport.UNKNOWN;

    void accept(Status status) {
        cpuLoad = status.cpuLoad();
        bytes.add(status.bytesReceived());
        // last, so that a reader who sees the count sees the bytes
        count.add(1);
    }

    /** @return statuses so far */
    long count() {
        return count.get();
    }

    /** @return bytes that the peer says it received so far */
    long bytes() {
        return bytes.get();
    }

    /** @return percent, or {@link IntervalReport#UNKNOWN} */
    int cpuLoad() {
        return cpuLoad;
    }
}
