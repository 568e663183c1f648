package io.github.jmeterbtest.engine;

import java.net.InetAddress;
import java.time.Instant;

/**
 * A connection to a server that got no test.
 *
 * @param at when
 * @param client where it came from
 * @param reason why, for people; without any secret
 */
public record Refusal(Instant at, InetAddress client, String reason) {}
