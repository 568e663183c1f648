package io.github.jmeterbtest.engine.search;

import java.time.Duration;
import java.util.List;

/**
 * One trial of a search. Not every loss is the link's:
 *
 * <ul>
 *   <li><i>irregular</i>: the source offered another rate than it should have, as one that had no CPU time does;
 *   <li><i>doubtful</i>: irregular, or no more was lost than a stall explains;
 *   <li><i>unclear</i>: what was lost is too much and doubtful, or only this machine can have lost it, so that a second
 *       trial must tell.
 * </ul>
 *
 * @param wantedBitsPerSecond the rate that was asked for, bit/s
 * @param length how long it lasted
 * @param seen what it has shown
 */
public record Trial(double wantedBitsPerSecond, Duration length, Observation seen) {
    /** A pacer rounds to whole packets; a difference below that is no other load. */
    private static final double SAME_LOAD = 0.01;

    private static final double MOST = 0.5;
    /**
     * How long a program may have no CPU time before it catches up with a burst, which a short queue does not hold;
     * more than the queue of a link usually holds.
     */
    private static final Duration LONGEST_STALL = Duration.ofMillis(200);

    /** @return the rate that the trial tells of: the one that was asked for, unless less was offered */
    public double load() {
        return fellShort() ? seen.offeredBitsPerSecond() : wantedBitsPerSecond;
    }

    /** @return whether less was offered than asked for */
    public boolean fellShort() {
        return seen.offeredBitsPerSecond() < wantedBitsPerSecond * (1 - SAME_LOAD);
    }

    /** @return whether less was offered than asked for, and in all other trials at that rate too */
    boolean fellShortEachTime(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.wantedBitsPerSecond == wantedBitsPerSecond)
                .allMatch(Trial::fellShort);
    }

    /** @return whether it says anything of the rate that was asked for: not if only this one fell short of it */
    boolean tellsOfItsRate(List<Trial> trials) {
        return !fellShort() || fellShortEachTime(trials);
    }

    /** @return whether the same load was offered, as far as it can be told */
    boolean offersAsMuchAs(Trial other) {
        return Math.abs(seen.offeredBitsPerSecond() - other.seen.offeredBitsPerSecond())
                <= other.seen.offeredBitsPerSecond() * SAME_LOAD;
    }

    /** @return the rate that surely arrived, bit/s */
    public double forwardedBitsPerSecond() {
        return Math.min(notLost(), seen.arrivedBitsPerSecond());
    }

    /** @return the load without what was lost of it, bit/s, unless less arrived than a pacer's rounding explains */
    double provenBitsPerSecond() {
        return seen.arrivedBitsPerSecond() < notLost() * (1 - SAME_LOAD) ? seen.arrivedBitsPerSecond() : notLost();
    }

    private double notLost() {
        return load() * (1 - seen.maxLoss());
    }

    /**
     * @param fullLength length of the trials that decide
     * @return whether it proves alone that the load is too high: by more loss than a stall explains, which in a shorter
     *     trial cannot be chance either
     */
    boolean exceeds(double acceptedLoss, Duration fullLength) {
        return !isDoubtful(acceptedLoss)
                && (isAsLongAs(fullLength) ? seen.exceeds(acceptedLoss) : seen.exceedsSurely(acceptedLoss));
    }

    /** @return whether it proves alone that the load is too high, by a loss that cannot be chance */
    boolean exceedsSurely(double acceptedLoss) {
        return !isDoubtful(acceptedLoss) && seen.exceedsSurely(acceptedLoss);
    }

    /** @return whether what it lost may have another reason than the rate */
    private boolean isDoubtful(double acceptedLoss) {
        return isIrregular() || isWithinAStall(seen.minLoss() - acceptedLoss);
    }

    /**
     * A source that falls short has stalled, and may have lost packets by the bursts with which it caught up; one that
     * exceeds its rate may have lost them by that. Not most of them, though. Where nothing arrived, nobody knows
     * whether anything was offered.
     *
     * @return whether its loss may be such
     */
    boolean isIrregular() {
        boolean exceedsRate = seen.offeredBitsPerSecond() > wantedBitsPerSecond * (1 + SAME_LOAD);
        return ((fellShort() && !isFlood()) || exceedsRate)
                && (seen.minLoss() <= MOST || seen.offeredBitsPerSecond() == 0);
    }

    /**
     * What seems not to have been offered can stand in the queue that lost the rest, and that was more than a stall
     * loses.
     */
    private boolean isFlood() {
        double missing = 1 - seen.offeredBitsPerSecond() / wantedBitsPerSecond;
        return !isWithinAStall(seen.minLoss()) && isWithinAStall(missing);
    }

    /** @return whether that share of what is offered is offered in the time of a stall */
    private boolean isWithinAStall(double share) {
        return share * length.toNanos() <= LONGEST_STALL.toNanos();
    }

    /**
     * @param fullLength length of the trials that decide: one of them that is not unclear either exceeds or keeps
     * @return whether the link need not have lost what was lost
     */
    boolean isUnclear(double acceptedLoss, Duration fullLength) {
        return isUnclearSurely(acceptedLoss)
                || (isDoubtful(acceptedLoss) && isAsLongAs(fullLength) && !seen.keeps(acceptedLoss));
    }

    /** @return likewise, and that it was lost is no chance */
    boolean isUnclearSurely(double acceptedLoss) {
        return (isDoubtful(acceptedLoss) && seen.exceedsSurely(acceptedLoss))
                || (!isIrregular() && isLostHere(acceptedLoss));
    }

    /** @return whether only this machine can have lost what is too much */
    private boolean isLostHere(double acceptedLoss) {
        return !seen.exceeds(acceptedLoss) && !seen.keeps(acceptedLoss);
    }

    /** @return whether what makes it unclear is known to have happened in this machine */
    boolean isUnclearByThisMachine(double acceptedLoss) {
        return isLostHere(acceptedLoss) || (isIrregular() && seen.source() == Limit.THIS_MACHINE);
    }

    /** @return whether it proves that the load is not too high */
    boolean keeps(double acceptedLoss, Duration fullLength) {
        return isAsLongAs(fullLength) && seen.keeps(acceptedLoss);
    }

    /** @return whether it lasted at least so long */
    boolean isAsLongAs(Duration fullLength) {
        return length.compareTo(fullLength) >= 0;
    }
}
