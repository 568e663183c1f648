package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.engine.report.IntervalReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What arrived of the data that this end sent, as the peer reports it: put into the intervals of this end's test, and
 * which reports are missing. What it should have reported and did not is unknown as long as the report may come, and
 * counts as nothing once the peer is lost; it never counts as delivered. Any thread may ask.
 */
public final class Delivery {
    private static final long SECOND = Arrivals.SECOND;
    /** One status may be on its way when a test ends; a peer with two missing has fallen silent. */
    static final long LOST_AFTER_SECONDS = 2;

    private static final double STILL_AS_MUCH = 0.75;

    private static final long MIN_STATUS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long MAX_STATUS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(750);
    private static final long STATUS_JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Transfer transfer;
    private final long intervalNanos;
    private volatile boolean peerIsLost;
    private volatile boolean peerWasSilent;
    private volatile boolean nothingElseComes;
    private volatile long endedAt = Long.MAX_VALUE;
    private volatile boolean lastSecondIsShort;

    Delivery(Transfer transfer, long intervalNanos) {
        this.transfer = transfer;
        this.intervalNanos = intervalNanos;
    }

    /** @return whether the peer has to report, since it has done so before, or since this end's result depends on */
    boolean isReportExpected() {
        return transfer.peerTellsArrivals()
                && transfer.peerIsCredible()
                && (transfer.peerMustReport() || transfer.peerStatus().hasReported());
    }

    /**
     * @param at ns after the start of the test
     * @return seconds that the peer should have reported on by then and has not
     */
    long secondsMissing(long at) {
        return isReportExpected()
                ? Math.max(
                        0,
                        Math.min(at, sentNanos()) / SECOND
                                - transfer.peerStatus().end())
                : 0;
    }

    /** @return whether what the peer has not reported by then would count as not delivered, if the test ended */
    boolean isLost(long at) {
        long missing = secondsMissing(at);
        return missing >= LOST_AFTER_SECONDS
                || (missing > 0 && !transfer.peerStatus().hasReported());
    }

    /**
     * What was sent last may still wait in queues on the way when the sending ends. While they empty themselves, as
     * much arrives each second as before.
     *
     * @return whether nothing of what this end has sent can still arrive: all of it has, or the peer has reported on a
     *     whole second after the end of the sending in which clearly less arrived than before
     */
    boolean isTailReported() {
        if (!transfer.peerTellsArrivals()) {
            return true;
        }
        PeerStatus peer = transfer.peerStatus();
        if (peer.hasReported() && peer.total() >= transfer.txBytes()) {
            return true;
        }
        long sendingSeconds = Math.max(1, (sentNanos() + SECOND - 1) / SECOND);
        long after = sendingSeconds + 1;
        if (peer.end() < after) {
            return false;
        }
        long before = peer.received(1, sendingSeconds);
        long last = peer.received(peer.end(), peer.end());
        return last == 0 || (last != IntervalReport.UNKNOWN && (double) last * sendingSeconds < before * STILL_AS_MUCH);
    }

    /**
     * Decides at the end of the test what is known and what will never be.
     *
     * @param at ns after the start of the test
     * @param lastSignAt when the peer last gave a sign of life, likewise; 0 if it never did
     * @param timeout how long the peer may be silent, ns
     */
    void end(long at, long lastSignAt, long timeout) {
        peerWasSilent = lastSignAt > 0 && at - lastSignAt > Math.max(LOST_AFTER_SECONDS * SECOND, timeout / 2);
        endedAt = at;
        boolean isOnlyLate =
                transfer.statusesStandInLine() && at - lastSignAt < LOST_AFTER_SECONDS * SECOND && canBeLate(at);
        peerIsLost = !isOnlyLate && secondsMissing(at) >= LOST_AFTER_SECONDS;
        nothingElseComes = !isOnlyLate && isLost(at);
    }

