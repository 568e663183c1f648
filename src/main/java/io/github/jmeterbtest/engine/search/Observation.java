package io.github.jmeterbtest.engine.search;

/**
 * What one trial has shown. The loss is known only as far as this machine could see it: what it dropped itself, or may
 * have dropped, lies between the two bounds.
 *
 * @param offeredBitsPerSecond the rate that the link really got, bit/s, at least 0
 * @param packets how many it got, at least 1
 * @param minLoss the share of them that the link surely lost, 0..1
 * @param maxLoss the share that it may have lost, minLoss..1
 * @param source who offers the load: {@link Limit#THIS_MACHINE} or {@link Limit#SERVER}
 */
public record Observation(double offeredBitsPerSecond, double packets, double minLoss, double maxLoss, Limit source) {
    /** Chance alone gives so many standard deviations once in a thousand trials. */
    private static final double NO_CHANCE = 3;

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
        return exceeds(acceptedLoss)
                && (minLoss - acceptedLoss) * packets > NO_CHANCE * Math.sqrt(acceptedLoss * packets);
    }

    /** @return whether it lost no more than that share */
    boolean keeps(double acceptedLoss) {
        return maxLoss <= acceptedLoss;
    }
}
