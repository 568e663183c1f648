package io.github.jmeterbtest.jmeter.field;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and addresses of hosts as users paste them: says what does not belong there. */
final class HostText {
    private static final Pattern WITH_PORT = Pattern.compile("(?:[^:\\[\\]]+|\\[[^\\]]*]):\\d{1,5}");

    private HostText() {}

    /**
     * @param text without spaces around it
     * @return what is wrong with it and what would be right; nothing if it may be a host
     */
    static Optional<String> problem(String text) {
        Optional<String> invisible = text.codePoints()
                .filter(HostText::isInvisible)
                .mapToObj(c -> Messages.text("check.host.invisible", String.format(Locale.ROOT, "U+%04X", c)))
                .findFirst();
        if (invisible.isPresent()) {
            return invisible;
        }
        if (text.contains("://")) {
            return Optional.of(Messages.text("check.host.url"));
        }
        if (text.contains("/")) {
            return Optional.of(Messages.text("check.host.network"));
        }
        return WITH_PORT.matcher(text).matches() ? Optional.of(Messages.text("check.host.port")) : Optional.empty();
    }

    /** A space inside is one too: who pasted it does not see where it ends. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return Character.isSpaceChar(c) || type == Character.FORMAT || type == Character.CONTROL;
    }
}
