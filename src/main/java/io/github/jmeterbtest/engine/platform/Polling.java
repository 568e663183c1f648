package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.Semaphore;

/**
 * Switches a receiver between sleeping and polling. A wake-up costs more time than a datagram, so while datagrams come
 * fast the receiver polls for the next one; when they slow down, it sleeps in the read again. Used by one thread,
 * except {@link #waitedNanos()}.
 */
public final class Polling {
    /** Polling threads hold their cores, and the others need some too. */
    private static final Semaphore CORES = new Semaphore(Runtime.getRuntime().availableProcessors() / 2);

    private static final int ROUND = 128;
    /** More than 100,000 datagrams a second are fast, less than half of it are not. */
    private static final long FAST_ROUND_NANOS = ROUND * 10_000L;

    private static final long SLOW_ROUND_NANOS = 2 * FAST_ROUND_NANOS;
    private static final long MAX_EMPTY_NANOS = 100_000;

    /** Makes the receiver poll or sleep. */
    public interface Switch {
        void poll(boolean on) throws IOException;
    }

    private final Switch polls;
    private final Counter waited = new Counter();
    private boolean on;
    private int inRound;
    private boolean started;
    private long roundStart;
    private boolean empty;
    private long emptySince;

    /** @param channel blocking, and switched by nobody else */
    public Polling(DatagramChannel channel) {
        this(on -> channel.configureBlocking(!on));
    }

    /** @param polls used by nobody else */
    public Polling(Switch polls) {
        this.polls = polls;
    }

    /** @return CPU time that was spent on nothing but waiting, ns; any thread */
    public long waitedNanos() {
        return waited.get();
    }

    /** To be called for each call that brought something: a datagram, or a batch of them. */
    public void received(long now) throws IOException {
        endOfWait(now);
        if (!started) {
            started = true;
            roundStart = now;
        }
        if (++inRound < ROUND) {
            return;
        }
        long round = now - roundStart;
        inRound = 0;
        roundStart = now;
        if (on && round > SLOW_ROUND_NANOS) {
            stop();
        } else if (!on && round < FAST_ROUND_NANOS && CORES.tryAcquire()) {
            on = true;
            polls.poll(true);
        }
    }

    /** To be called whenever there was no datagram. */
    public void nothing(long now) throws IOException {
        if (!on) {
            return;
        }
        if (!empty) {
            empty = true;
            emptySince = now;
        } else if (now - emptySince > MAX_EMPTY_NANOS) {
            endOfWait(now);
            stop();
        } else {
            Thread.onSpinWait();
        }
    }

    /** Gives back what is held; the socket may be closed already. */
    public void end() {
        if (on) {
            on = false;
            CORES.release();
        }
    }

    private void stop() throws IOException {
        end();
        polls.poll(false);
    }

    private void endOfWait(long now) {
        if (empty) {
            waited.add(now - emptySince);
            empty = false;
        }
    }
}
