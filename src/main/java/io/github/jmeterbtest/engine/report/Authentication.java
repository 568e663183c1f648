package io.github.jmeterbtest.engine.report;

import java.util.Locale;

/** How a client proves its password. */
public enum Authentication {
    /** Whatever the server requires (client only). */
    AUTO,
    /** No login. */
    NONE,
    /** MD5 challenge and response, RouterOS before 6.43. */
    MD5,
    /** EC-SRP5, RouterOS 6.43 and later. */
    EC_SRP5;

    /** @return {@code auto}, {@code none}, {@code md5} or {@code ec-srp5} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }
}
