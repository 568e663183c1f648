package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.CpuLoad;
import io.github.jmeterbtest.engine.platform.CpuWatch;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Watchdog;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Beats the time of one transfer on the calling thread: wakes at t0 + i·interval by the monotonic clock, cuts the
 * intervals, exchanges the statuses, and watches for the end. Neither clock drifts: every beat is reckoned from t0.
 */
public final class TestRun {
    private static final long STATUS_NANOS = Arrivals.SECOND;

    /** Why the transfer ended. */
    enum Ending {
        TIME_IS_UP,
        PEER_CLOSED,
        STOPPED,
        PEER_SILENT
    }

    /**
     * How long an interval that was cut is held back for the peer's status on it: longer where its statuses come later.
     */
    private static final long MIN_STATUS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long MAX_STATUS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(750);
    private static final long STATUS_JITTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** At the end a peer that owes several statuses gets so long: a full link that drops segments holds them up. */
    private static final long LAST_STATUS_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What a write of a status may take in any case. */
    private static final long MIN_WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** The system's CPU times are too coarse to judge a last piece of a few milliseconds by. */
    private static final long MIN_CPU_READING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Transfer transfer;
    private final NanoClock clock;
    private final Delivery delivery;
    private final CpuWatch cpuWatch;
    private final SpeedCaps caps;
    private final long durationNanos;
    private final long omitNanos;
    private final long intervalNanos;
    private final long silenceNanos;
    private final Consumer<IntervalReport> listener;
    private volatile boolean stopped;
    private volatile boolean finished;
    private volatile boolean writing;
    private volatile Thread runner;

    // all times are ns after the start of the transfer
    private long cutAt;
    private long heardAt;
    private long signsOfLife;
    private Snapshot last;
    private int index;
    private long statusSequence;
    private long statusRxBytes;

    /** @param caps what keeps the test slow on purpose, and is then no fault of the CPU */
    public TestRun(Transfer transfer, SpeedCaps caps, Timing timing, Consumer<IntervalReport> listener) {
        this.transfer = transfer;
        this.clock = transfer.clock();
        this.delivery = new Delivery(transfer, timing.interval().toNanos());
        this.caps = caps;
        this.cpuWatch = new CpuWatch(transfer::threads);
        this.omitNanos = timing.omit().toNanos();
        this.durationNanos = timing.duration().toNanos();
        this.intervalNanos = timing.interval().toNanos();
        this.silenceNanos = timing.silence().toNanos();
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
        if (writing) {
            // to a peer that may not read
            transfer.closeChannels();
        }
        clock.unpark(runner);
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
        // the system's reading is "since the last one": let the first interval's begin here
        CpuLoad.SYSTEM.percent();
        last = Snapshot.of(transfer);
        try {
            signsOfLife = transfer.signsOfLife();
            transfer.start(caps.slow());
            return beat();
        } finally {
            delivery.end(cutAt, heardAt, silenceNanos);
            transfer.close();
        }
    }

