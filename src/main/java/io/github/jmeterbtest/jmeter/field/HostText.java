package io.github.jmeterbtest.jmeter.field;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names and addresses of hosts as users paste them: says what does not belong there. */
final class HostText {
    private static final Pattern BRACKETS = Pattern.compile("\\[[^:]*]");
    /** Not a name that can exist. */
    private static final Pattern NUMBERS = Pattern.compile("\\d+(?:\\.\\d+){3,}");

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|[01]?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    private static final Pattern WITH_PORT = Pattern.compile("(?:[^:\\[\\]]+|\\[[^\\]]*]):\\d{1,5}");

    private HostText() {}

    /**
     * @param text without spaces around it
     * @return what is wrong with it and what would be right; nothing if it may be a host
     */
    static Optional<String> problem(String text) {
        Optional<String> invisible = InvisibleText.problem(text);
        if (invisible.isPresent()) {
            return invisible;
        }
        if (BRACKETS.matcher(text).matches()) {
            return Optional.of(Messages.text("check.host.brackets"));
        }
        if (NUMBERS.matcher(text).matches() && !IPV4.matcher(text).matches()) {
            return Optional.of(Messages.text("check.host.ipv4"));
        }
        if (text.contains("://")) {
            return Optional.of(Messages.text("check.host.url"));
        }
        if (text.contains("/")) {
            return Optional.of(Messages.text("check.host.network"));
        }
        return WITH_PORT.matcher(text).matches() ? Optional.of(Messages.text("check.host.port")) : Optional.empty();
    }
}
