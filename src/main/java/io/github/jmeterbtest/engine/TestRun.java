package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Beats the time of one transfer on the calling thread: wakes at t0 + i·interval by the monotonic clock, cuts the intervals,
 * exchanges the statuses, and watches for the end. Neither clock drifts: every beat is reckoned from t0.
 */
final class TestRun {
    private static final long STATUS_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Why the transfer ended. */
    enum Ending { TIME_IS_UP, PEER_CLOSED, STOPPED, PEER_SILENT }

    private final Transfer transfer;
    private final long durationNanos;
    private final long intervalNanos;
    private final long silenceNanos;
    private final Consumer<IntervalReport> listener;
    private volatile boolean stopped;
    private volatile Thread runner;

    private long t0;
    private long cutAt;
    private Snapshot last;
    private int index;
    private long statusSequence;
    private long statusRxBytes;

    /** @param silence how long nothing may be heard of the peer */
    TestRun(Transfer transfer, Duration duration, Duration interval, Duration silence, Consumer<IntervalReport> listener) {
        this.transfer = transfer;
        this.durationNanos = duration.toNanos();
        this.intervalNanos = interval.toNanos();
        this.silenceNanos = silence.toNanos();
        this.listener = listener;
    }

    /** Ends {@link #run()} soon, from any thread. */
    void stop() {
        stopped = true;
        LockSupport.unpark(runner);
    }

    /** @return {@link System#nanoTime()} at the begin of the transfer */
    long startedAt() {
        return t0;
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
        t0 = System.nanoTime();
        cutAt = t0;
        last = Snapshot.of(transfer);
        try {
            transfer.start();
            return beat();
        } finally {
            transfer.close();
        }
    }

    private Ending beat() throws BtestException {
        long statuses = 1;
        long heardAt = t0;
        long signsOfLife = transfer.signsOfLife();
        while (true) {
            long nextCut = t0 + Math.min((index + 1) * intervalNanos, durationNanos);
            long nextStatus = t0 + statuses * STATUS_NANOS;
            boolean undisturbed = sleepUntil(Math.min(nextCut, nextStatus));
            long now = System.nanoTime();
            boolean timeIsUp = now - t0 >= durationNanos;
            if (!undisturbed || timeIsUp || now >= nextCut) {
                cut(now);
            }
            if (timeIsUp) {
                return Ending.TIME_IS_UP;
            }
            if (!undisturbed) {
                return disturbance();
            }
            if (now >= nextStatus) {
                sendStatus();
                statuses = (now - t0) / STATUS_NANOS + 1;
                if (signsOfLife != (signsOfLife = transfer.signsOfLife())) {
                    heardAt = now;
                } else if (now - heardAt >= silenceNanos) {
                    cut(System.nanoTime());
                    return Ending.PEER_SILENT;
                }
            }
        }
    }

    /** @return false as soon as there is a reason to end */
    private boolean sleepUntil(long time) {
        while (true) {
            if (stopped || Thread.currentThread().isInterrupted() || transfer.peerClosed() || transfer.failure() != null) {
                return false;
            }
            long left = time - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            LockSupport.parkNanos(this, left);
        }
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

    private void sendStatus() throws BtestException {
        if (!transfer.sendsStatuses()) {
            return;
        }
        long rxBytes = transfer.rxBytes();
        // the field has 32 bits and wraps
        long news = (rxBytes - statusRxBytes) & 0xFFFF_FFFFL;
        statusRxBytes = rxBytes;
        try {
            transfer.sendStatus(new Status(Math.max(0, CpuLoad.percent()), ++statusSequence, news));
        } catch (IOException e) {
            // the thread that reads this connection sees why it broke, and says so
            transfer.peerHasClosed();
        }
    }

    private void cut(long now) {
        Snapshot next = Snapshot.of(transfer);
        if (now > cutAt) {
            IntervalReport report = next.since(last, index, cutAt - t0, now - cutAt);
            last = next;
            cutAt = now;
            // a stall makes one long interval and leaves out the beats it slept through
            index = Math.max(index + 1, (int) ((now - t0) / intervalNanos));
            listener.accept(report);
        }
    }
}