    /**
     * Where statuses stand in line behind data that comes, they are as late as the last one was, and one more is on its
     * way.
     */
    private boolean canBeLate(long at) {
        PeerStatus peer = transfer.peerStatus();
        return peer.count() == 0 || secondsMissing(at) <= Math.max(0, peer.lateness()) / SECOND + 2;
    }

    /** To be called once all of a test with a limit of bytes has arrived: its last second with data is short. */
    void endsWithinASecond() {
        lastSecondIsShort = true;
    }

    /**
     * @return seconds that count, if there are so many: not the last one in which something arrived where that was
     *     short, and how short nobody knows
     */
    private long countedSeconds() {
        PeerStatus peer = transfer.peerStatus();
        long last = lastSecondIsShort ? peer.end() : 0;
        while (last > 0 && peer.received(last, last) <= 0) {
            last--;
        }
        return last > 1 ? last - 1 : Long.MAX_VALUE / SECOND;
    }

    /** @return whether the peer had fallen silent when the test ended */
    boolean peerIsLost() {
        return peerIsLost;
    }

    /**
     * Tells a connection that broke from one that was closed: a system may say of both that the connection has ended.
     *
     * @return whether the peer had been silent for half of the time that it may be
     */
    boolean peerWasSilent() {
        return peerWasSilent;
    }

    /**
     * @param from ns after the start of the test
     * @param to likewise
     * @return whether the peer's reports tell of just this time
     */
    boolean isWholeSeconds(long from, long to) {
        return transfer.peerTellsArrivals()
                && intervalNanos % SECOND == 0
                && secondsIn(to) > secondsIn(from)
                && Math.abs(to - secondsIn(to) * SECOND) < SECOND / 4;
    }

    /** @return whether everything is there that the peer will report on a time of whole seconds */
    boolean isComplete(long from, long to) {
        return arrived(from, to) != IntervalReport.UNKNOWN
                && transfer.peerStatus().isComplete(secondsIn(to));
    }

    /**
     * The peer counts in whole seconds of its own, which start when ours do, plus the delay of the path. Where they are
     * not as long as the interval, because it was closed late or is the last one, it gets its share.
     *
     * @return bytes, or {@link IntervalReport#UNKNOWN}
     */
    long arrived(long from, long to) {
        return isWholeSeconds(from, to) ? share(from, to, secondsIn(to)) : IntervalReport.UNKNOWN;
    }

    private long share(long from, long to, long lastSecond) {
        long bytes = transfer.peerStatus().received(secondsIn(from) + 1, lastSecond);
        long reported = Math.min(secondsIn(to) * SECOND, sentNanos()) - secondsIn(from) * SECOND;
        boolean asLong = Math.abs(to - from - reported) <= SECOND / 20;
        return bytes == IntervalReport.UNKNOWN || asLong ? bytes : Math.round((double) bytes * (to - from) / reported);
    }

    /**
     * @return how long an interval is held back for the peer's status on it, ns: as long as its statuses took lately,
     *     so that one that came too late is no rule for those behind it; 0 where none may come
     */
    long statusWait(long from, long to) {
        PeerStatus peer = transfer.peerStatus();
        boolean mayCome = peer.count() > 0 || transfer.peerMustReport() || to < 2 * SECOND;
        if (!isWholeSeconds(from, to) || !mayCome) {
            return 0;
        }
        long late = peer.lateness() + STATUS_JITTER_NANOS;
        return Math.max(MIN_STATUS_WAIT_NANOS, Math.min(late, MAX_STATUS_WAIT_NANOS));
    }

    /** @return the interval with what is known by now of what arrived in it */
    IntervalReport report(Interval interval) {
        long from = interval.from();
        long to = interval.to();
        long arrived = transfer.peerIsCredible() ? arrived(from, to) : IntervalReport.UNKNOWN;
        boolean missing = arrived == IntervalReport.UNKNOWN && isReportMissing(from, to, to);
        return interval.report(arrived, missing, transfer.peerStatus().cpuLoad(to));
    }

