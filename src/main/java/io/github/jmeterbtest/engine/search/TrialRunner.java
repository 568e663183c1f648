package io.github.jmeterbtest.engine.search;

import io.github.jmeterbtest.engine.report.BtestException;
import java.time.Duration;
import java.util.Optional;

/** Measures one trial. */
@FunctionalInterface
public interface TrialRunner {
    /**
     * @param bitsPerSecond the rate to offer, bit/s
     * @param length how long to offer it
     * @return what it has shown; empty if the search is to end here, with what is known
     * @throws BtestException if no trial can be measured
     */
    Optional<Observation> run(long bitsPerSecond, Duration length) throws BtestException;
}
