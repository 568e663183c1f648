package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.DataThread;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.TcpInfo;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Moves the data of one test, the same for client and server. Data threads move bytes and count them; the thread that
 * runs the test (see {@link TestRun}) reads the counters, sends the statuses, and is woken when the transfer ends by
 * itself.
 */
public abstract class Transfer implements AutoCloseable {
    private static final int TURNS_IN_A_ROW = 64;

    private final TransferThreads threads;
    private final List<Thread> senders = new CopyOnWriteArrayList<>();
    private final PeerStatus peerStatus;
    private volatile boolean slow;
    private volatile boolean sendingIsOver;
    private volatile long firstPayloadNanos = IntervalReport.UNKNOWN;
    /** Ends before its last second where the test's time does. */
    private volatile long sentNanos = Long.MAX_VALUE;

    private final NanoClock clock;
    private final long startNanos;
    private final Instant startedAt;

    /**
     * @param startNanos {@link NanoClock#nanoTime()} when the handshake was over, so that the peer could send: what
     *     comes before the threads are there waits in the socket, and belongs to the time that passed until then
     */
    Transfer(NanoClock clock, long startNanos, PeerStatus peerStatus) {
        this.clock = clock;
        this.threads = new TransferThreads(clock);
        this.peerStatus = peerStatus;
        this.startNanos = startNanos;
        this.startedAt = clock.now().minusNanos(elapsed());
    }

    /**
     * Starts the data threads; the calling thread will be woken when the transfer ends.
     *
     * @param slow whether they will mostly wait
     * @throws BtestException of kind {@link ErrorKind#IO} if the system has none; those that were started end with the
     *     transfer
     */
    public final void start(boolean slow) throws BtestException {
        this.slow = slow;
        threads.wakeAtTheEnd(Thread.currentThread());
        try {
            startThreads();
        } catch (OutOfMemoryError e) {
            throw BtestException.noThread(e);
        }
    }

    /** @return whether the data threads mostly wait */
    final boolean isSlow() {
        return slow;
    }

    /** @see #startThread */
    abstract void startThreads();

    /** @return TCP connections or streams of datagrams that carry the test; may only be known at its end */
    public abstract int connections();

    /** @return bytes received: TCP payload, or whole IP packets for UDP */
    abstract long rxBytes();

    /** @return bytes handed to the network, counted likewise */
    abstract long txBytes();

    /** @return bytes received, in the unit of the statuses that this end sends */
    long reportedRxBytes() {
        return rxBytes();
    }

    long rxPackets() {
        return 0;
    }

    long txPackets() {
        return 0;
    }

    long lostPackets() {
        return 0;
    }

    long reorderedPackets() {
        return 0;
    }

    long duplicatePackets() {
        return 0;
    }

    /**
     * May read a table of the system, so it is for a time when nothing waits.
     *
     * @param newlyLost datagrams lost since the last call
     * @return those of them that this host dropped; {@link IntervalReport#UNKNOWN} if the system does not tell
     */
    long hostDroppedPackets(long newlyLost) {
        return IntervalReport.UNKNOWN;
    }

    /**
     * @return the longest time between two datagrams, ns; {@link IntervalReport#UNKNOWN} for TCP or with less than two
     */
    public long longestGapNanos() {
        return IntervalReport.UNKNOWN;
    }

    /**
     * @return inter-arrival jitter of the datagrams now, averaged over the streams, ns; {@link IntervalReport#UNKNOWN}
     *     if none is known
     */
    long jitterNanos() {
        return IntervalReport.UNKNOWN;
    }

    /** @return whether this end used the system calls for several datagrams, to the end of the test */
    public boolean batched() {
        return false;
    }

    /**
     * @return room for datagrams that have come and have not been read, bytes; {@link IntervalReport#UNKNOWN} if none
     */
    public int receiveBuffer() {
        return IntervalReport.UNKNOWN;
    }

    /** @return the congestion control of TCP on what this end sends; nothing for UDP, or if the system does not tell */
    public Optional<String> congestionControl() {
        return Optional.empty();
    }

    /** @return what the system's TCP knows of what this end sends; nothing for UDP, or if it does not tell */
    Optional<TcpInfo.Reading> tcpInfo() {
        return Optional.empty();
    }

    /** @return whether the peer reports each second what it received of what this end sends */
    abstract boolean peerTellsArrivals();

    /** @return whether this end sends the peer a status each second */
    abstract boolean sendsStatuses();

    /** Sends a status, or leaves it to the thread that writes to the control connection. */
    abstract void sendStatus(Status status) throws IOException;

    /** @return a number that changes whenever data shows that the peer is alive */
    abstract long signsOfLife();

    /** @return a number that changes only with data that must have come from the peer or reached it */
    long provenBytes() {
        return signsOfLife();
    }

    /** Closes the sockets, which ends the data threads. */
    abstract void closeChannels();

    final PeerStatus peerStatus() {
        return peerStatus;
    }

    /** @return the UDP ports that firewalls must let through, as messages tell them; empty for TCP */
    String ports() {
        return "";
    }

