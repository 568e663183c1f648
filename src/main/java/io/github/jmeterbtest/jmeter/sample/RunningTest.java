package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is known of a test before it ends.
 *
 * @param protocol what carries the data
 * @param interval length of an interval, more than 0
 * @param duration how long the transfer shall last; empty where the peer decides
 * @param started when the transfer began; asked once it has
 */
public record RunningTest(
        Protocol protocol, Duration interval, Optional<Duration> duration, Supplier<Instant> started) {}
