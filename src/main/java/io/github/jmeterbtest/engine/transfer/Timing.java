package io.github.jmeterbtest.engine.transfer;

import java.time.Duration;

/**
 * How long a test runs and how it is divided.
 *
 * @param duration how long it runs at most
 * @param omit how long at the start intervals are marked as omitted
 * @param interval how often it reports
 * @param lostPeerTimeout how long the peer may be silent, see {@link LostPeerTimeout}
 */
public record Timing(Duration duration, Duration omit, Duration interval, Duration lostPeerTimeout) {}
