package io.github.jmeterbtest.engine;

/**
 * The datagrams that a test lost on the way to this end, over the intervals that count. This is the one definition of loss:
 * messages, variables, JSON and assertions tell it.
 *
 * @param packets     datagrams of the peer, as far as the sequence numbers of those that came tell; 0 if none came
 * @param lostPackets those of them that never came, 0..packets
 */
public record Loss(long packets, long lostPackets) {
    /** Nothing is known: TCP loses nothing for good, and a sender is not told. */
    static final Loss UNKNOWN = new Loss(0, 0);

    /** A duplicate is no datagram of its own, and what came after all is not lost. */
    static Loss of(long received, long duplicates, long lost) {
        long packets = Math.max(0, received - duplicates) + Math.max(0, lost);
        return new Loss(packets, Math.max(0, lost));
    }

    /** @return whether there is a share at all: without a datagram there is no gap to count, and that is not a loss of 0 */
    public boolean isKnown() {
        return packets > 0;
    }

    /** @return the share that was lost, 0..100; not a number if it is not known */
    public double percent() {
        return isKnown() ? 100.0 * lostPackets / packets : Double.NaN;
    }
}
