package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.IntervalReport;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Drives one transfer on the calling thread: wakes each time an interval ends or a status is due, exchanges the
 * statuses, and watches for the end. All times are ns after the start of the transfer, so that nothing drifts.
 */
public final class TestRun {
    private static final long STATUS_NANOS = Arrivals.SECOND;

    /** How long a peer with several missing statuses gets at the end: a full link that drops segments delays them. */
    private static final long LAST_STATUS_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** How long at most what is still on its way at the end is waited for: two statuses, and some more. */
    private static final long TAIL_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    /** Why the transfer ended. */
    public enum Ending {
        TIME_IS_UP,
        PEER_CLOSED,
        STOPPED,
        PEER_SILENT
    }

    private final Transfer transfer;
    private final NanoClock clock;
    private final Delivery delivery;
    private final IntervalMeter meter;
    private final StatusSender statuses;
    private final ByteLimit limit;
    private final boolean slow;
    private final long durationNanos;
    private final long lostPeerNanos;
    private final boolean awaitsTail;
    private final Consumer<IntervalReport> listener;
    /** When the limit of bytes was reached, or something arrived after that; less than 0 before. */
    private long limitReachedAt = -1;

    private long arrivedThen;
    private volatile boolean stopped;
    private volatile boolean finished;
    private volatile Thread runner;

    private long nextStatus = STATUS_NANOS;
    private long lastSignAt;
    private long signsOfLife;
    private long provenBytes;
    private volatile long lastProofAt;

    /**
     * @param caps what keeps the test slow on purpose
     * @param listener gets each interval on the thread that runs
     */
    public TestRun(Transfer transfer, SpeedCaps caps, Timing timing, Consumer<IntervalReport> listener) {
        this.transfer = transfer;
        this.clock = transfer.clock();
        this.delivery = new Delivery(transfer, timing.interval().toNanos());
        this.meter = new IntervalMeter(transfer, caps, timing);
        this.statuses = new StatusSender(transfer);
        this.limit = new ByteLimit(timing.maxBytes());
        this.slow = caps.slow();
        this.durationNanos = timing.duration().toNanos();
        this.lostPeerNanos = timing.lostPeerTimeout().toNanos();
        this.awaitsTail = timing.awaitsTail();
        this.listener = listener;
    }

    /** Ends {@link #run()} soon, from any thread, even where it hangs in a write to a peer that does not read. */
    public void stop() {
        stopped = true;
        transfer.closeChannels();
        clock.unpark(runner);
    }

    /** Ends {@link #run()} soon, from any thread, as if the duration were over. */
    public void finish() {
        finished = true;
        statuses.end();
        clock.unpark(runner);
    }

    /** @return for how long no data has moved that must have come from the peer or reached it, ns; any thread */
    public long idleNanos() {
        return transfer.elapsed() - lastProofAt;
    }

    /** @return what arrived of what this end sent */
    public Delivery delivery() {
        return delivery;
    }

    /**
     * Runs the transfer to its end and closes it.
     *
     * @throws BtestException if the network or the peer fails
     */
    public Ending run() throws BtestException {
        runner = Thread.currentThread();
        meter.start();
        try {
            signsOfLife = transfer.signsOfLife();
            transfer.start(slow);
            return runLoop();
        } finally {
            delivery.end(meter.closedAt(), lastSignAt, lostPeerNanos);
            transfer.close();
        }
    }

    private Ending runLoop() throws BtestException {
        while (true) {
            boolean undisturbed = sleepUntil(Math.min(limit.nextLook(), Math.min(meter.nextEnd(), nextStatus)));
            TimedSnapshot moment = moment();
            if (undisturbed && moment.nanos() >= nextStatus) {
                moment = sendStatus(moment);
            }
            boolean timeIsUp = isTimeUp(moment);
            boolean silent = isSilent(moment);
            if (timeIsUp) {
                awaitMissingStatuses(moment);
            } else if (!undisturbed) {
                moment = lastSnapshot(moment);
            }
            if (!undisturbed || silent || timeIsUp || moment.nanos() >= meter.nextEnd()) {
                closeInterval(moment);
            }
            if (timeIsUp && awaitsTail) {
                await(moment.nanos() + TAIL_WAIT_NANOS, delivery::isTailReported);
            }
            if (timeIsUp) {
                return isInterrupted() ? Ending.STOPPED : Ending.TIME_IS_UP;
            }
            if (!undisturbed) {
                return disturbance();
            }
            if (silent) {
                return Ending.PEER_SILENT;
            }
        }
    }

