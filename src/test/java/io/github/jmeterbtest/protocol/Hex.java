package io.github.jmeterbtest.protocol;

import java.util.HexFormat;

/** Bytes written as captures show them. */
public final class Hex {

    private Hex() {}

    /** {@return the bytes of pairs of digits; blanks do not count} */
    public static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** {@return pairs of digits with a blank between} */
    public static String text(byte... bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    /** {@return the same bytes but for one} */
    static byte[] with(String digits, int index, int value) {
        byte[] bytes = bytes(digits);
        bytes[index] = (byte) value;
        return bytes;
    }
}
