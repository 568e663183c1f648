package io.github.jmeterbtest.engine.transfer;

import java.time.Duration;

/**
 * How long a test runs and how it is divided.
 *
 * @param duration how long it runs at most
 * @param omit how long at the start intervals are marked as omitted
 * @param interval how often it reports
 * @param maxBytes received and sent together, after which it ends; 0 for no limit
 * @param lostPeerTimeout how long the peer may be silent, see {@link LostPeerTimeout}
 * @param awaitsTail whether to wait, once the sending has ended, until the peer has reported all that still arrives
 */
public record Timing(
        Duration duration,
        Duration omit,
        Duration interval,
        long maxBytes,
        Duration lostPeerTimeout,
        boolean awaitsTail) {
    /** Of any number of bytes, and over with its last interval. */
    public Timing(Duration duration, Duration omit, Duration interval, Duration lostPeerTimeout) {
        this(duration, omit, interval, 0, lostPeerTimeout, false);
    }
}
