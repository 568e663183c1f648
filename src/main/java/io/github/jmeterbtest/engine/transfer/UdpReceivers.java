package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;
import io.github.jmeterbtest.engine.report.IntervalReport;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The receivers of one test, each with some of its sockets and a thread of its own. Any thread reads the sums. */
final class UdpReceivers {
    private final List<UdpReceiver> receivers;

    /** @param receivers at least one */
    UdpReceivers(List<UdpReceiver> receivers) {
        this.receivers = receivers;
    }

    List<UdpReceiver> all() {
        return receivers;
    }

    /** @return the sum of a counter of each */
    long sum(Function<UdpReceiver, Counter> counter) {
        return sumOf(receiver -> counter.apply(receiver).get());
    }

    /** @return from how many streams something has come */
    int streams() {
        return (int) sumOf(UdpReceiver::streams);
    }

    /** @return whether something has come to that socket */
    boolean hasReceived(UdpSocket socket) {
        return receivers.stream().anyMatch(receiver -> receiver.hasReceived(socket));
    }

    /** @see UdpReceiver#inBatches() */
    boolean inBatches() {
        return receivers.stream().allMatch(UdpReceiver::inBatches);
    }

    /** @see UdpReceiver#hostDropped() */
    long hostDropped() {
        return sumOf(UdpReceiver::hostDropped);
    }

    /** @return the longest time between two datagrams, ns; {@link IntervalReport#UNKNOWN} with less than two */
    long longestGapNanos() {
        return receivers.stream().mapToLong(UdpReceiver::longestGapNanos).max().orElse(IntervalReport.UNKNOWN);
    }

    /** @return average over the sources, ns; {@link IntervalReport#UNKNOWN} if it is known of none */
    long jitterNanos() {
        return Math.round(receivers.stream()
                .flatMapToDouble(UdpReceiver::jitters)
                .average()
                .orElse(IntervalReport.UNKNOWN));
    }

    /** To be called by any thread once the sockets are closed. */
    void close() {
        receivers.forEach(UdpReceiver::close);
    }

    private long sumOf(ToLongFunction<UdpReceiver> of) {
        return receivers.stream().mapToLong(of).sum();
    }
}
