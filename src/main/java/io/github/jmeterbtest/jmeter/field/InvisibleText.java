package io.github.jmeterbtest.jmeter.field;

import java.util.Locale;
import java.util.Optional;

/** What nobody sees in a text that was pasted: it looks right, and is not. */
final class InvisibleText {
    private InvisibleText() {}

    /**
     * @param text without spaces around it
     * @return which invisible character is in it; nothing if there is none
     */
    static Optional<String> problem(String text) {
        return text.codePoints()
                .filter(InvisibleText::isInvisible)
                .mapToObj(c -> Messages.text("check.invisible", String.format(Locale.ROOT, "U+%04X", c)))
                .findFirst();
    }

    /** {@return the same, for a text in which the space of the keyboard can be right} */
    static Optional<String> hidden(String text) {
        return problem(text.replace(" ", ""));
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return Character.isSpaceChar(c) || type == Character.FORMAT || type == Character.CONTROL;
    }
}
