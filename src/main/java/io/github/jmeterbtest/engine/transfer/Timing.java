package io.github.jmeterbtest.engine.transfer;

import java.time.Duration;

/**
 * How long a test runs and how it is divided.
 *
 * @param duration how long it runs at most
 * @param omit how long at the start intervals are marked as omitted
 * @param interval how often it reports
 * @param silence how long nothing may be heard of the peer, see {@link LostPeerTimeout}
 */
public record Timing(Duration duration, Duration omit, Duration interval, Duration lostPeerTimeout) {}
