package io.github.jmeterbtest.engine.latency;

import io.github.jmeterbtest.engine.report.IntervalReport;
import java.io.Closeable;
import java.io.IOException;

/** Asks the other end for an answer, one question after the other. */
interface Probe extends Closeable {
    /** No answer came in time. */
    Answer LOST = new Answer(IntervalReport.UNKNOWN, IntervalReport.UNKNOWN);

    /**
     * What came back.
     *
     * @param nanos from the question to the answer, ns; {@link IntervalReport#UNKNOWN} if it is lost
     * @param roundTripNanos how long the packet that was answered and its answer were on their way at most, as the
     *     system tells it, ns: a repeated packet makes it less than {@code nanos}, a repeated answer does not;
     *     {@link IntervalReport#UNKNOWN} if the system does not tell it
     */
    record Answer(long nanos, long roundTripNanos) {
        /** @param nanos likewise */
        static Answer after(long nanos) {
            return new Answer(nanos, IntervalReport.UNKNOWN);
        }

        boolean isLost() {
            return nanos == IntervalReport.UNKNOWN;
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @return {@link #LOST} if none came
     * @throws IOException if this machine could not ask, or after {@link #close()}
     */
    Answer ask() throws IOException;

    /** Ends {@link #ask()} at once, from any thread. */
    @Override
    void close();
}
