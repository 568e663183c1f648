package io.github.jmeterbtest.engine.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A stage of a search: its trials have one length, and narrow the bounds down to one width.
 *
 * @param length of its trials
 * @param width how much the upper bound may exceed the lower one, as a share of it
 */
record Phase(Duration length, double width) {
    /** From phase to phase, trials get about so many times longer. */
    private static final double GROWTH = 8;
    /** A short trial is good enough to find the neighbourhood. */
    private static final double WIDER = 2;

    private static final int MILLIS_STEP = 10;

    /** @return the phases from the short trials to the final ones, whose width is the precision */
    static List<Phase> of(SearchSettings settings) {
        double ratio =
                (double) settings.finalTrial().toNanos() / settings.shortTrial().toNanos();
        int steps = ratio <= 1 ? 0 : Math.max(1, (int) Math.round(Math.log(ratio) / Math.log(GROWTH)));
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            double millis = settings.shortTrial().toMillis() * Math.pow(ratio, (double) i / steps);
            Duration length =
                    i == 0 ? settings.shortTrial() : Duration.ofMillis(Math.round(millis / MILLIS_STEP) * MILLIS_STEP);
            phases.add(new Phase(length, settings.precision() * Math.pow(WIDER, steps - i)));
        }
        phases.add(new Phase(settings.finalTrial(), settings.precision()));
        return phases;
    }
}
