package io.github.jmeterbtest.engine;

import java.net.InetAddress;
import java.time.Instant;

/**
 * A connection to a server that got no test, or lost it.
 *
 * @param at when
 * @param client where it came from
 * @param reason why, for people; without any secret
 */
public record Refusal(Instant at, InetAddress client, String reason) {
    /** What a server counts them by. */
    enum Cause {
        TOO_LATE("without a command or login in time"),
        CLOSED("closed before the test"),
        PROTOCOL("that violated the protocol"),
        LOGIN("with a wrong user or password"),
        FULL("when everything was in use"),
        MADE_ROOM("ended to make room for other addresses"),
        FAILED("because of a failure of the server or its system");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }
}