    /** Sending ends before the last counters are read: what is sent later would arrive, but be in no interval. */
    private TimedSnapshot moment() {
        TimedSnapshot moment = TimedSnapshot.of(transfer);
        if (!isTimeUp(moment)) {
            return moment;
        }
        transfer.endSending();
        return TimedSnapshot.of(transfer);
    }

    /**
     * A data thread counts what it moved a little later: at an end that comes unexpectedly all of it belongs to the
     * test.
     */
    private TimedSnapshot lastSnapshot(TimedSnapshot end) {
        transfer.close();
        return new TimedSnapshot(end.nanos(), Snapshot.of(transfer));
    }

    private boolean isTimeUp(TimedSnapshot moment) {
        return moment.nanos() >= durationNanos || isLimitReached(moment) || (finished && !stopped);
    }

    /**
     * TCP takes megabytes at once, and the link may need seconds for them: the test lasts until they have arrived, or
     * no more of them do, else its rate would be that at which TCP took them.
     */
    private boolean isLimitReached(TimedSnapshot moment) {
        if (!limit.isReached(moment)) {
            return false;
        }
        transfer.stopSending();
        long arrived = transfer.peerStatus().total();
        if (arrived != arrivedThen || limitReachedAt < 0) {
            arrivedThen = arrived;
            limitReachedAt = moment.nanos();
        }
        if (!transfer.sendsThroughBuffers()) {
            return true;
        }
        if (arrived >= transfer.txBytes()) {
            delivery.endsWithinASecond();
            return true;
        }
        return moment.nanos() - limitReachedAt >= LAST_STATUS_WAIT_NANOS;
    }

    private boolean isSilent(TimedSnapshot moment) {
        lastSignAt = Math.max(lastSignAt, transfer.peerStatus().lastStatusAt());
        long signs = transfer.signsOfLife();
        if (signs != signsOfLife) {
            signsOfLife = signs;
            lastSignAt = moment.nanos();
        }
        long proven = transfer.provenBytes();
        if (proven != provenBytes) {
            provenBytes = proven;
            lastProofAt = moment.nanos();
        }
        boolean quiet = moment.nanos() - lastSignAt >= lostPeerNanos;
        return statuses.isPeerStuck() || (quiet && !transfer.isQuietPeerAlive(lostPeerNanos));
    }

    /** @return false as soon as there is a reason to end; true at that time */
    private boolean sleepUntil(long time) {
        while (!isDisturbed()) {
            long left = time - transfer.elapsed();
            if (left <= 0) {
                return true;
            }
            clock.parkNanos(left);
        }
        return false;
    }

    /** Waits for the peer, but no longer than until that time. */
    private void await(long time, BooleanSupplier condition) {
        long left;
        while (!isInterrupted()
                && !transfer.peerClosed()
                && transfer.failure() == null
                && !condition.getAsBoolean()
                && (left = time - transfer.elapsed()) > 0) {
            clock.parkNanos(left);
        }
    }

    private boolean isDisturbed() {
        return finished || isInterrupted() || transfer.peerClosed() || transfer.failure() != null;
    }

    private boolean isInterrupted() {
        return stopped || Thread.currentThread().isInterrupted();
    }

    private Ending disturbance() throws BtestException {
        if (isInterrupted()) {
            return Ending.STOPPED;
        }
        if (transfer.failure() != null) {
            throw transfer.failure();
        }
        return Ending.PEER_CLOSED;
    }

    /**
     * A peer that does not read blocks the write, which ends with the test's time or when the peer counts as lost.
     *
     * @return the moment at which to go on
     */
    private TimedSnapshot sendStatus(TimedSnapshot moment) {
        long now = transfer.elapsed();
        long silentFrom = transfer.isQuietPeerAlive(lostPeerNanos) ? now : lastSignAt;
        boolean sent = statuses.send(Math.min(durationNanos, silentFrom + lostPeerNanos) - now);
        // a write that broke may have taken long
        TimedSnapshot after = sent ? moment : moment();
        nextStatus = (after.nanos() / STATUS_NANOS + 1) * STATUS_NANOS;
        return after;
    }

    private void closeInterval(TimedSnapshot end) {
        if (end.nanos() <= meter.closedAt()) {
            return;
        }
        Interval interval = meter.close(end);
        long wait = delivery.statusWait(interval.from(), interval.to());
        await(interval.to() + wait, () -> delivery.isComplete(interval.from(), interval.to()));
        listener.accept(delivery.report(interval));
    }

    private void awaitMissingStatuses(TimedSnapshot end) {
        long at = end.nanos();
        await(at + LAST_STATUS_WAIT_NANOS, () -> !delivery.isLost(at));
    }
}
