package io.github.jmeterbtest.engine.search;

import java.util.Locale;

/** What keeps a rate from being higher. */
public enum Limit {
    /** The link, or what is on it, loses more than accepted at a higher rate. */
    LINK,
    /** This machine cannot send or receive faster, so the link may be faster. */
    THIS_MACHINE,
    /**
     * No more arrived, without more loss than accepted: the server did not send faster, or a long queue on the way held
     * it back until the trial ended. Datagrams carry no time that would tell the two apart.
     */
    SERVER_OR_QUEUE,
    /** The highest rate that was to be tried. */
    HIGHEST_RATE,
    /** Even the lowest rate that was to be tried loses more than accepted. */
    LOWEST_RATE;

    /** @return such as {@code this machine} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
