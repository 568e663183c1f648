package io.github.jmeterbtest.engine.report;

import java.util.Locale;

/**
 * What a peer's count of received bytes covers: RouterOS 6 counts IP packets, RouterOS 7 UDP payload (both: kernel
 * source).
 */
public enum ByteUnit {
    /** IP packets: IP header, UDP header and payload. */
    IP,
    /** UDP payload only. */
    PAYLOAD,
    /** Too few counts to tell. */
    UNKNOWN;

    /** @return the word for JSON and logs */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