    /** @return whether the peer should have reported on that time by now */
    boolean isReportMissing(long from, long to, long now) {
        return isWholeSeconds(from, to)
                ? isReportExpected() && isOver(to, now)
                : secondsMissing(now) >= LOST_AFTER_SECONDS;
    }

    /** @return the interval with what is known at the end of what arrived in it */
    private IntervalReport settle(IntervalReport interval, long lostPackets) {
        long from = interval.startNanos();
        long to = from + interval.lengthNanos();
        if (!transfer.peerIsCredible()) {
            return interval.settled(lostPackets, IntervalReport.UNKNOWN, false);
        }
        long arrived = arrived(from, to);
        long end = transfer.peerStatus().end();
        boolean beyond = isWholeSeconds(from, to) ? secondsIn(to) > end : from >= end * SECOND;
        if (arrived == IntervalReport.UNKNOWN && nothingElseComes && beyond) {
            arrived = secondsIn(from) < end ? share(from, to, end) : 0;
        }
        boolean missing = arrived == IntervalReport.UNKNOWN
                && isWholeSeconds(from, to)
                && isReportExpected()
                && isOver(to, endedAt);
        return interval.settled(lostPackets, arrived, missing);
    }

    /** An interval can end a little before the last second in it, on which the peer need not report yet. */
    private static boolean isOver(long to, long now) {
        return secondsIn(to) * SECOND <= now;
    }

    private long sentNanos() {
        return Math.min(transfer.sentNanos(), endedAt);
    }

    private static long secondsIn(long nanos) {
        return Math.round((double) nanos / SECOND);
    }

    /** @return the peer's unit of bytes; null where this end sends no datagrams */
    public ByteUnit unit() {
        return transfer.peerTellsArrivals() ? transfer.peerStatus().unit() : null;
    }

    /**
     * @return bytes that the peer says it received; 0 from one that had to report and never did;
     *     {@link IntervalReport#UNKNOWN} if nothing is known
     */
    public long arrivedBytes() {
        if (!transfer.peerTellsArrivals() || !transfer.peerIsCredible()) {
            return IntervalReport.UNKNOWN;
        }
        return transfer.peerStatus().hasReported()
                ? transfer.peerStatus().total()
                : nothingElseComes ? 0 : IntervalReport.UNKNOWN;
    }

    /**
     * @param omit how long at the beginning does not count
     * @return bit/s on average, with nothing in the seconds that a lost peer did not report;
     *     {@link IntervalReport#UNKNOWN} if not known
     */
    public double arrivedBitsPerSecond(Duration omit) {
        return transfer.peerTellsArrivals() && transfer.peerIsCredible()
                ? transfer.peerStatus().averageBitsPerSecond(omit, countedSeconds(), sentNanos(), nothingElseComes)
                : IntervalReport.UNKNOWN;
    }

    /**
     * @param reported the intervals as they were when they ended
     * @return the same as it is known at the end: with what the peer reported late, and without loss that has come
     *     after all
     */
    public List<IntervalReport> settle(List<IntervalReport> reported) {
        IntervalReport[] settled = reported.toArray(IntervalReport[]::new);
        long cameAfterAll =
                reported.stream().mapToLong(IntervalReport::lostPackets).sum() - transfer.lostPackets();
        for (int i = settled.length - 1; i >= 0; i--) {
            long fewer = Math.max(0, Math.min(cameAfterAll, settled[i].lostPackets()));
            cameAfterAll -= fewer;
            settled[i] = settle(settled[i], settled[i].lostPackets() - fewer);
        }
        return withoutEnd(List.of(settled));
    }

    /** Omits the intervals that end behind the seconds that count, unless there are no others. */
    private List<IntervalReport> withoutEnd(List<IntervalReport> settled) {
        long counted = countedSeconds() * SECOND;
        Predicate<IntervalReport> counts =
                interval -> interval.startNanos() + interval.lengthNanos() - counted <= SECOND / 20;
        return settled.stream().anyMatch(counts)
                ? settled.stream()
                        .map(interval -> counts.test(interval) ? interval : interval.asOmitted())
                        .toList()
                : settled;
    }
}
