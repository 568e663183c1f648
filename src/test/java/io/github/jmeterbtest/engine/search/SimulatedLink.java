package io.github.jmeterbtest.engine.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A shaper with a short queue, as a link of which all is known. */
final class SimulatedLink implements TrialRunner {
    private static final int PACKET_BITS = 12_000;
    /** From here on the normal distribution is good enough. */
    private static final int MANY = 100;

    private final double rate;
    private Random random = new Random(42);
    private double randomLoss;
    private double queueBits;
    private boolean queueHidesPackets;
    private double sourceLimit = Double.POSITIVE_INFINITY;
    private Limit source = Limit.SERVER_OR_QUEUE;
    private double machineLimit = Double.POSITIVE_INFINITY;
    private int hiccupAt;
    private Set<Integer> starvedAt = Set.of();
    private double brokenShare;
    private double stallShare;
    private double stallSeconds;

    final List<Long> wanted = new ArrayList<>();
    final List<Duration> lengths = new ArrayList<>();

    /** @param rate bit/s */
    SimulatedLink(double rate) {
        this.rate = rate;
    }

    SimulatedLink losing(double share) {
        randomLoss = share;
        return this;
    }

    SimulatedLink seeded(long seed) {
        random = new Random(seed);
        return this;
    }

    /** Its queue takes so much of what is above its rate. */
    SimulatedLink queueing(double bits) {
        queueBits = bits;
        return this;
    }

    /** Likewise, and what stands in it at the end looks as if it had not been offered. */
    SimulatedLink holdingBack(double bits) {
        queueHidesPackets = true;
        return queueing(bits);
    }

    SimulatedLink offeredAtMost(double bitsPerSecond, Limit by) {
        sourceLimit = bitsPerSecond;
        source = by;
        return this;
    }

    /** Above that rate this machine drops what it gets. */
    SimulatedLink receivedAtMost(double bitsPerSecond) {
        machineLimit = bitsPerSecond;
        return this;
    }

    /** In that trial, counted from 1, this machine drops some datagrams. */
    SimulatedLink withHiccupAt(int trial) {
        hiccupAt = trial;
        return this;
    }

    /** In those trials, counted from 1, the source has no CPU time for most of it. */
    SimulatedLink starvedAt(Integer... trials) {
        starvedAt = Set.of(trials);
        return this;
    }

    /** In that share of the trials the link is down for a moment. */
    SimulatedLink flapping(double share) {
        brokenShare = share;
        return this;
    }

    /** In that share of the trials the source has no CPU time for so long, and catches up with a burst. */
    SimulatedLink stalling(double share, Duration length) {
        stallShare = share;
        stallSeconds = length.toNanos() / 1e9;
        return this;
    }

    Duration time() {
        return lengths.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public Optional<Observation> run(long bitsPerSecond, Duration length) {
        wanted.add(bitsPerSecond);
        lengths.add(length);
        double seconds = length.toNanos() / 1e9;
        double offered = Math.min((double) bitsPerSecond, sourceLimit) * (starvedAt.contains(wanted.size()) ? 0.3 : 1);
        double shaped = Math.max(0, offered - rate - queueBits / seconds) / offered;
        double broken = random.nextDouble() < brokenShare ? 0.05 : 0;
        double stalled = random.nextDouble() < stallShare ? lostByABurst(offered) / seconds : 0;
        double link = Math.min(1, shaped + lostAtRandom(offered * seconds / PACKET_BITS) + broken + stalled);
        double machine = offered > machineLimit ? 1 - machineLimit / offered : 0;
        if (wanted.size() == hiccupAt) {
            machine = 0.001;
        }
        double hidden = queueHidesPackets ? Math.min(queueBits / seconds, Math.max(0, offered - rate)) : 0;
        return Optional.of(new Observation(
                offered - hidden,
                (offered - hidden) * seconds / PACKET_BITS,
                link,
                Math.min(1, link + machine),
                source));
    }

    /** @return seconds of what is offered */
    private double lostByABurst(double offered) {
        return Math.max(0, stallSeconds * Math.min(offered, rate) - queueBits) / offered;
    }

    /** The binomial distribution, which is skewed where few packets are lost. */
    private double lostAtRandom(double packets) {
        double mean = packets * randomLoss;
        double lost = mean < MANY ? poisson(mean) : Math.round(mean + Math.sqrt(mean) * random.nextGaussian());
        return Math.max(0, lost) / packets;
    }

    private int poisson(double mean) {
        int events = 0;
        for (double left = random.nextDouble(); left > Math.exp(-mean); left *= random.nextDouble()) {
            events++;
        }
        return events;
    }
}
