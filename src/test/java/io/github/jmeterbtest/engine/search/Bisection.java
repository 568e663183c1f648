package io.github.jmeterbtest.engine.search;

import io.github.jmeterbtest.engine.report.BtestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The search of RFC 2544 as most tools do it, to compare with: each accepted loss by itself, all trials at full length.
 */
final class Bisection {
    private final SearchSettings settings;
    private final List<Double> rates = new ArrayList<>();
    private int trials;

    Bisection(SearchSettings settings) {
        this.settings = settings;
    }

    /** @return the time that it needs */
    Duration run(TrialRunner link) throws BtestException {
        for (double acceptedLoss : settings.acceptedLosses()) {
            double lower = (double) settings.lowestBitsPerSecond();
            double upper = (double) settings.highestBitsPerSecond();
            while (upper > lower * (1 + settings.precision())) {
                double middle = (lower + upper) / 2;
                trials++;
                if (link.run(Math.round(middle), settings.finalTrial())
                                .orElseThrow()
                                .maxLoss()
                        <= acceptedLoss) {
                    lower = middle;
                } else {
                    upper = middle;
                }
            }
            rates.add(lower);
        }
        return settings.finalTrial().multipliedBy(trials);
    }

    List<Double> rates() {
        return rates;
    }

    int trials() {
        return trials;
    }
}
