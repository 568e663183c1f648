package io.github.jmeterbtest.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the tests of a results file, row by row. */
public final class Judgement {
    /**
     * A test that ended, or that should have.
     *
     * @param name its name, as the user wrote it
     * @param row its last row; of one that has no result, its last interval
     * @param failure why it did not pass; empty if it passed
     * @param intervals in their order
     */
    public record Test(String name, ResultRow row, String failure, List<ResultRow> intervals) {
        /** @return whether it passed */
        public boolean passed() {
            return failure.isEmpty();
        }
    }

    private static final String NO_REASON = "it failed, and the file does not say why";
    private static final String UNFINISHED =
            "it began and has no result: the run ended, or was ended, in the middle of it";

    /** A thread runs one test at a time. */
    private record Running(String threadName, String testName) {}

    private final List<Test> ended = new ArrayList<>();
    private final Map<Running, List<ResultRow>> running = new LinkedHashMap<>();

    /** Takes the next row of the file. */
    public void add(ResultRow row) {
        Running key = new Running(row.threadName(), row.testName());
        if (row.isInterval()) {
            running.computeIfAbsent(key, first -> new ArrayList<>()).add(row);
            return;
        }
        List<ResultRow> intervals = running.remove(key);
        ended.add(new Test(
                row.label(), row, row.success() ? "" : reason(row), intervals == null ? List.of() : intervals));
    }

    private static String reason(ResultRow row) {
        String reason = row.reason();
        return reason.isEmpty() ? NO_REASON : reason;
    }

    /** @return all tests: those that ended, in their order, and then those that have no result, and so failed */
    public List<Test> tests() {
        List<Test> all = new ArrayList<>(ended);
        running.forEach((key, intervals) ->
                all.add(new Test(key.testName(), intervals.get(intervals.size() - 1), UNFINISHED, intervals)));
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
