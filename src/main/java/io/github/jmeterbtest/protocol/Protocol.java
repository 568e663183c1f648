package io.github.jmeterbtest.protocol;

import java.util.Locale;

/** The transport protocol of the test data. The names, in lower case, are RouterOS's. */
public enum Protocol {
    UDP,
    TCP;

    /** @return RouterOS's word: {@code udp} or {@code tcp} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }
}
