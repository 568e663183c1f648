package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections that got no test: the last of them, how many there were, and some lines a minute in the log. However
 * many come, memory and log stay small, and those of one source do not push out those of others. Thread-safe.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    /** Maximum number remembered. */
    private static final int MAX_REMEMBERED = 100;
    /** Lines in the log. */
    static final int MAX_LINES_A_MINUTE = 20;

    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final NanoClock clock;

    // guarded by this; the oldest first
    private final List<Refusal> remembered = new ArrayList<>();
    private final SourceShares<Refusal> shares = SourceShares.ofBrief(MAX_REMEMBERED);
    private final Map<Refusal.Cause, Long> counts = new EnumMap<>(Refusal.Cause.class);
    private long minuteStart;
    private int lines;
    private long silenced;

    Refusals(NanoClock clock) {
        this.clock = clock;
        this.minuteStart = clock.nanoTime();
    }

    /**
     * @param client who got no test
     * @param reason why, for people
     */
    synchronized void add(InetAddress client, Refusal.Cause cause, String reason) {
        counts.merge(cause, 1L, Long::sum);
        remember(new Refusal(clock.now(), client, reason));
        log("no test for " + client.getHostAddress() + ": " + reason);
    }

    /** Writes a line about a client that got a test, if there is room for it in the log. */
    synchronized void note(InetAddress client, String what) {
        log(client.getHostAddress() + " " + what);
    }

    private void remember(Refusal refusal) {
        Source source = Source.of(refusal.client());
        SourceShares.Admission<Refusal> admission = shares.take(source, refusal);
        if (!admission.admitted()) {
            // as many sources as places
            forget(remembered.get(0));
            admission = shares.take(source, refusal);
        }
        admission.evicted().ifPresent(remembered::remove);
        remembered.add(refusal);
    }

    private void forget(Refusal refusal) {
        remembered.remove(refusal);
        shares.release(Source.of(refusal.client()), refusal);
    }

    private void log(String line) {
        long now = clock.nanoTime();
        if (now - minuteStart >= MINUTE_NANOS) {
            logSilenced();
            minuteStart = now;
            lines = 0;
        }
        if (lines == MAX_LINES_A_MINUTE) {
            silenced++;
            return;
        }
        lines++;
        LOG.warn(line);
        if (lines == MAX_LINES_A_MINUTE) {
            LOG.warn("what else there is to say about clients is only counted until the minute is over");
        }
    }

    /** Writes how many lines were left out. */
    synchronized void logSilenced() {
        if (silenced > 0) {
            LOG.warn("{} more lines about clients were left out", silenced);
            silenced = 0;
        }
    }

    /** @return the last ones, the oldest first */
    synchronized List<Refusal> remembered() {
        return List.copyOf(remembered);
    }

    /** @return how many there were and why; empty if there was none */
    synchronized String summary() {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().text())
                .collect(Collectors.joining(", "));
    }
}
