package io.github.jmeterbtest.engine.latency;

import java.io.Closeable;
import java.io.IOException;

/** Asks the other end for an answer, one question after the other. */
interface Probe extends Closeable {
    /** No answer came in time. */
    long LOST = -1;

    /**
     * Asks, and waits for the answer.
     *
     * @return how long it took, ns, or {@link #LOST}
     * @throws IOException if this machine could not ask, or after {@link #close()}
     */
    long nanos() throws IOException;

    /** Ends {@link #nanos()} at once, from any thread. */
    @Override
    void close();
}
