package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.sample.SearchText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The throughput searches of a run. Memory is bounded: of more than {@link #MAX_SEARCHES} the oldest is forgotten. */
final class ChartSearches {
    static final int MAX_SEARCHES = 100;

    private final Deque<ChartSearch> newestFirst = new ArrayDeque<>();

    void add(ChartSearch search) {
        newestFirst.addFirst(search);
        if (newestFirst.size() > MAX_SEARCHES) {
            newestFirst.removeLast();
        }
    }

    void clear() {
        newestFirst.clear();
    }

    boolean isEmpty() {
        return newestFirst.isEmpty();
    }

    /**
     * {@return a line for each result of each search, those of the newest search first}
     *
     * @param run name of the run
     * @param age how many newer runs there are; empty for a single run, in which earlier searches with the same label
     *     are older
     * @param numbers tell the colours
     */
    List<SizeCurve> curves(String run, Optional<Integer> age, LineNumbers numbers) {
        List<SizeCurve> curves = new ArrayList<>();
        Map<String, Integer> newer = new HashMap<>();
        for (ChartSearch search : newestFirst) {
            byResult(search).forEach((result, found) -> {
                // a long name is cut at its end, so the result stands first
                String name = result + " · " + search.label();
                // another thread may search another router
                int newerInRun = newer.merge(name + '\n' + search.thread(), 1, Integer::sum) - 1;
                curves.add(curve(name, run, numbers.of(name), age.orElse(newerInRun), found));
            });
        }
        return curves;
    }

    private static Map<String, List<SearchText.Found>> byResult(ChartSearch search) {
        return search.found().stream()
                .collect(Collectors.groupingBy(SearchText.Found::name, LinkedHashMap::new, Collectors.toList()));
    }

    private static SizeCurve curve(String name, String run, int number, int age, List<SearchText.Found> found) {
        Map<Integer, Double> rates = new LinkedHashMap<>();
        Map<Integer, String> notes = new HashMap<>();
        for (SearchText.Found each : found) {
            rates.put(
                    each.size(),
                    each.bitsPerSecond().isPresent()
                            ? (double) each.bitsPerSecond().getAsLong()
                            : Double.NaN);
            if (!each.note().isEmpty()) {
                notes.put(each.size(), each.note());
            }
        }
        return new SizeCurve(name, run, number, age, rates, notes);
    }
}
