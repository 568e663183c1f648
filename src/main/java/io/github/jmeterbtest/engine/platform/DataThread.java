package io.github.jmeterbtest.engine.platform;

import java.util.function.LongSupplier;

/**
 * A thread that moves data.
 *
 * @param waitedNanos CPU time that it has spent on nothing but waiting, ns
 */
public record DataThread(Thread thread, LongSupplier waitedNanos) {}
