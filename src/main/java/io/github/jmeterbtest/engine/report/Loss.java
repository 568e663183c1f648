package io.github.jmeterbtest.engine.report;

/**
 * The datagrams that a test lost on the way to this end, over the intervals that count. This is the one definition of
 * loss: messages, variables, JSON and assertions use it.
 *
 * @param packets datagrams of the peer, as far as the sequence numbers received show; 0 if none arrived
 * @param lostPackets those of them that did not arrive, 0..packets
 * @param hostDroppedPackets those of the lost ones that the link delivered and this host dropped, 0..lostPackets;
 *     {@link IntervalReport#UNKNOWN} if the system does not report it
 */
public record Loss(long packets, long lostPackets, long hostDroppedPackets) {
    /** Nothing is known: TCP retransmits what was lost, and a sender does not learn of it. */
    public static final Loss UNKNOWN = new Loss(0, 0, IntervalReport.UNKNOWN);

    /**
     * @return whether there is a share at all: without a datagram there is no gap to count, and that is not a loss of 0
     */
    public boolean isKnown() {
        return packets > 0;
    }

    /** @return the share that was lost, 0..100; not a number if it is not known */
    public double percent() {
        return share(lostPackets);
    }

    /** @return datagrams that the link lost, without those that this host is known to have dropped */
    public long linkLostPackets() {
        return lostPackets - Math.max(0, hostDroppedPackets);
    }

    /** @return the share that the link lost, 0..100; not a number if it is not known */
    public double linkPercent() {
        return share(linkLostPackets());
    }

    private double share(long part) {
        return isKnown() ? 100.0 * part / packets : Double.NaN;
    }
}
