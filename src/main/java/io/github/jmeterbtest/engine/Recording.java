package io.github.jmeterbtest.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * The intervals of one test and how it ended: the thread that beats its time writes, others follow. So whoever takes the
 * intervals may take its time: no clock waits for it. Thread-safe.
 */
final class Recording {
    private final List<IntervalReport> intervals = new ArrayList<>();
    private TestReport report;
    private BtestException failure;

    synchronized void add(IntervalReport interval) {
        intervals.add(interval);
        notifyAll();
    }

    /** @return a copy of what there is so far */
    synchronized List<IntervalReport> intervals() {
        return List.copyOf(intervals);
    }

    /** @param reason why the test failed, or null */
    synchronized void end(TestReport wholeTest, BtestException reason) {
        failure = reason == null ? null : reason.with(wholeTest);
        report = wholeTest;
        notifyAll();
    }

    /** @return interval number {@code position} as soon as there is one, or null if the test has ended without it */
    synchronized IntervalReport await(int position) throws InterruptedException {
        while (position >= intervals.size() && report == null) {
            wait();
        }
        return position < intervals.size() ? intervals.get(position) : null;
    }

    /**
     * To be asked once the test has ended.
     *
     * @throws BtestException if it failed, with the report of what was measured
     */
    synchronized TestReport result() throws BtestException {
        if (failure != null) {
            throw failure;
        }
        return report;
    }
}
