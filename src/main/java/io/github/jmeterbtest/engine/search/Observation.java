package io.github.jmeterbtest.engine.search;

/**
 * What one trial has shown. The loss is known only as far as this machine could see it: what it dropped itself, or may
 * have dropped, lies between the two bounds.
 *
 * @param offeredBitsPerSecond the rate that the link really got, bit/s, at least 0
 * @param arrivedBitsPerSecond the rate that arrived on average, bit/s, 0..offeredBitsPerSecond
 * @param packets how many it got, at least 1
 * @param minLoss the share of them that the link surely lost, 0..1
 * @param maxLoss the share that it may have lost, minLoss..1
 * @param source what keeps the load down where it falls short: {@link Limit#THIS_MACHINE} or
 *     {@link Limit#SERVER_OR_QUEUE}
 */
public record Observation(
        double offeredBitsPerSecond,
        double arrivedBitsPerSecond,
        double packets,
        double minLoss,
        double maxLoss,
        Limit source) {
    /** What a normal distribution exceeds by so many standard deviations happens in none of dozens of trials. */
    private static final double NO_CHANCE = 5;

    /** One in which all that was not lost arrived in time. */
    public Observation(double offeredBitsPerSecond, double packets, double minLoss, double maxLoss, Limit source) {
        this(offeredBitsPerSecond, offeredBitsPerSecond * (1 - maxLoss), packets, minLoss, maxLoss, source);
    }

    /**
     * @param packets how many should have arrived
     * @param source who should have sent them
     * @return a trial of which nothing arrived, so that nobody knows what was offered
     */
    public static Observation nothingArrived(double packets, Limit source) {
        return new Observation(0, Math.max(1, packets), 1, 1, source);
    }

    /** @return whether the link lost more than that share */
    boolean exceeds(double acceptedLoss) {
        return minLoss > acceptedLoss;
    }

    /** @return whether it lost so much more that a link that loses just that share would not do so by chance */
    boolean exceedsSurely(double acceptedLoss) {
        return exceeds(acceptedLoss) && surprise(minLoss * packets, acceptedLoss * packets) > NO_CHANCE * NO_CHANCE / 2;
    }

    /**
     * The exponent of Chernoff's bound: the probability that a Poisson distribution gives as many or more is at most
     * e^-surprise. Standard deviations would not do, since the few packets that a small number loses are distributed
     * askew.
     *
     * @param mean of the distribution, less than that
     */
    private static double surprise(double lost, double mean) {
        return lost * Math.log(lost / mean) - lost + mean;
    }

    /** @return whether it lost no more than that share */
    boolean keeps(double acceptedLoss) {
        return maxLoss <= acceptedLoss;
    }
}
