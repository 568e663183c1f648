package io.github.jmeterbtest.protocol;

import java.nio.ByteBuffer;

/**
 * UDP test data: a 32-bit big-endian sequence number, then padding. A size in a command is that of an IP packet, with
 * the IP and UDP headers; these methods convert between that and the payload, which is what RouterOS 7 counts (its
 * kernel module).
 */
public final class UdpHeader {
    /** Bytes of the sequence number, the minimum payload of a test datagram. */
    public static final int SEQUENCE_LENGTH = 4;
    /** IP and UDP header, bytes, for IPv4. */
    public static final int IPV4_OVERHEAD = 28;
    /** IP and UDP header, bytes, for IPv6. */
    public static final int IPV6_OVERHEAD = 48;
    /** The client's UDP port is the server's plus this (captured from RouterOS). */
    public static final int CLIENT_PORT_OFFSET = 256;

    private UdpHeader() {}

    /**
     * RouterOS also sends smaller datagrams, without a sequence number, whose loss nobody can count.
     *
     * @param txSize size of an IP packet, bytes
     * @param overhead {@link #IPV4_OVERHEAD} or {@link #IPV6_OVERHEAD}
     * @return payload bytes of one datagram, at least 4
     */
    public static int payloadLength(int txSize, int overhead) {
        return Math.max(SEQUENCE_LENGTH, txSize - overhead);
    }

    /**
     * Writes the sequence number of a datagram; position and limit stay.
     *
     * @param at where in the buffer the datagram begins
     */
    public static void putSequence(ByteBuffer buffer, int at, int sequence) {
        // a buffer may be set to the other byte order for a status
        buffer.put(at, (byte) (sequence >>> 24))
                .put(at + 1, (byte) (sequence >>> 16))
                .put(at + 2, (byte) (sequence >>> 8))
                .put(at + 3, (byte) sequence);
    }

    /**
     * @param at where in the buffer the datagram begins
     * @return its sequence number, as unsigned 32 bits in an int
     */
    public static int sequence(ByteBuffer buffer, int at) {
        return (buffer.get(at) & 0xFF) << 24
                | (buffer.get(at + 1) & 0xFF) << 16
                | (buffer.get(at + 2) & 0xFF) << 8
                | (buffer.get(at + 3) & 0xFF);
    }

    /** @return the server's two port bytes, big-endian */
    public static byte[] encodePort(int port) {
        return new byte[] {(byte) (port >>> 8), (byte) port};
    }

    /**
     * @param bytes the two bytes that the server sends before a UDP test
     * @return the server's UDP port
     * @throws MalformedMessageException if the port is 0, or so high that port + 256 does not exist
     */
    public static int decodePort(byte[] bytes) throws MalformedMessageException {
        Wire.requireLength("UDP port", bytes, 2);
        int port = Wire.uint8(bytes, 0) << 8 | Wire.uint8(bytes, 1);
        if (port == 0 || port + CLIENT_PORT_OFFSET > 0xFFFF) {
            throw new MalformedMessageException("UDP port " + port + " is outside 1.." + (0xFFFF - CLIENT_PORT_OFFSET));
        }
        return port;
    }
}
