/**
 * How long packets wait while a test runs: short connections beside the test, timed one by one. Start with
 * {@link io.github.jmeterbtest.engine.latency.LatencyProbes}. Works against every server, since it needs nothing of it
 * but that its system answers.
 */
package io.github.jmeterbtest.engine.latency;
