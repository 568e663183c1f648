package io.github.jmeterbtest.protocol;

/**
 * What one end reports to the other each second (12 bytes, captured from RouterOS).
 *
 * @param cpuLoad CPU load of the sender of the status, percent, 0..100
 * @param sequence 1 for the first status of a test, 0..4294967295
 * @param bytesReceived bytes that the sender of the status received since its last one, modulo 2^32
 */
public record Status(int cpuLoad, long sequence, long bytesReceived) {
    /** Length in bytes. */
    public static final int LENGTH = 12;
    /** First byte of every status. */
    public static final byte MARK = 7;

    private static final int CPU_FLAG = 0x80;

    /** @throws IllegalArgumentException if a value does not fit its field */
    public Status {
        if (cpuLoad < 0 || cpuLoad > 100) {
            throw new IllegalArgumentException("CPU load " + cpuLoad + " is outside 0..100 percent");
        }
        if (sequence < 0 || sequence > Wire.UNSIGNED_INT_MAX) {
            throw new IllegalArgumentException("sequence " + sequence + " is outside 0..4294967295");
        }
        if (bytesReceived < 0 || bytesReceived > Wire.UNSIGNED_INT_MAX) {
            throw new IllegalArgumentException("byte count " + bytesReceived + " is outside 0..4294967295");
        }
    }

    /** @return the 12 bytes for the wire */
    public byte[] encode() {
        byte[] bytes = new byte[LENGTH];
        bytes[0] = MARK;
        bytes[1] = (byte) (CPU_FLAG | cpuLoad);
        Wire.putUint32(bytes, 4, sequence);
        Wire.putUint32(bytes, 8, bytesReceived);
        return bytes;
    }

    /**
     * @param bytes the 12 bytes as received; the flag beside the CPU load may be missing, as from some RouterOS
     *     versions
     * @return the status
     * @throws MalformedMessageException naming the byte that is wrong
     */
    public static Status decode(byte[] bytes) throws MalformedMessageException {
        Wire.requireLength("status", bytes, LENGTH);
        if (bytes[0] != MARK) {
            throw Wire.wrongByte("status", bytes, 0, "07");
        }
        int cpuLoad = bytes[1] & ~CPU_FLAG & 0xFF;
        if (cpuLoad > 100) {
            throw Wire.wrongByte("status", bytes, 1, "a load of 00..64 (with or without 80 added)");
        }
        Wire.requireZero("status", bytes, 2, 4);
        return new Status(cpuLoad, Wire.uint32(bytes, 4), Wire.uint32(bytes, 8));
    }
}
