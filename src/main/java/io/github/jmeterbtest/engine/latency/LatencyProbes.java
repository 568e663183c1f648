package io.github.jmeterbtest.engine.latency;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the way to the server before and during a test, never more than one at a time: {@link #measureIdle} before it,
 * {@link #start} with it; each interval takes the probes that ended in it.
 */
public final class LatencyProbes implements AutoCloseable {
    /** Time from one probe to the next at least: more would be load themselves. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(100);
    /** Time from one probe to the next at most. */
    public static final Duration MAX_INTERVAL = Duration.ofMinutes(1);
    /** How long the idle link is probed, ten times a second. */
    public static final Duration IDLE_TIME = Duration.ofSeconds(1);

    private static final long FOR_EVER = TimeUnit.DAYS.toNanos(365);

    private static final Logger LOG = LoggerFactory.getLogger(LatencyProbes.class);

    private final NanoClock clock;
    private final Probe probe;
    private final long everyNanos;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final LateProbes late = new LateProbes();
    private final LatencyHistogram loaded;
    private final LatencyHistogram omitted;
    private boolean anyCounted;
    /** {@link NanoClock#nanoTime()} at the start of the first interval that is not omitted. */
    private long countedSince;

    private boolean anyInterval;
    /** {@link NanoClock#nanoTime()} at the end of the last interval. */
    private long loadedUntil;

    private boolean warned;
    /** That of the last probe; the probing thread's own. */
    private long sentAt;

    private Latency idle = Latency.NONE;
    /** {@link NanoClock#nanoTime()} when the probe was sent that is under way; 0 if none is. */
    private volatile long pendingSince;

    private volatile boolean closed;
    private volatile Thread prober;

    /**
     * @param sentAt {@link NanoClock#nanoTime()} when it was sent
     * @param at likewise, when it was answered or given up
     */
    private record Ended(long sentAt, long at, Probe.Answer answer) {}

    /**
     * @param target where a system answers; nothing need listen there
     * @param local address to probe from; null for the system's choice
     * @param dscp of what is sent, 0..63
     * @param every time from one probe to the next, {@link #MIN_INTERVAL} .. {@link #MAX_INTERVAL}
     */
    public LatencyProbes(NanoClock clock, InetSocketAddress target, InetAddress local, int dscp, Duration every) {
        this(clock, new ConnectProbe(clock, target, local, dscp), every);
    }

    LatencyProbes(NanoClock clock, Probe probe, Duration every) {
        this.clock = clock;
        this.probe = probe;
        this.everyNanos = every.toNanos();
        this.loaded = new LatencyHistogram(everyNanos);
        this.omitted = new LatencyHistogram(everyNanos);
    }

    /**
     * Probes the idle link on the calling thread, for {@link #IDLE_TIME}, or until {@link #close()} or an interrupt. If
     * nothing answers the first probe, that is all.
     */
    public void measureIdle() {
        // one that lasts until after that time is no more than another
        long every = IDLE_TIME.toNanos();
        LatencyHistogram answers = new LatencyHistogram(every);
        prober = Thread.currentThread();
        // it may look up a route or a neighbour's address first
        Optional<Probe.Answer> first = ask();
        if (first.isPresent() && first.get().isLost()) {
            idle = Latency.unanswered(1);
            return;
        }
        probe(
                MIN_INTERVAL.toNanos(),
                clock.nanoTime() + IDLE_TIME.toNanos(),
                answer -> answers.add(answer, every, late.roundTripNanos(answer)));
        idle = answers.summary();
    }

    /** Starts to probe on a thread of its own, until {@link #close()}. */
    public void start() {
        prober = Threads.start("latency", this::run);
    }

    /** Waits first: a probe at once would be sent before the data. */
    void run() {
        await(clock.nanoTime() + everyNanos);
        probeLoaded();
    }

    void probeLoaded() {
        probe(
                everyNanos,
                clock.nanoTime() + FOR_EVER,
                answer -> ended.add(new Ended(sentAt, clock.nanoTime(), answer)));
    }

    /** One that takes longer than it should delays the next one, which never makes up for it. */
    private void probe(long every, long end, Consumer<Probe.Answer> found) {
        long next = clock.nanoTime();
        while (!isOver() && next - end < 0) {
            ask().ifPresent(found);
            long now = clock.nanoTime();
            next = next + every - now > 0 ? next + every : now;
            await(next);
        }
    }

    private boolean isOver() {
        return closed || Thread.currentThread().isInterrupted();
    }

    /** @return what the probe found; nothing if this machine could not send it */
    private Optional<Probe.Answer> ask() {
        try {
            sentAt = clock.nanoTime();
            pendingSince = sentAt;
            return Optional.of(probe.ask());
        } catch (IOException e) {
            if (!isOver()) {
                warn(e);
                await(clock.nanoTime() + MIN_INTERVAL.toNanos());
            }
            return Optional.empty();
        } finally {
            pendingSince = closed ? pendingSince : 0;
        }
    }

    /** Once a test: each probe may fail for the same reason. */
    private void warn(IOException e) {
        if (warned) {
            LOG.debug("a latency probe could not be sent", e);
        } else {
            warned = true;
            LOG.warn("A latency probe could not be sent: {}", e.getMessage());
        }
    }

    private void await(long time) {
        long left;
        while (!isOver() && (left = time - clock.nanoTime()) > 0) {
            clock.parkNanos(left);
        }
    }

    /**
     * Takes the probes that ended in an interval. To be called for each, in order, by one thread.
     *
     * @param interval as it was without them
     * @param until {@link NanoClock#nanoTime()} at its end
     */
    public IntervalReport complete(IntervalReport interval, long until) {
        LatencyHistogram answers = new LatencyHistogram(everyNanos);
        long since = until - interval.lengthNanos();
        if (!anyCounted) {
            countedSince = since;
        }
        Ended probe;
        while ((probe = ended.peek()) != null && probe.at - until < 0) {
            ended.remove();
            long roundTrip = late.roundTripNanos(probe.answer);
            answers.add(probe.answer, probe.at - Math.max(since, probe.sentAt), roundTrip);
            (interval.omitted() ? omitted : loaded)
                    .add(probe.answer, probe.at - Math.max(countedSince, probe.sentAt), roundTrip);
        }
        anyCounted |= !interval.omitted();
        anyInterval = true;
        loadedUntil = until;
        return interval.with(answers.summary());
    }

    /**
     * @return what was found, once the test has ended; of a test that ended within its omitted time what was found in
     *     that, as all other averages
     */
    public LatencyUnderLoad result() {
        LatencyHistogram counted = anyCounted ? loaded : omitted;
        for (Ended probe = ended.poll(); probe != null; probe = ended.poll()) {
            if (isUnderLoad(probe.sentAt)) {
                long roundTrip = late.roundTripNanos(probe.answer);
                // a packet that was repeated after the data ended did not meet its queue
                boolean isKnown = isUnderLoad(probe.at - roundTrip);
                counted.add(probe.answer, loadedUntil - probe.sentAt, isKnown ? roundTrip : IntervalReport.UNKNOWN);
            }
        }
        long since = pendingSince;
        if (since != 0 && isUnderLoad(since) && clock.nanoTime() - since >= LateProbes.LATE_NANOS) {
            // under way for so long, it would have been late or lost
            counted.add(Probe.LOST, loadedUntil - since, IntervalReport.UNKNOWN);
        }
        return new LatencyUnderLoad(idle, counted.summary());
    }

    /** After the data, a client may wait for the server's last status. */
    private boolean isUnderLoad(long sent) {
        return !anyInterval || sent - loadedUntil < 0;
    }

    /** Ends the probing soon, from any thread. */
    @Override
    public void close() {
        closed = true;
        probe.close();
        clock.unpark(prober);
    }
}
