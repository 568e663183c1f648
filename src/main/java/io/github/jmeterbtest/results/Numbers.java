package io.github.jmeterbtest.results;

import java.util.regex.Pattern;

/** Numbers as they stand in results files. */
final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("\\d{1,18}");

    private Numbers() {}

    /** @return the whole number that a text is; 0 if it is none */
    static long wholeOrZero(String text) {
        return text != null && WHOLE.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
