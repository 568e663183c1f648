package io.github.jmeterbtest.auth;

import java.util.Random;

/** Text from all over Unicode, surrogate pairs included, without zero characters and unpaired surrogates. */
final class RandomText {

    private RandomText() {}

    /** {@return up to {@code maxLength} characters, at most four times as many bytes in UTF-8} */
    static String of(Random random, int maxLength) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(maxLength + 1);
        for (int i = 0; i < length; i++) {
            // each length of UTF-8 sequence as often as the others
            int limit = new int[] {0x80, 0x800, 0x10000, 0x110000}[random.nextInt(4)];
            int codePoint = 1 + random.nextInt(limit - 1);
            boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            text.appendCodePoint(surrogate ? ':' : codePoint);
        }
        return text.toString();
    }
}
