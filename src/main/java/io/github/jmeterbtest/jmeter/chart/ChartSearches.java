package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.jmeter.sample.SearchText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
     * @param earlier whether there is a newer run; of one run, an earlier search with the same label is so, too
     * @param numbers tell the colours
     */
    List<SizeCurve> curves(String run, boolean earlier, LineNumbers numbers) {
        List<SizeCurve> curves = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ChartSearch search : newestFirst) {
            ratesByName(search).forEach((result, rates) -> {
                // a long name is cut at its end, so the result stands first
                String name = result + " · " + search.label();
                curves.add(new SizeCurve(name, run, numbers.of(name), earlier || !names.add(name), rates));
            });
        }
        return curves;
    }

    private static Map<String, Map<Integer, Double>> ratesByName(ChartSearch search) {
        Map<String, Map<Integer, Double>> rates = new LinkedHashMap<>();
        for (SearchText.Found found : search.found()) {
            double rate =
                    found.bitsPerSecond().isPresent() ? found.bitsPerSecond().getAsLong() : Double.NaN;
            rates.computeIfAbsent(found.name(), first -> new LinkedHashMap<>()).put(found.size(), rate);
        }
        return rates;
    }
}
