/**
 * Entry points and what leads from a connection to a test: options, handshake, login, joins, ports. Start with
 * {@link io.github.jmeterbtest.engine.BandwidthClient} and {@link io.github.jmeterbtest.engine.BandwidthServer}. Knows
 * no JMeter.
 */
package io.github.jmeterbtest.engine;
