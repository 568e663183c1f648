package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The intervals of one test and how it ended: the thread that runs the test writes, others follow. So a slow listener
 * never delays the test. Whatever is thrown, a recording ends, since somebody may wait for that. Thread-safe.
 */
public final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** A test, from its start to the judgement of it. */
    public interface Test {
        /** @return why it is no measurement, or null */
        BtestException run() throws BtestException;
    }

    private final List<IntervalReport> intervals = new ArrayList<>();
    private TestReport report;
    private BtestException failure;
    private boolean ended;

    /** Appends an interval, and hands it to those who wait for it. */
    public synchronized void add(IntervalReport interval) {
        intervals.add(interval);
        notifyAll();
    }

    /** @return a copy of what there is so far */
    public synchronized List<IntervalReport> intervals() {
        return List.copyOf(intervals);
    }

    /**
     * Runs the test on the calling thread, and ends the recording with it.
     *
     * @param wholeTest is asked once the test has ended
     */
    public void record(Test test, Supplier<TestReport> wholeTest) {
        BtestException reason = null;
        TestReport whole = null;
        try {
            reason = outcome(test);
            whole = wholeTest.get();
        } catch (RuntimeException | Error e) {
            LOG.error("cannot report a test", e);
        } finally {
            end(whole, reason);
        }
    }

    private static BtestException outcome(Test test) {
        try {
            return test.run();
        } catch (BtestException e) {
            return e;
        } catch (RuntimeException | Error e) {
            LOG.error("a test failed unexpectedly", e);
            return new BtestException(ErrorKind.IO, "the test failed unexpectedly: " + e, e);
        }
    }

    private synchronized void end(TestReport whole, BtestException reason) {
        // first what needs no memory
        ended = true;
        report = whole;
        failure = reason;
        notifyAll();
        if (whole != null && reason != null) {
            failure = reason.with(whole);
        }
    }

    /** @return interval number {@code position} as soon as there is one, or null if the test has ended without it */
    public synchronized IntervalReport await(int position) throws InterruptedException {
        while (position >= intervals.size() && !ended) {
            wait();
        }
        return position < intervals.size() ? intervals.get(position) : null;
    }

    /**
     * To be asked once the test has ended.
     *
     * @throws BtestException if it failed, with the report of what was measured
     */
    public synchronized TestReport result() throws BtestException {
        if (failure != null) {
            throw failure;
        }
        if (report == null) {
            throw new BtestException(ErrorKind.IO, "the test ended without a report; see the log");
        }
        return report;
    }
}
