package io.github.jmeterbtest.results;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the trials of throughput searches among tests. A trial is named {@code NAME: SIZE}, where NAME is that of the
 * search and SIZE is in the table that the search has as message, and it ran during the search, on the same thread.
 */
final class SearchTrials {
    private static final Pattern SIZE = Pattern.compile("\\b(\\d{2,5}): (?:NDR|PDR \\d[\\d.]* %) ");

    private record Key(String threadName, String name) {}

    private SearchTrials() {}

    /** @return the same tests, with those marked that are trials; none without the row of its search */
    static <I> List<Judgement.Test<I>> marked(List<Judgement.Test<I>> tests) {
        Map<Key, List<ResultRow>> searches = searchesByTrial(tests);
        return tests.stream()
                .map(test -> isTrial(test, searches) ? test.asTrial() : test)
                .toList();
    }

    private static <I> Map<Key, List<ResultRow>> searchesByTrial(List<Judgement.Test<I>> tests) {
        Map<Key, List<ResultRow>> searches = new HashMap<>();
        for (Judgement.Test<I> test : tests) {
            ResultRow row = test.row();
            Matcher size = SIZE.matcher(row.responseMessage());
            while (size.find()) {
                Key trial = new Key(row.threadName(), row.label() + ": " + size.group(1));
                searches.computeIfAbsent(trial, first -> new ArrayList<>()).add(row);
            }
        }
        return searches;
    }

    private static boolean isTrial(Judgement.Test<?> test, Map<Key, List<ResultRow>> searches) {
        ResultRow row = test.row();
        return searches.getOrDefault(new Key(row.threadName(), test.name()), List.of()).stream()
                .anyMatch(search -> isWithin(row, search));
    }

    /**
     * What begins as soon as the search has ended is a test of its own, and so is everything whose times are unknown.
     */
    private static boolean isWithin(ResultRow row, ResultRow search) {
        long middle = row.startMillis() + row.elapsedMillis() / 2;
        return search.startMillis() > 0
                && middle >= search.startMillis()
                && middle < search.startMillis() + search.elapsedMillis();
    }
}
