package io.github.jmeterbtest.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * A number of places that sources share. As long as there is room, anybody gets in, and one source may hold all places.
 * When there is none, the source that holds most gives one up to a source with less: so no one source, and not even
 * many with much, keep out one with little. Thread-safe.
 *
 * @param <H> what holds a place; equal ones hold one together
 */
final class SourceShares<H> {
    private final int places;
    private final ToLongFunction<H> idleness;
    private final boolean brief;

    // guarded by this; a source's holders in the order in which they came
    private final Map<Source, Set<H>> holders = new HashMap<>();
    private int taken;

    /**
     * What became of a request.
     *
     * @param admitted whether the place was granted
     * @param evicted who has lost its place for it, and is to be ended by the caller
     */
    record Admission<H>(boolean admitted, Optional<H> evicted) {}

    private SourceShares(int places, ToLongFunction<H> idleness, boolean brief) {
        this.places = places;
        this.idleness = idleness;
        this.brief = brief;
    }

    /**
     * @param places at least 1
     * @param idleness which place its source needs least: that with the highest number, of several the oldest
     * @return places to be held for long: when a source that holds most wants one more, it gets none
     */
    static <H> SourceShares<H> ofLasting(int places, ToLongFunction<H> idleness) {
        return new SourceShares<>(places, idleness, false);
    }

    /**
     * @param places at least 1
     * @return places for what should be over soon: when a source that holds most wants one more, it gets that of its
     *     oldest
     */
    static <H> SourceShares<H> ofBrief(int places) {
        return new SourceShares<>(places, any -> 0, true);
    }

    /** @return whether {@link #take} would grant the source a place now */
    synchronized boolean wouldAdmit(Source source) {
        return taken < places || giver(source).isPresent();
    }

    /** Asks for a place, to be given back by {@link #release}. */
    synchronized Admission<H> take(Source source, H holder) {
        Optional<H> evicted = Optional.empty();
        if (taken >= places) {
            evicted = giver(source).map(this::leastNeeded);
            if (evicted.isEmpty()) {
                return new Admission<>(false, evicted);
            }
        }
        if (holders.computeIfAbsent(source, any -> new LinkedHashSet<>()).add(holder)) {
            taken++;
        }
        return new Admission<>(true, evicted);
    }

    /**
     * Takes a place from the source that holds most, as if there were no room, for one who needs something else that
     * runs short.
     *
     * @param weight how much of that goes with a place
     * @return who has lost its place; empty if no source has more than the newcomer's would have
     */
    synchronized Optional<H> makeRoom(Source newcomer, ToIntFunction<H> weight) {
        return giver(newcomer, weight).map(this::leastNeeded);
    }

    /** Gives a place back; does nothing for a holder that has lost it or never had one. */
    synchronized void release(Source source, H holder) {
        Set<H> own = holders.get(source);
        if (own != null && own.remove(holder)) {
            removed(source, own);
        }
    }

    /** @return places that the source holds */
    synchronized int held(Source source) {
        Set<H> own = holders.get(source);
        return own == null ? 0 : own.size();
    }

    /** Only a source that would still hold as much as the newcomer's: places must not go to and fro. */
    private Optional<Source> giver(Source newcomer, ToIntFunction<H> weight) {
        Source most = null;
        int mostHeld = weight(newcomer, weight) + 1;
        for (Source source : holders.keySet()) {
            int held = weight(source, weight);
            if (held > mostHeld) {
                most = source;
                mostHeld = held;
            }
        }
        return Optional.ofNullable(most);
    }

    private int weight(Source source, ToIntFunction<H> weight) {
        Set<H> own = holders.getOrDefault(source, Set.of());
        return weight == null ? own.size() : own.stream().mapToInt(weight).sum();
    }

    private Optional<Source> giver(Source newcomer) {
        Optional<Source> other = giver(newcomer, null);
        return other.isEmpty() && brief && holders.containsKey(newcomer) ? Optional.of(newcomer) : other;
    }

    private H leastNeeded(Source source) {
        Set<H> own = holders.get(source);
        H oldest = own.iterator().next();
        H least = brief ? oldest : idlest(own, oldest);
        own.remove(least);
        removed(source, own);
        return least;
    }

    private H idlest(Set<H> own, H oldest) {
        H idlest = oldest;
        long max = idleness.applyAsLong(oldest);
        for (H holder : own) {
            long idle = idleness.applyAsLong(holder);
            if (idle > max) {
                idlest = holder;
                max = idle;
            }
        }
        return idlest;
    }

    private void removed(Source source, Set<H> own) {
        taken--;
        if (own.isEmpty()) {
            holders.remove(source);
        }
    }
}
