package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Beats the time of one transfer on the calling thread: wakes at t0 + i·interval by the monotonic clock, cuts the intervals,
 * exchanges the statuses, and watches for the end. Neither clock drifts: every beat is reckoned from t0.
 */
final class TestRun {
    private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Why the transfer ended. */
    enum Ending { TIME_IS_UP, PEER_CLOSED, STOPPED, PEER_SILENT }

    /** How long a cut interval is held back for the peer's word on what arrived in it. */
    private static final long ARRIVAL_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The system's CPU times are too coarse to judge a last piece of a few milliseconds by. */
    private static final long SHORTEST_CPU_READING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Transfer transfer;
    private final CpuWatch cpuWatch;
    private final SpeedCaps caps;
    private final long durationNanos;
    private final long omitNanos;
    private final long intervalNanos;
    private final long silenceNanos;
    private final Consumer<IntervalReport> listener;
    private volatile boolean stopped;
    private volatile boolean finished;
    private volatile Thread runner;

    private final long t0;
    private long cutAt;
    private Snapshot last;
    private int index;
    private long statusSequence;
    private long statusRxBytes;

    /**
     * @param caps    what keeps the test slow on purpose, and is then no fault of the CPU
     * @param omit    how long the intervals at the begin are marked as omitted
     * @param silence how long nothing may be heard of the peer
     */
    TestRun(Transfer transfer, SpeedCaps caps, Duration duration, Duration omit, Duration interval, Duration silence,
            Consumer<IntervalReport> listener) {
        this.transfer = transfer;
        this.t0 = transfer.begin();
        this.caps = caps;
        this.cpuWatch = new CpuWatch(transfer);
        this.omitNanos = omit.toNanos();
        this.durationNanos = duration.toNanos();
        this.intervalNanos = interval.toNanos();
        this.silenceNanos = silence.toNanos();
        this.listener = listener;
    }

    /** Ends {@link #run()} soon, from any thread, even where it hangs in a write to a peer that does not read. */
    void stop() {
        stopped = true;
        transfer.closeChannels();
        LockSupport.unpark(runner);
    }

    /** Ends {@link #run()} soon, from any thread, as if the duration were over. */
    void finish() {
        finished = true;
        LockSupport.unpark(runner);
    }

    /**
     * Runs the transfer to its end and closes it.
     *
     * @throws BtestException if the network or the peer fails
     */
    Ending run() throws BtestException {
        runner = Thread.currentThread();
        // the system's reading is "since the last one": let the first interval's begin here
        CpuLoad.percent();
        cutAt = t0;
        last = Snapshot.of(transfer);
        try {
            transfer.start(caps.slow());
            return beat();
        } finally {
            transfer.close();
        }
    }

    private Ending beat() throws BtestException {
        long statuses = 1;
        long heardAt = 0;
        long signsOfLife = transfer.signsOfLife();
        while (true) {
            long nextCut = t0 + Math.min((index + 1) * intervalNanos, durationNanos);
            long nextStatus = t0 + statuses * STATUS_NANOS;
            boolean undisturbed = sleepUntil(Math.min(nextCut, nextStatus), () -> false);
            long now = System.nanoTime();
            Snapshot snapshot = Snapshot.of(transfer).after(last);
            boolean timeIsUp = now - t0 >= durationNanos || finished && !stopped;
            if (timeIsUp) {
                transfer.endSending();
            }
            if (undisturbed && now >= nextStatus) {
                sendStatus(snapshot);
                statuses = (now - t0) / STATUS_NANOS + 1;
            }
            heardAt = Math.max(heardAt, transfer.peerStatus().heardAt());
            if (signsOfLife != (signsOfLife = transfer.signsOfLife())) {
                heardAt = now - t0;
            }
            boolean silent = now - t0 - heardAt >= silenceNanos;
            if (!undisturbed || silent || timeIsUp || now >= nextCut) {
                cut(snapshot, now);
            }
            if (timeIsUp) {
                return Ending.TIME_IS_UP;
            }
            if (!undisturbed) {
                return disturbance();
            }
            if (silent) {
                return Ending.PEER_SILENT;
            }
        }
    }

