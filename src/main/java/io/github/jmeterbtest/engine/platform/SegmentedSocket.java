package io.github.jmeterbtest.engine.platform;

/**
 * A socket that cuts what is written to it into datagrams of one length (UDP_SEGMENT, udp(7)): up to 64 of them pass
 * through the system as one. A write is taken whole or not at all. Not thread-safe.
 */
public final class SegmentedSocket implements AutoCloseable {
    /** Datagrams in one write that every Linux since 4.18 takes. */
    public static final int MAX_DATAGRAMS = 64;
    /** Bytes in one write: an IP packet has 65,535 at most, with its headers. */
    public static final int MAX_BYTES = 65_000;

    private static final int OFF = 0;

    private final SocketDescriptor descriptor;
    private final int datagramLength;

    private SegmentedSocket(SocketDescriptor descriptor, int datagramLength) {
        this.descriptor = descriptor;
        this.datagramLength = datagramLength;
    }

    /**
     * @param descriptor is closed with this
     * @param datagramLength bytes of payload
     * @return null where the system cannot
     */
    static SegmentedSocket of(SocketDescriptor descriptor, int datagramLength) {
        SegmentedSocket socket = new SegmentedSocket(descriptor, datagramLength);
        if (socket.start()) {
            return socket;
        }
        descriptor.close();
        return null;
    }

    /** @return how many datagrams of that length a write may hold, at least 1 */
    public static int maxDatagrams(int datagramLength) {
        return Math.max(1, Math.min(MAX_DATAGRAMS, MAX_BYTES / datagramLength));
    }

    /** @return whether writes are cut from now on */
    public boolean start() {
        return descriptor.setOption(SystemCalls.SOL_UDP, SystemCalls.UDP_SEGMENT, datagramLength);
    }

    /** From now on each write is one datagram. */
    public void stop() {
        descriptor.setOption(SystemCalls.SOL_UDP, SystemCalls.UDP_SEGMENT, OFF);
    }

    /** Leaves the socket as it is; its channel closes it. */
    @Override
    public void close() {
        descriptor.close();
    }
}
