package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.ByteUnit;

/**
 * Finds out what a peer's count of received bytes covers, from the counts themselves: all datagrams that this end sends
 * have one size, so a count is a multiple of the IP packet or of the payload. Where every count is a multiple of both,
 * what was sent decides: no more datagrams arrive than were sent, and a peer that seems to receive each one does.
 *
 * <p>Not thread-safe.
 */
final class ByteUnitDetector {
    /** A sender counts a datagram after it sent it, and a network may deliver some twice. */
    private static final double ABOUT = 0.01;

    private static final int FEW_DATAGRAMS = 16;
    /** So many counts that fit both readings are evidence. */
    private static final int ENOUGH_COUNTS = 2;
    /** So many times more often would a peer that counts IP packets tell such counts than one that counts payload. */
    private static final double ENOUGH_ODDS = 100;

    private final int packet;
    private final int payload;
    private int onlyIp;
    private int onlyPayload;
    private int both;
    private int neither;
    private long bytes;
    private long sentDatagrams;

    /**
     * @param packet bytes of each IP packet that is sent
     * @param payload bytes of UDP payload in it
     */
    ByteUnitDetector(int packet, int payload) {
        this.packet = packet;
        this.payload = payload;
    }

    /**
     * @param count bytes that the peer says it received since its last status
     * @param sent datagrams sent so far
     */
    void add(long count, long sent) {
        sentDatagrams = sent;
        if (count == 0) {
            return;
        }
        bytes += count;
        boolean ipFits = count % packet == 0;
        boolean payloadFits = count % payload == 0;
        if (ipFits && payloadFits) {
            both++;
        } else if (ipFits) {
            onlyIp++;
        } else if (payloadFits) {
            onlyPayload++;
        } else {
            neither++;
        }
    }

    /** @return what most of the counts prove; {@link ByteUnit#UNKNOWN} as long as they prove nothing */
    ByteUnit unit() {
        int max = Math.max(onlyIp, onlyPayload);
        if (max > neither && onlyIp != onlyPayload) {
            return onlyIp > onlyPayload ? ByteUnit.IP : ByteUnit.PAYLOAD;
        }
        boolean ambiguous = both > neither && onlyIp == onlyPayload;
        if (!ambiguous) {
            return ByteUnit.UNKNOWN;
        }
        if (!canBePayload()) {
            return ByteUnit.IP;
        }
        if (isAllThatWasSent()) {
            return both >= ENOUGH_COUNTS ? ByteUnit.PAYLOAD : ByteUnit.UNKNOWN;
        }
        // of IP counts one in payload/divisor fits both, of payload counts one in packet/divisor
        return Math.pow((double) packet / payload, both) >= ENOUGH_ODDS ? ByteUnit.IP : ByteUnit.UNKNOWN;
    }

    /** @return the count in bytes of IP packets; of an unknown unit, by the likelier reading */
    long ipBytes(long count) {
        return switch (unit()) {
            case IP -> count;
            case PAYLOAD -> fromPayload(count);
            case UNKNOWN -> neither == 0 && isAllThatWasSent() ? fromPayload(count) : count;
        };
    }

    /** @return the most that the count can mean in bytes of IP packets: what a sender must not slow down below */
    long maxIpBytes(long count) {
        return unit() == ByteUnit.IP ? count : fromPayload(count);
    }

    private long fromPayload(long count) {
        return count % payload == 0 ? count / payload * packet : Math.round((double) count / payload * packet);
    }

    private long payloads() {
        return bytes / payload;
    }

    private boolean canBePayload() {
        return payloads() <= sentDatagrams * (1 + ABOUT) + FEW_DATAGRAMS;
    }

    private boolean isAllThatWasSent() {
        return canBePayload() && payloads() >= sentDatagrams * (1 - ABOUT) - FEW_DATAGRAMS;
    }
}
