package io.github.jmeterbtest.jmeter.field;

import java.util.Locale;

/** The words of a field that is true or false; RouterOS says yes and no. */
final class YesNo {
    private YesNo() {}

    /** {@return true for yes, false for no, and any other text as it is, in lower case} */
    static String word(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "yes" -> "true";
            case "no" -> "false";
            default -> word;
        };
    }
}
