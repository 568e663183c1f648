package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.CpuLoad;
import io.github.jmeterbtest.engine.platform.Watchdog;
import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Sends this end's statuses, numbered from 1. One thread sends, any thread ends that. */
final class StatusSender {
    /** What a write may take in any case. */
    private static final long MIN_WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Transfer transfer;
    private long sequence;
    private long reportedBytes;
    private volatile boolean writing;
    private volatile boolean ended;
    private volatile boolean gaveUp;
    private boolean peerStuck;

    StatusSender(Transfer transfer) {
        this.transfer = transfer;
    }

    /**
     * Sends the next status, if this end sends any.
     *
     * @param timeLeft what the write to a peer that does not read may take, ns
     * @return false if the connection broke meanwhile
     */
    @SuppressWarnings("try") // the watchdog only has to end with the write
    boolean send(long timeLeft) {
        if (!transfer.sendsStatuses()) {
            return true;
        }
        Status status = next();
        writing = true;
        try (Watchdog watchdog = Watchdog.after(Math.max(MIN_WRITE_NANOS, timeLeft), this::giveUp)) {
            if (!ended) {
                transfer.sendStatus(status);
            }
            return true;
        } catch (IOException e) {
            // the thread that reads this connection sees why it broke, and says so
            transfer.peerHasClosed();
            peerStuck = gaveUp;
            return false;
        } finally {
            writing = false;
        }
    }

    /**
     * The peer does not read. Since this end closes the connection, what the reader then sees is not the peer's doing.
     */
    private void giveUp() {
        gaveUp = true;
        transfer.closeChannels();
    }

    /** {@return whether a status was given up because the peer did not read it} */
    boolean isPeerStuck() {
        return peerStuck;
    }

    private Status next() {
        long received = transfer.reportedRxBytes();
        // the field has 32 bits and wraps
        long bytes = (received - reportedBytes) & 0xFFFF_FFFFL;
        reportedBytes = received;
        return new Status(Math.max(0, CpuLoad.SYSTEM.percent()), ++sequence, bytes);
    }

    /** Sends no more, and ends a write that hangs. */
    void end() {
        ended = true;
        if (writing) {
            transfer.closeChannels();
        }
    }
}
