package io.github.jmeterbtest.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the contestants measured of one workload, round by round. */
final class Results {
    private static final String NOT_KNOWN = "-";

    private final Map<Contestant, List<Figures>> rounds = new HashMap<>();

    /** Adds the next round of that contestant. */
    void add(Contestant contestant, Figures figures) {
        rounds.computeIfAbsent(contestant, any -> new ArrayList<>()).add(figures);
    }

    /**
     * @param format of the number
     * @return the median of the rounds
     */
    String median(Contestant contestant, ToDoubleFunction<Figures> figure, String format) {
        double[] known = known(rounds.get(contestant).stream().mapToDouble(figure));
        return known.length == 0 ? NOT_KNOWN : String.format(Locale.ROOT, format, median(known));
    }

    /** @return the median of the ratios of each round, and the lowest and the highest of them */
    String ratio(Contestant over, Contestant under) {
        List<Figures> upper = rounds.get(over);
        List<Figures> lower = rounds.get(under);
        double[] known = known(IntStream.range(0, upper.size())
                .mapToDouble(round ->
                        upper.get(round).bitsPerSecond() / lower.get(round).bitsPerSecond()));
        return known.length == 0
                ? NOT_KNOWN
                : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median(known), known[0], known[known.length - 1]);
    }

    private static double[] known(DoubleStream values) {
        return values.filter(value -> !Double.isNaN(value)).sorted().toArray();
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
