package io.github.jmeterbtest.engine.transfer;

import java.util.List;
import java.util.function.ToLongFunction;

/** The senders of one test, each with some of its streams and a thread of its own. Any thread reads the sums. */
final class UdpSenders {
    private final List<UdpSender> senders;

    /** @param senders at least one */
    UdpSenders(List<UdpSender> senders) {
        this.senders = senders;
    }

    List<UdpSender> all() {
        return senders;
    }

    /** @see UdpSender#packetSize() */
    int packetSize() {
        return senders.get(0).packetSize();
    }

    /** @return how many streams each sender has */
    List<Integer> streams() {
        return senders.stream().map(UdpSender::streams).toList();
    }

    /** @see UdpSender#arrives() */
    void arrives() {
        senders.forEach(UdpSender::arrives);
    }

    /** @see UdpSender#inBatches() */
    boolean inBatches() {
        return senders.stream().allMatch(UdpSender::inBatches);
    }

    /** @return bytes of whole IP packets */
    long bytes() {
        return sum(sender -> sender.bytes.get());
    }

    long packets() {
        return sum(sender -> sender.packets.get());
    }

    /** To be called once the sockets are closed; any thread. */
    void socketsClosed() {
        senders.forEach(UdpSender::socketsClosed);
    }

    private long sum(ToLongFunction<UdpSender> of) {
        return senders.stream().mapToLong(of).sum();
    }
}