    /** @return false as soon as there is a reason to end; true at that time, or before it when what is awaited has come */
    private boolean sleepUntil(long time, BooleanSupplier awaited) {
        while (true) {
            if (disturbed()) {
                return false;
            }
            long left = time - System.nanoTime();
            if (left <= 0 || awaited.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    private boolean disturbed() {
        return stopped || finished || Thread.currentThread().isInterrupted() || transfer.peerClosed() || transfer.failure() != null;
    }

    private Ending disturbance() throws BtestException {
        if (stopped || Thread.currentThread().isInterrupted()) {
            return Ending.STOPPED;
        }
        if (transfer.failure() != null) {
            throw transfer.failure();
        }
        return Ending.PEER_CLOSED;
    }

    private void sendStatus(Snapshot snapshot) {
        if (!transfer.sendsStatuses()) {
            return;
        }
        // the field has 32 bits and wraps
        long news = (snapshot.rxBytes() - statusRxBytes) & 0xFFFF_FFFFL;
        statusRxBytes = snapshot.rxBytes();
        try {
            transfer.sendStatus(new Status(Math.max(0, CpuLoad.percent()), ++statusSequence, news));
        } catch (IOException e) {
            // the thread that reads this connection sees why it broke, and says so
            transfer.peerHasClosed();
        }
    }

    private void cut(Snapshot next, long now) {
        if (now <= cutAt) {
            return;
        }
        int localCpu = CpuLoad.percent();
        boolean longEnough = now - cutAt >= Math.min(intervalNanos, SHORTEST_CPU_READING_NANOS);
        // asked in any case, since it counts from one asking to the next
        boolean cpuLimited = cpuWatch.limited(now - cutAt, localCpu) && longEnough && !caps.reached(
                IntervalReport.bitsPerSecond(next.rxBytes() - last.rxBytes(), now - cutAt),
                IntervalReport.bitsPerSecond(next.txBytes() - last.txBytes(), now - cutAt));
        long arrived = awaitArrivals(cutAt - t0, now - t0);
        IntervalReport report = new IntervalReport(index, cutAt - t0, now - cutAt,
                next.rxBytes() - last.rxBytes(), next.txBytes() - last.txBytes(),
                next.rxPackets() - last.rxPackets(), next.txPackets() - last.txPackets(), next.lost() - last.lost(),
                next.reordered() - last.reordered(), next.duplicates() - last.duplicates(), IntervalReport.UNKNOWN, arrived, false,
                transfer.peerStatus().cpuLoad(), localCpu, cpuLimited, cutAt - t0 + intervalNanos / 2 < omitNanos);
        last = next;
        cutAt = now;
        // a stall makes one long interval and leaves out the beats it slept through
        index = Math.max(index + 1, (int) ((now - t0) / intervalNanos));
        listener.accept(report);
    }

    /** @return bytes, or {@link IntervalReport#UNKNOWN} if the peer does not say in time */
    private long awaitArrivals(long from, long to) {
        if (isWholeSeconds(from, to)) {
            sleepUntil(t0 + to + ARRIVAL_PATIENCE_NANOS, () -> arrived(from, to) != IntervalReport.UNKNOWN);
        }
        return arrived(from, to);
    }

    /**
     * The peer counts in whole seconds of its own, which begin when ours do but for the way between. Where they are not as long
     * as the interval, since it was cut late or is the last one, it gets its share.
     *
     * @return bytes, or {@link IntervalReport#UNKNOWN}
     */
    private long arrived(long from, long to) {
        long bytes = isWholeSeconds(from, to)
                ? transfer.peerStatus().received(secondsIn(from) + 1, secondsIn(to)) : IntervalReport.UNKNOWN;
        long told = Math.min(secondsIn(to) * STATUS_NANOS, transfer.sentNanos()) - secondsIn(from) * STATUS_NANOS;
        boolean asLong = Math.abs(to - from - told) <= STATUS_NANOS / 20;
        return bytes == IntervalReport.UNKNOWN || asLong ? bytes : Math.round((double) bytes * (to - from) / told);
    }

    private boolean isWholeSeconds(long from, long to) {
        return transfer.peerTellsArrivals() && intervalNanos % STATUS_NANOS == 0 && secondsIn(to) > secondsIn(from)
                && Math.abs(to - secondsIn(to) * STATUS_NANOS) < STATUS_NANOS / 4;
    }

    private static long secondsIn(long nanos) {
        return Math.round((double) nanos / STATUS_NANOS);
    }

    /**
     * @param told the intervals as they were told when they ended
     * @return the same as it is known at the end: with what the peer said late, and without loss that has come after all
     */
    List<IntervalReport> settle(List<IntervalReport> told) {
        IntervalReport[] settled = told.toArray(IntervalReport[]::new);
        long cameAfterAll = told.stream().mapToLong(IntervalReport::lostPackets).sum() - transfer.lostPackets();
        for (int i = settled.length - 1; i >= 0; i--) {
            IntervalReport interval = settled[i];
            long fewer = Math.max(0, Math.min(cameAfterAll, interval.lostPackets()));
            cameAfterAll -= fewer;
            settled[i] = interval.settled(interval.lostPackets() - fewer, transfer.peerIsCredible()
                    ? arrived(interval.startNanos(), interval.startNanos() + interval.lengthNanos()) : IntervalReport.UNKNOWN, interval.arrivalOwed());
        }
        return List.of(settled);
    }
}
