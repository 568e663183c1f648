/**
 * A bandwidth test as it happens: client, server, transfers, pacing, counting. Sockets, threads and the clock live
 * here; JMeter does not.
 *
 * <p>Start with {@link io.github.jmeterbtest.engine.BandwidthClient} and
 * {@link io.github.jmeterbtest.engine.BandwidthServer}.
 */
package io.github.jmeterbtest.engine;
