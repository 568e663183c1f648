package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Pacer;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How fast a UDP sender sends. A cap is held as it is. Without one the sender starts as fast as it can, for a second,
 * and from the peer's first status on sends 1.5 times what the peer said it received (agreed by several
 * implementations; RouterOS's manual speaks of at least 1.1 times).
 */
final class UdpFeedback {
    private static final double AHEAD_OF_PEER = 1.5;
    /** A link that is down for a moment must be found again when it is back, and be found without flooding it. */
    private static final long MIN_RATE = 120_000;

    /**
     * Until the first status: a second of it is less than the 32 bits of a status can count, so that status cannot be
     * mistaken for one of a much faster link.
     */
    private static final long MAX_UNREPORTED_RATE = 30_000_000_000L;

    private static final int WAITING_SHARE = 10;
    private static final long HALF_STATUS_NANOS = 500_000_000;

    private final SharedRate rate;
    private final boolean capped;
    private final LongSupplier txBytes;
    private long lastAt;
    private long lastTxBytes;
    private boolean reported;
    private long quietTxBytes;

    /**
     * @param cap bit/s, 0 for none
     * @param packet size of the packets that are sent, bytes
     * @param txBytes bytes sent so far
     * @param streams how many each thread sends
     */
    UdpFeedback(long cap, int packet, LongSupplier txBytes, List<Integer> streams) {
        this.rate = new SharedRate(cap > 0 ? cap : MAX_UNREPORTED_RATE, packet, streams);
        this.capped = cap > 0;
        this.txBytes = txBytes;
    }

    /** @param now {@link NanoClock#nanoTime()} at the start of the test */
    void start(long now) {
        lastAt = now;
        rate.start(now);
    }

    /** @param thread from 0 */
    Pacer pacer(int thread) {
        return rate.pacer(thread);
    }

    /**
     * The first status is due. As long as it is on its way, no more is sent than a part of what was sent before it: a
     * few milliseconds at full speed are as much as a slow link carries in a second.
     */
    synchronized void firstStatusIsDue() {
        if (!capped && !reported && quietTxBytes == 0) {
            rate.set(Math.max(MIN_RATE, txBytes.getAsLong() * 8 / WAITING_SHARE));
        }
    }

    /**
     * A second of a peer that sends no statuses, such as blast, which RouterOS serves to the end (seen by its author
     * with 7.22.1). Such a client is sent to as fast as its acknowledgements allow: what keeps our own statuses from
     * it, or its acknowledgements from us, is a link that is too full. So the rate doubles while they come, and is
     * halved when they do not.
     *
     * @param acknowledged whether the status before has been acknowledged
     */
    synchronized void quietSecond(boolean acknowledged) {
        if (capped || reported) {
            return;
        }
        long sentNow = txBytes.getAsLong();
        if (quietTxBytes > 0) {
            long sent = (sentNow - quietTxBytes) * 8;
            rate.set(Math.max(MIN_RATE, acknowledged ? sent * 2 : sent / 2));
        }
        quietTxBytes = sentNow;
    }

    /**
     * @param bytes what the peer received since its last status, in IP bytes; at most, while the peer's unit is not
     *     known
     * @param now {@link NanoClock#nanoTime()}
     */
    synchronized void peerReceived(long bytes, long now) {
        boolean tooEarlyToTell = bytes == 0 && now - lastAt < HALF_STATUS_NANOS;
        if (capped || tooEarlyToTell) {
            return;
        }
        reported = true;
        long sentNow = txBytes.getAsLong();
        double seconds = Math.max(now - lastAt, HALF_STATUS_NANOS) / 1e9;
        double target = bytes > 0
                ? AHEAD_OF_PEER * bytes * 8 / seconds
                // nothing arrived: halve the rate, rather than flood a dead link or crawl on one that comes back
                : (sentNow - lastTxBytes) * 8 / seconds / 2;
        rate.set(Math.max(MIN_RATE, (long) target));
        lastAt = now;
        lastTxBytes = sentNow;
    }
}
