package io.github.jmeterbtest.protocol;

import java.nio.ByteBuffer;

/**
 * Decodes the statuses of a connection that carries nothing else. It remembers the last sequence number, which
 * distinguishes two layouts:
 *
 * <ul>
 *   <li>The usual one. Bytes 2 and 3 have no meaning: RouterOS 7 puts other values than zero there (capture of 7.22.1).
 *   <li>That of btest-opensource, with the number big-endian in bytes 1 to 4. Up to 255 both read the same. It is
 *       chosen when its number follows the last one and the usual number does not.
 * </ul>
 *
 * Not thread-safe.
 */
public final class StatusDecoder {
    private static final int FULL_LOAD = 100;
    private static final int LOAD_BITS = 0x7F;

    private long last = -1;
    private boolean bigEndian;

    /**
     * @param bytes the {@value Status#LENGTH} bytes as received; a load above 100 percent counts as 100
     * @return the status; with a load of 0 in the layout that has none
     * @throws MalformedMessageException naming the byte that is wrong
     */
    public Status decode(byte[] bytes) throws MalformedMessageException {
        Wire.requireLength("status", bytes, Status.LENGTH);
        if (bytes[0] != Status.MARK) {
            throw Wire.wrongByte("status", bytes, 0, "07");
        }
        long usual = Wire.uint32(bytes, 4);
        long other = Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(1));
        boolean otherFits = (bytes[5] | bytes[6] | bytes[7]) == 0;
        bigEndian = otherFits && (bigEndian || (usual != last + 1 && other == last + 1));
        last = bigEndian ? other : usual;
        int load = bigEndian ? 0 : Math.min(bytes[1] & LOAD_BITS, FULL_LOAD);
        return new Status(load, last, Wire.uint32(bytes, 8));
    }
}
