package io.github.jmeterbtest.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the tests of a results file, row by row. The rows of a test's intervals may stand before its last row, as
 * JMeter writes them live, or behind it, as sub-results. A row belongs to a test if thread, name and time fit.
 */
public final class Judgement {
    /**
     * A test that ended, or that should have.
     *
     * @param name its name, as the user wrote it
     * @param row its last row; of one that has no result, its last interval
     * @param failure why it did not pass; empty if it passed
     * @param intervals in their order, if they are kept
     */
    public record Test(String name, ResultRow row, String failure, List<ResultRow> intervals) {
        /** @return whether it passed */
        public boolean passed() {
            return failure.isEmpty();
        }

        /** @return whether it has a result; else its row is that of an interval */
        public boolean ended() {
            return !failure.equals(UNFINISHED);
        }
    }

    private static final String NO_NAME = "(no name)";
    private static final String NO_REASON = "it failed, and the file does not say why";
    private static final String UNFINISHED =
            "it began and has no result: the run ended, or was ended, in the middle of it";

    /** Stamps are of milliseconds. */
    private static final long TOLERANCE_MILLIS = 2;
    /** An interval is 5 s at most. */
    private static final long SILENT_MILLIS = 10_000;

    /** A thread runs one test at a time. */
    private record Key(String threadName, String testName) {}

    private final boolean keepIntervals;
    private final List<Test> ended = new ArrayList<>();
    private final List<Test> unfinished = new ArrayList<>();
    /** Intervals without the last row of their test, until now. */
    private final Map<Key, List<ResultRow>> running = new LinkedHashMap<>();

    private final Map<Key, Test> latest = new HashMap<>();

    /** @param keepIntervals false to forget them when their test has ended, so that a long file needs little memory */
    public Judgement(boolean keepIntervals) {
        this.keepIntervals = keepIntervals;
    }

    /** Takes the next row of the file. */
    public void add(ResultRow row) {
        Key own = new Key(row.threadName(), row.label());
        // a test may have a name that ends like the label of an interval: then it has intervals itself, or a latency
        boolean interval = row.seemsInterval() && !(row.latencyMillis() > 0 && running.containsKey(own));
        if (interval) {
            addInterval(new Key(row.threadName(), row.nameOfInterval()), row);
        } else {
            end(own, row);
        }
    }

    private void addInterval(Key key, ResultRow row) {
        Test last = latest.get(key);
        if (last != null && !running.containsKey(key) && isDuring(row, last.row())) {
            keep(last.intervals(), row);
            return;
        }
        List<ResultRow> intervals = running.computeIfAbsent(key, first -> new ArrayList<>());
        if (!intervals.isEmpty() && isSilentBetween(intervals.get(intervals.size() - 1), row)) {
            release(key, List.copyOf(intervals), unfinished);
            intervals.clear();
        }
        if (!keepIntervals) {
            // the last one tells that the test began; what has a latency may be a test of its own
            intervals.removeIf(before -> before.latencyMillis() == 0);
        }
        intervals.add(row);
    }

    /** Intervals of a test follow each other without a gap. */
    private static boolean isSilentBetween(ResultRow before, ResultRow row) {
        return row.startMillis() - before.startMillis() - before.elapsedMillis() > SILENT_MILLIS;
    }

    private void end(Key key, ResultRow row) {
        List<ResultRow> before = running.remove(key);
        List<ResultRow> intervals = new ArrayList<>();
        if (before != null) {
            List<ResultRow> others = new ArrayList<>();
            before.forEach(each -> (isDuring(each, row) ? intervals : others).add(each));
            release(key, others, unfinished);
        }
        Test test = new Test(
                row.label().isBlank() ? NO_NAME : row.label(),
                row,
                row.success() ? "" : reason(row),
                keepIntervals ? intervals : new ArrayList<>());
        ended.add(test);
        latest.put(key, test);
    }

    private void keep(List<ResultRow> intervals, ResultRow row) {
        if (keepIntervals) {
            intervals.add(row);
        }
    }

    private static boolean isDuring(ResultRow interval, ResultRow test) {
        long middle = interval.startMillis() + interval.elapsedMillis() / 2;
        return middle >= test.startMillis() - TOLERANCE_MILLIS
                && middle <= test.startMillis() + test.elapsedMillis() + TOLERANCE_MILLIS;
    }

    /** Rows that no test claims: those of a test that has no result, or tests with the name of an interval. */
    private static void release(Key key, List<ResultRow> rows, List<Test> into) {
        List<ResultRow> intervals =
                rows.stream().filter(row -> row.latencyMillis() == 0).toList();
        rows.stream()
                .filter(row -> row.latencyMillis() > 0)
                .forEach(row -> into.add(new Test(row.label(), row, "", List.of())));
        if (!intervals.isEmpty()) {
            into.add(new Test(key.testName(), intervals.get(intervals.size() - 1), UNFINISHED, intervals));
        }
    }

    private static String reason(ResultRow row) {
        String reason = row.reason();
        return reason.isEmpty() ? NO_REASON : reason;
    }

    /** @return all tests: those that ended, in their order, and then those that have no result, and so failed */
    public List<Test> tests() {
        List<Test> all = new ArrayList<>(ended);
        all.addAll(unfinished);
        running.forEach((key, rows) -> release(key, rows, all));
        return all;
    }

    /**
     * @param names of the tests that should have been run
     * @return those that were not, in the same order; a name that stands there twice needs two tests
     */
    public List<String> missing(List<String> names) {
        List<String> missing = new ArrayList<>(names);
        tests().forEach(test -> missing.remove(test.name()));
        return missing;
    }
}