    /**
     * @return whether what the peer says of arrivals can be true: over TCP, what was sent has arrived sooner or later
     */
    abstract boolean peerIsCredible();

    /** @return whether the result depends on the peer's reports, so that one that never reports counts as lost */
    abstract boolean peerMustReport();

    /** @return whether the peer's statuses wait for data that it sent before them */
    boolean statusesStandInLine() {
        return false;
    }

    /**
     * Distinguishes a peer that sends no statuses, as some do, from one that is gone.
     *
     * @param timeoutNanos how long it may leave this end's statuses unacknowledged, ns
     * @return whether it never sent one, need not, and its end of the control connection lives
     */
    boolean isQuietPeerAlive(long timeoutNanos) {
        return false;
    }

    /** @return whether the peer has closed its end */
    final boolean peerClosed() {
        return threads.peerClosed();
    }

    /** @return what went wrong in a data thread, or null */
    final BtestException failure() {
        return threads.failure();
    }

    final NanoClock clock() {
        return clock;
    }

    /** @return {@link NanoClock#nanoTime()} at the start of the first interval */
    public final long startNanos() {
        return startNanos;
    }

    /** @return time since then, ns */
    final long elapsed() {
        return clock.nanoTime() - startNanos;
    }

    /** @return wall-clock time of the start of the first interval */
    public final Instant startedAt() {
        return startedAt;
    }

    /**
     * @return time from the start of the first interval to the first payload byte, ns; {@link IntervalReport#UNKNOWN}
     *     if there was none
     */
    public final long firstPayloadNanos() {
        return firstPayloadNanos;
    }

    /** @return the threads that move the data */
    public final List<DataThread> threads() {
        return threads.all();
    }

    /** Ends the sending, while the peer's last report on what arrived is awaited. */
    final void endSending() {
        if (!sendingIsOver) {
            sentNanos = elapsed();
            stopSending();
        }
    }

    /** Ends the sending before the test's end, so that the time until then counts for what was sent. */
    final void stopSending() {
        if (!sendingIsOver) {
            sendingIsOver = true;
            threads.awaitLastCall(senders);
        }
    }

    /**
     * @return whether what this end has sent may stand in this machine's buffers for seconds, and the peer tells how
     *     much of it has arrived
     */
    boolean sendsThroughBuffers() {
        return false;
    }

    /** @return how long this end has sent, ns; {@link Long#MAX_VALUE} as long as it does */
    final long sentNanos() {
        return sentNanos;
    }

    final boolean sendingIsOver() {
        return sendingIsOver;
    }

    /** @return bytes handed to the network on one connection */
    long txBytes(int connection) {
        return txBytes();
    }

    /** Takes a status from the thread that read it, and wakes the runner, who may wait for it. */
    final long peerReported(int connection, Status status) {
        PeerStatus.Sent sent = new PeerStatus.Sent(txBytes(), txBytes(connection), txPackets());
        long bytes = peerStatus.accept(connection, status, sent, elapsed());
        threads.wakeRunner();
        return bytes;
    }

    /**
     * Called by a data thread for each read and write. Otherwise a peer that sends more than it announced, or packets
     * so small that the rate cannot be reached, would take a core from all other slow transfers.
     *
     * @param turns reads or writes so far
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint is enough: no result depends on it
    final void letOthersRun(long turns) {
        if (slow && turns % TURNS_IN_A_ROW == 0) {
            Thread.yield();
        }
    }

    final void markFirstPayload() {
        if (firstPayloadNanos == IntervalReport.UNKNOWN) {
            firstPayloadNanos = elapsed();
        }
    }

    final void peerHasClosed() {
        threads.peerHasClosed();
    }

    /**
     * Reads a connection that carries nothing but statuses, to its end.
     *
     * @param number which one of the test, 0 for the control connection
     * @param taken gets what the peer received since its last status, bytes
     */
    final void readStatuses(int number, SocketChannel connection, LongConsumer taken)
            throws IOException, BtestException {
        AtomicLong readings = new AtomicLong();
        new StatusReader(connection).readAll(status -> {
            letOthersRun(readings.incrementAndGet());
            taken.accept(peerReported(number, status));
        });
        peerHasClosed();
    }

    /** As {@link #startThread}, for one that ends once {@link #sendingIsOver()}. */
    final void startSender(String name, TransferThreads.Work work) {
        senders.add(startThread(name, work));
    }

    final Thread startThread(String name, TransferThreads.Work work) {
        return threads.start(name, slow, work, () -> 0);
    }

    /** @param waitedNanos see {@link DataThread} */
    final Thread startThread(String name, TransferThreads.Work work, LongSupplier waitedNanos) {
        return threads.start(name, slow, work, waitedNanos);
    }

    /** For work that waits in a selector, which a virtual thread must not: it would keep its carrier. */
    final Thread startPlatformThread(String name, TransferThreads.Work work, LongSupplier waitedNanos) {
        return threads.start(name, false, work, waitedNanos);
    }

    /** Closes the sockets and waits until all data threads have stopped counting. */
    @Override
    public final void close() {
        sendingIsOver = true;
        threads.close(this::closeChannels);
    }
}
