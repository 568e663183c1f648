package io.github.jmeterbtest.jmeter.chart;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives each name a number that tells its colour, the same in every run. It follows from the name, so that in most
 * cases the next session has the same colours too; names that would share a colour get the next free one. Memory is
 * bounded: further names than {@link #MAX_NAMES} are not remembered and may share a colour.
 */
final class LineNumbers {
    static final int MAX_NAMES = 10_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    /** {@return at least 0; those below {@link ChartColours#DISTINCT} first} */
    synchronized int of(String name) {
        if (numbers.size() >= MAX_NAMES && !numbers.containsKey(name)) {
            return ChartColours.DISTINCT + Math.floorMod(name.hashCode(), MAX_NAMES);
        }
        return numbers.computeIfAbsent(name, this::next);
    }

    private int next(String name) {
        int preferred = Math.floorMod(name.hashCode(), ChartColours.DISTINCT);
        for (int i = 0; i < ChartColours.DISTINCT; i++) {
            int number = (preferred + i) % ChartColours.DISTINCT;
            if (taken.add(number)) {
                return number;
            }
        }
        int more = taken.size();
        taken.add(more);
        return more;
    }
}
