package io.github.jmeterbtest.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Collects the tests of a results file, row by row. The rows of a test's intervals may stand before its last row, as
 * JMeter writes them live, or behind it, as sub-results. A row belongs to a test if thread, name and time fit.
 *
 * @param <I> what is kept of an interval
 */
public final class Judgement<I> {
    /**
     * A test that ended, or that should have.
     *
     * @param name its name, as the user wrote it
     * @param row its last row; of one that has no result, name, thread and times of its last interval
     * @param failure why it did not pass; empty if it passed
     * @param intervals what is kept of them, in their order
     * @param trial whether it is a trial of a throughput search, and so no test of its own
     * @param <I> what is kept of an interval
     */
    public record Test<I>(String name, ResultRow row, String failure, List<I> intervals, boolean trial) {
        Test(String name, ResultRow row, String failure, List<I> intervals) {
            this(name, row, failure, intervals, false);
        }

        Test<I> asTrial() {
            return new Test<>(name, row, failure, intervals, true);
        }

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

    /**
     * An interval, or a test that is named like one. A long file has millions, so the rows themselves are not kept.
     *
     * @param test the row, if it has a latency and so may be a test of its own; else null
     */
    private record Kept<I>(long startMillis, long elapsedMillis, ResultRow test, I value) {
        boolean mayBeTest() {
            return test != null;
        }

        boolean isDuring(ResultRow row) {
            return Judgement.isDuring(startMillis, elapsedMillis, row);
        }
    }

    private final Function<ResultRow, I> keep;
    private final List<Test<I>> ended = new ArrayList<>();
    private final List<Test<I>> unfinished = new ArrayList<>();
    /** Intervals without the last row of their test, until now. */
    private final Map<Key, List<Kept<I>>> running = new LinkedHashMap<>();

    private final Map<Key, Test<I>> latest = new HashMap<>();

    /** @param keep gives what to keep of an interval; nothing if it gives null */
    public Judgement(Function<ResultRow, I> keep) {
        this.keep = keep;
    }

    /** @return one that keeps no intervals, so that a long file needs little memory */
    public static Judgement<Void> ofTests() {
        return new Judgement<>(row -> null);
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
        Test<I> last = latest.get(key);
        I value = keep.apply(row);
        if (last != null && !running.containsKey(key) && isDuring(row.startMillis(), row.elapsedMillis(), last.row())) {
            if (value != null) {
                last.intervals().add(value);
            }
            return;
        }
        List<Kept<I>> intervals = running.computeIfAbsent(key, first -> new ArrayList<>());
        if (!intervals.isEmpty() && isSilentBetween(intervals.get(intervals.size() - 1), row)) {
            release(key, intervals, unfinished);
            intervals.clear();
        }
        if (value == null) {
            // the last one tells that the test began
            intervals.removeIf(before -> before.value() == null && !before.mayBeTest());
        }
        intervals.add(new Kept<>(row.startMillis(), row.elapsedMillis(), row.latencyMillis() > 0 ? row : null, value));
    }

    /** Intervals of a test follow each other without a gap. */
    private static boolean isSilentBetween(Kept<?> before, ResultRow row) {
        return row.startMillis() - before.startMillis() - before.elapsedMillis() > SILENT_MILLIS;
    }

    private void end(Key key, ResultRow row) {
        List<Kept<I>> before = running.remove(key);
        List<Kept<I>> intervals = new ArrayList<>();
        if (before != null) {
            List<Kept<I>> others = new ArrayList<>();
            before.forEach(each -> (each.isDuring(row) ? intervals : others).add(each));
            release(key, others, unfinished);
        }
        Test<I> test = new Test<>(
                row.label().isBlank() ? NO_NAME : row.label(),
                row,
                row.success() ? "" : reason(row),
                values(intervals));
        ended.add(test);
        latest.put(key, test);
    }

    /** Can be added to, as sub-results come later. */
    private static <I> List<I> values(List<Kept<I>> intervals) {
        List<I> values = new ArrayList<>(intervals.size());
        intervals.stream().map(Kept::value).filter(Objects::nonNull).forEach(values::add);
        return values;
    }

    private static boolean isDuring(long startMillis, long elapsedMillis, ResultRow test) {
        long middle = startMillis + elapsedMillis / 2;
        return middle >= test.startMillis() - TOLERANCE_MILLIS
                && middle <= test.startMillis() + test.elapsedMillis() + TOLERANCE_MILLIS;
    }

    /** Rows that no test claims: those of a test that has no result, or tests with the name of an interval. */
    private static <I> void release(Key key, List<Kept<I>> rows, List<Test<I>> into) {
        List<Kept<I>> intervals = rows.stream().filter(row -> !row.mayBeTest()).toList();
        rows.stream()
                .filter(Kept::mayBeTest)
                .forEach(row -> into.add(new Test<>(row.test().label(), row.test(), "", List.of())));
        if (!intervals.isEmpty()) {
            into.add(new Test<>(
                    key.testName(), lastRow(key, intervals.get(intervals.size() - 1)), UNFINISHED, values(intervals)));
        }
    }

    private static ResultRow lastRow(Key key, Kept<?> last) {
        String label = key.testName() + ResultRow.INTERVAL_SUFFIX;
        return new ResultRow(
                label,
                key.threadName(),
                last.startMillis(),
                last.elapsedMillis(),
                true,
                "",
                "",
                "",
                0,
                0,
                0,
                0,
                Map.of());
    }

    private static String reason(ResultRow row) {
        String reason = row.reason();
        return reason.isEmpty() ? NO_REASON : reason;
    }

    /** @return all tests, without the trials of searches; otherwise as {@link #testsAndTrials} */
    public List<Test<I>> tests() {
        return testsAndTrials().stream().filter(test -> !test.trial()).toList();
    }

    /** @return all tests: those that ended, in their order, and then those that have no result, and so failed */
    public List<Test<I>> testsAndTrials() {
        List<Test<I>> all = new ArrayList<>(ended);
        all.addAll(unfinished);
        running.forEach((key, rows) -> release(key, rows, all));
        return SearchTrials.marked(all);
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
