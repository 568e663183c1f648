package io.github.jmeterbtest.protocol;

/**
 * The test that a client asks for (16 bytes, captured from RouterOS).
 *
 * @param protocol what carries the data
 * @param direction seen from the client
 * @param randomData random bytes instead of zeros
 * @param connectionCount TCP connections, or UDP streams, each with a port of its own on the client, 0..255; 0 means
 *     one
 * @param txSize UDP: size of an IP packet in bytes, 28..64000; TCP: no meaning, clients send 32768 or 1500
 * @param clientBufferSize bytes, 0 in every capture
 * @param remoteTxSpeed what the server may send, bit/s, 0..4294967295; 0 means unlimited
 * @param localTxSpeed what the client may send, bit/s, 0..4294967295; 0 means unlimited
 */
public record Command(
        Protocol protocol,
        Direction direction,
        boolean randomData,
        int connectionCount,
        int txSize,
        int clientBufferSize,
        long remoteTxSpeed,
        long localTxSpeed)
        implements OpeningMessage {
    /** Block size that RouterOS sends for TCP, in bytes. */
    public static final int TCP_TX_SIZE = 0x8000;
    /** Smallest UDP test packet, in bytes: an IPv4 and a UDP header. */
    public static final int MIN_UDP_TX_SIZE = 28;
    /** Largest UDP test packet that RouterOS accepts, in bytes. */
    public static final int MAX_UDP_TX_SIZE = 64000;
    /** RouterOS's default UDP test packet, in bytes. */
    public static final int DEFAULT_UDP_TX_SIZE = 1500;
    /** The highest speed that fits the 32-bit field, bit/s. */
    public static final long MAX_SPEED = Wire.UNSIGNED_INT_MAX;

    /** @throws IllegalArgumentException if a value does not fit its field */
    public Command {
        requireRange("connection count", connectionCount, 0, 0xFF);
        requireRange("tx size", txSize, 0, 0xFFFF);
        requireRange("client buffer size", clientBufferSize, 0, 0xFFFF);
        requireRange("remote tx speed", remoteTxSpeed, 0, MAX_SPEED);
        requireRange("local tx speed", localTxSpeed, 0, MAX_SPEED);
    }

    /** @return TCP connections, or UDP streams, at least 1 */
    public int connections() {
        return Math.max(1, connectionCount);
    }

    private static void requireRange(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(field + " " + value + " is outside " + min + ".." + max);
        }
    }

    @Override
    public byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = (byte) protocol.wireByte();
        bytes[1] = (byte) direction.serverBits();
        bytes[2] = (byte) (randomData ? 0 : 1);
        bytes[3] = (byte) connectionCount;
        Wire.putUint16(bytes, 4, txSize);
        Wire.putUint16(bytes, 6, clientBufferSize);
        Wire.putUint32(bytes, 8, remoteTxSpeed);
        Wire.putUint32(bytes, 12, localTxSpeed);
        return bytes;
    }

    static Command decode(byte[] bytes) throws MalformedMessageException {
        Protocol protocol = Protocol.ofWireByte(bytes, 0);
        Direction direction = Direction.ofServerBits(bytes, 1);
        if (bytes[2] != 0 && bytes[2] != 1) {
            throw Wire.wrongByte("command", bytes, 2, "00 or 01 (data)");
        }
        int txSize = Wire.uint16(bytes, 4);
        if (protocol == Protocol.UDP && (txSize < MIN_UDP_TX_SIZE || txSize > MAX_UDP_TX_SIZE)) {
            throw new MalformedMessageException(
                    "command: UDP tx size " + txSize + " is outside " + MIN_UDP_TX_SIZE + ".." + MAX_UDP_TX_SIZE);
        }
        return new Command(
                protocol,
                direction,
                bytes[2] == 0,
                Wire.uint8(bytes, 3),
                txSize,
                Wire.uint16(bytes, 6),
                Wire.uint32(bytes, 8),
                Wire.uint32(bytes, 12));
    }
}
