package io.github.jmeterbtest.protocol;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Shared by all decoders: exact lengths, unsigned little-endian fields, and errors that name the byte. */
final class Wire {
    static final long UNSIGNED_INT_MAX = 0xFFFF_FFFFL;

    private Wire() {}

    static void requireLength(String message, byte[] bytes, int length) throws MalformedMessageException {
        if (bytes.length != length) {
            throw new MalformedMessageException(
                    message + ": " + bytes.length + " bytes instead of " + length + hint(bytes));
        }
    }

    static void requireZero(String message, byte[] bytes, int from, int to) throws MalformedMessageException {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                throw wrongByte(message, bytes, i, "00");
            }
        }
    }

    static MalformedMessageException wrongByte(String message, byte[] bytes, int index, String expected) {
        return new MalformedMessageException(String.format(
                Locale.ROOT,
                "%s: byte %d is %02x instead of %s%s",
                message,
                index,
                bytes[index] & 0xFF,
                expected,
                hint(bytes)));
    }

    static int uint8(byte[] bytes, int offset) {
        return bytes[offset] & 0xFF;
    }

    static int uint16(byte[] bytes, int offset) {
        return uint8(bytes, offset) | uint8(bytes, offset + 1) << 8;
    }

    static long uint32(byte[] bytes, int offset) {
        return uint16(bytes, offset) | (long) uint16(bytes, offset + 2) << 16;
    }

    static void putUint16(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) value;
        bytes[offset + 1] = (byte) (value >>> 8);
    }

    static void putUint32(byte[] bytes, int offset, long value) {
        putUint16(bytes, offset, (int) value);
        putUint16(bytes, offset + 2, (int) (value >>> 16));
    }

    /** The first bytes of a bad message help to tell an SSH or HTTP server from a broken peer. */
    private static String hint(byte[] bytes) {
        byte[] head = bytes.length <= 16 ? bytes : Arrays.copyOf(bytes, 16);
        return " (received " + HexFormat.ofDelimiter(" ").formatHex(head) + (head.length < bytes.length ? " …)" : ")");
    }
}
