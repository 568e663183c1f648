package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.search.SearchResult;
import io.github.jmeterbtest.engine.search.SearchSettings;
import io.github.jmeterbtest.protocol.Direction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a search has found, for all its packet sizes.
 *
 * @param server name or address, and port
 * @param direction seen from this machine
 * @param settings of the search for each size
 * @param started wall clock
 * @param sizes one for each size that was begun, in order
 * @param allSizes whether each size was begun
 */
public record SearchReport(
        String server,
        Direction direction,
        SearchSettings settings,
        Instant started,
        List<OfSize> sizes,
        boolean allSizes) {

    /**
     * What was found for one packet size.
     *
     * @param size the size
     * @param result what was found
     * @param seconds how long it took, pauses included
     * @param problem what ended its search; empty if nothing did
     */
    public record OfSize(PacketSize size, SearchResult result, double seconds, Optional<Problem> problem) {
        /** {@return whether everything was found} */
        public boolean finished() {
            return problem.isEmpty() && result.finished();
        }
    }

    /**
     * What ended a search before its time.
     *
     * @param code the kind of the failure
     * @param message for people
     */
    public record Problem(String code, String message) {}

    /** Copies the list. */
    public SearchReport {
        sizes = List.copyOf(sizes);
    }

    /** {@return whether everything was found} */
    public boolean finished() {
        return allSizes && sizes.stream().allMatch(OfSize::finished);
    }

    /** {@return what ended the search for a size first; empty if nothing did} */
    public Optional<Problem> firstProblem() {
        return sizes.stream().flatMap(size -> size.problem().stream()).findFirst();
    }

    /** {@return how many trials there were} */
    public int trials() {
        return sizes.stream().mapToInt(size -> size.result().trials().size()).sum();
    }
}
