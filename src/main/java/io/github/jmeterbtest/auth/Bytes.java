package io.github.jmeterbtest.auth;

import java.math.BigInteger;

/** Byte strings as this package's formulas write them. */
final class Bytes {

    private Bytes() {}

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] whole = new byte[length];
        int offset = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, offset, part.length);
            offset += part.length;
        }
        return whole;
    }

    /** {@code value}, which is not negative and below 2^256, as 32 big-endian bytes. */
    static byte[] of(BigInteger value) {
        byte[] magnitude = value.toByteArray();
        byte[] bytes = new byte[32];
        // toByteArray leaves leading zeros out, and puts one in as a sign
        int length = Math.min(magnitude.length, bytes.length);
        System.arraycopy(magnitude, magnitude.length - length, bytes, bytes.length - length, length);
        return bytes;
    }

    static BigInteger toInteger(byte[] bigEndian) {
        return new BigInteger(1, bigEndian);
    }
}