    private Ending beat() throws BtestException {
        long statuses = 1;
        while (true) {
            long nextCut = Math.min((index + 1) * intervalNanos, durationNanos);
            long nextStatus = statuses * STATUS_NANOS;
            boolean undisturbed = sleepUntil(Math.min(nextCut, nextStatus));
            Moment moment = Moment.of(transfer);
            if (isTimeUp(moment)) {
                transfer.endSending();
            }
            if (undisturbed && moment.nanos() >= nextStatus) {
                if (!sendStatus()) {
                    // it may have taken long
                    moment = Moment.of(transfer);
                }
                statuses = moment.nanos() / STATUS_NANOS + 1;
            }
            boolean timeIsUp = isTimeUp(moment);
            boolean silent = isSilent(moment);
            if (timeIsUp) {
                awaitStatusesOwed(moment);
            } else if (!undisturbed) {
                moment = lastMoment(moment);
            }
            if (!undisturbed || silent || timeIsUp || moment.nanos() >= nextCut) {
                cut(moment);
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

    /**
     * A data thread counts what it moved a little later: at an end that comes unawares all of it belongs to the test.
     */
    private Moment lastMoment(Moment end) {
        transfer.close();
        return new Moment(end.nanos(), Snapshot.of(transfer));
    }

    private boolean isTimeUp(Moment moment) {
        return moment.nanos() >= durationNanos || finished && !stopped;
    }

    private boolean isSilent(Moment moment) {
        heardAt = Math.max(heardAt, transfer.peerStatus().heardAt());
        if (signsOfLife != (signsOfLife = transfer.signsOfLife())) {
            heardAt = moment.nanos();
        }
        return moment.nanos() - heardAt >= silenceNanos && !transfer.isQuietPeerAlive(silenceNanos);
    }

    /** @return false as soon as there is a reason to end; true at that time */
    private boolean sleepUntil(long time) {
        while (!disturbed()) {
            long left = time - transfer.elapsed();
            if (left <= 0) {
                return true;
            }
            clock.parkNanos(left);
        }
        return false;
    }

    /** Waits for the peer, but no longer than until that time. */
    private void await(long time, BooleanSupplier awaited) {
        long left;
        while (!isInterrupted()
                && !transfer.peerClosed()
                && transfer.failure() == null
                && !awaited.getAsBoolean()
                && (left = time - transfer.elapsed()) > 0) {
            clock.parkNanos(left);
        }
    }

    private boolean disturbed() {
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
     * @return false if the connection broke meanwhile
     */
    private boolean sendStatus() {
        if (!transfer.sendsStatuses()) {
            return true;
        }
        // the field has 32 bits and wraps
        long received = transfer.reportedRxBytes();
        Status status = new Status(
                Math.max(0, CpuLoad.SYSTEM.percent()), ++statusSequence, (received - statusRxBytes) & 0xFFFF_FFFFL);
        statusRxBytes = received;
        long now = transfer.elapsed();
        long silentFrom = transfer.isQuietPeerAlive(silenceNanos) ? now : heardAt;
        long deadline = Math.min(durationNanos, silentFrom + silenceNanos);
        long timeLeft = Math.max(MIN_WRITE_NANOS, deadline - now);
        writing = true;
        try (Watchdog watchdog = Watchdog.after(timeLeft, transfer::closeChannels)) {
            if (!finished) {
                transfer.sendStatus(status);
            }
            return true;
        } catch (IOException e) {
            // the thread that reads this connection sees why it broke, and says so
            transfer.peerHasClosed();
            return false;
        } finally {
            writing = false;
        }
    }

    private void cut(Moment moment) {
        long now = moment.nanos();
        if (now <= cutAt) {
            return;
        }
        Snapshot next = moment.counters().after(last);
        int localCpu = CpuLoad.SYSTEM.percent();
        boolean longEnough = now - cutAt >= Math.min(intervalNanos, MIN_CPU_READING_NANOS);
        // asked in any case, since it counts from one asking to the next
        boolean cpuLimited = cpuWatch.limited(now - cutAt, localCpu)
                && longEnough
                && !caps.reached(
                        IntervalReport.bitsPerSecond(next.rxBytes() - last.rxBytes(), now - cutAt),
                        IntervalReport.bitsPerSecond(next.txBytes() - last.txBytes(), now - cutAt));
        long from = cutAt;
        long to = now;
        long hostDropped = transfer.hostDroppedPackets(next.lost() - last.lost());
        awaitStatus(from, to);
        long arrived = transfer.peerIsCredible() ? delivery.arrived(from, to) : IntervalReport.UNKNOWN;
        boolean owed = arrived == IntervalReport.UNKNOWN && delivery.isOwed(from, to, to);
        IntervalReport report = new IntervalReport(
                index,
                from,
                to - from,
                next.rxBytes() - last.rxBytes(),
                next.txBytes() - last.txBytes(),
                next.rxPackets() - last.rxPackets(),
                next.txPackets() - last.txPackets(),
                next.lost() - last.lost(),
                next.reordered() - last.reordered(),
                next.duplicates() - last.duplicates(),
                hostDropped,
                arrived,
                owed,
                transfer.peerStatus().cpuLoad(),
                localCpu,
                cpuLimited,
                from + intervalNanos / 2 < omitNanos);
        last = next;
        cutAt = now;
        // a stall makes one long interval and leaves out the beats it slept through
        index = Math.max(index + 1, (int) (now / intervalNanos));
        listener.accept(report);
    }

    /** As long as the peer's statuses lately took, so that one that came too late is no rule for those behind it. */
    private void awaitStatus(long from, long to) {
        boolean mayCome = transfer.peerStatus().count() > 0 || transfer.peerMustReport() || to < 2 * STATUS_NANOS;
        if (delivery.isWholeSeconds(from, to) && mayCome) {
            long late = transfer.peerStatus().lateness() + STATUS_JITTER_NANOS;
            long wait = Math.max(MIN_STATUS_WAIT_NANOS, Math.min(late, MAX_STATUS_WAIT_NANOS));
            await(to + wait, () -> delivery.isComplete(from, to));
        }
    }

    private void awaitStatusesOwed(Moment end) {
        long at = end.nanos();
        if (delivery.isJudgedLost(at)) {
            await(at + LAST_STATUS_WAIT_NANOS, () -> !delivery.isJudgedLost(at));
        }
    }
}
