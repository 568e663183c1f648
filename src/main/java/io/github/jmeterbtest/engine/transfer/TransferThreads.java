package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.DataThread;
import io.github.jmeterbtest.engine.platform.LocalNetworkException;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The threads that move the data of one transfer, and how they ended. Thread-safe. */
final class TransferThreads {
    private static final long READER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long READER_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long JOIN_MILLIS = 2_000;
    /** More than a call of the system takes, mostly. */
    private static final long LAST_CALL_MILLIS = 100;

    private final NanoClock clock;
    private final List<DataThread> threads = new CopyOnWriteArrayList<>();
    private volatile Thread runner;
    private volatile boolean peerClosed;
    private volatile boolean closing;
    private volatile BtestException failure;

    TransferThreads(NanoClock clock) {
        this.clock = clock;
    }

    /** What a data thread does; it may throw when its socket is closed under it. */
    interface Work {
        void run() throws IOException, BtestException;
    }

    /** Has a thread unparked whenever there may be a reason to end. */
    void wakeAtTheEnd(Thread thread) {
        runner = thread;
    }

    void wakeRunner() {
        clock.unpark(runner);
    }

    List<DataThread> all() {
        return threads;
    }

    /** @return whether the peer has closed its end */
    boolean peerClosed() {
        return peerClosed;
    }

    /** @return what went wrong first, or null */
    BtestException failure() {
        return failure;
    }

    void peerHasClosed() {
        peerClosed = true;
        wakeRunner();
    }

    private void fail(BtestException reason) {
        if (failure == null && !closing) {
            failure = reason;
        }
        wakeRunner();
    }

    /**
     * @param light whether it mostly waits, see {@link Threads#startLight}
     * @param waitedNanos see {@link DataThread}
     */
    Thread start(String name, boolean light, Work work, LongSupplier waitedNanos) {
        Thread thread = Threads.start(name, light, () -> run(name, work));
        threads.add(new DataThread(thread, waitedNanos));
        return thread;
    }

    private void run(String name, Work work) {
        try {
            work.run();
        } catch (ClosedChannelException e) {
            // closed by this end, which is how a transfer is ended
            peerHasClosed();
        } catch (IOException e) {
            ended(e);
        } catch (BtestException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new BtestException(ErrorKind.IO, "internal error in thread " + name + ": " + e, e));
        }
    }

    /**
     * A reset means that the peer has closed. Java distinguishes it from other failures only in a read, as a
     * SocketException; after a failed write, the thread that reads the connection finds out why.
     */
    private void ended(IOException e) {
        if (e instanceof LocalNetworkException) {
            fail(new BtestException(
                    ErrorKind.IO, "network error on this machine during the test: " + e.getMessage(), e));
        } else if (e instanceof SocketException || peerClosesNow()) {
            peerHasClosed();
        } else {
            fail(new BtestException(
                    ErrorKind.PEER_LOST,
                    "connection to the peer lost during the test (" + e.getMessage() + "); check the link",
                    e));
        }
    }

    private boolean peerClosesNow() {
        long deadline = clock.nanoTime() + READER_TIMEOUT_NANOS;
        while (!peerClosed && failure == null && clock.nanoTime() - deadline < 0) {
            clock.parkNanos(READER_POLL_NANOS);
        }
        return peerClosed;
    }

    /**
     * Waits a moment for threads that end by themselves now: what the system has just taken from them, a whole batch
     * perhaps, is not counted yet.
     */
    void awaitLastCall(List<Thread> ending) {
        join(ending, LAST_CALL_MILLIS);
    }

    private void join(List<Thread> ending, long millis) {
        ending.forEach(clock::unpark);
        // an interrupted runner must wait for its threads as well
        boolean interrupted = Thread.interrupted();
        for (Thread thread : ending) {
            try {
                thread.join(millis);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until all threads have stopped counting.
     *
     * @param channels closes what they use
     */
    void close(Runnable channels) {
        closing = true;
        channels.run();
        join(threads.stream().map(DataThread::thread).toList(), JOIN_MILLIS);
    }
}
