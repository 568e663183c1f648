/**
 * The machine below: threads, sockets, clock, pacing, polling, counters, CPU load. Internal to the engine; knows
 * nothing of btest and imports nothing of ours.
 */
package io.github.jmeterbtest.engine.platform;
