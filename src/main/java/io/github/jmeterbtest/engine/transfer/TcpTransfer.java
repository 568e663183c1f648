package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.DiscardingSocket;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.platform.TcpInfo;
import io.github.jmeterbtest.engine.platform.ThreadBudget;
import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Test data over TCP, on the control connection and those that joined it. Every connection is read all the time, even
 * where nothing should come: that is how its end is seen, and the half that is not used stays open (RouterOS takes a
 * FIN for the end).
 *
 * <p>Statuses go from the server to the client only, and only if the client transmits; in a test in both directions
 * they travel between the data blocks of the first connection.
 */
public final class TcpTransfer extends Transfer {
    private static final Logger LOG = LoggerFactory.getLogger(TcpTransfer.class);
    /**
     * More than the send and receive buffers of one connection hold together, in bytes: Linux lets them grow to 4 and 6
     * MiB.
     */
    private static final long BUFFERS_OF_A_CONNECTION = 16 << 20;

    /**
     * Threads for connections beside the first of their test, in all tests of the process: where those of one more test
     * do not fit in, a few threads move its data. So thousands of connections do not mean thousands of threads.
     */
    private static final int MAX_THREADS = 256;

    private static final ThreadBudget BUDGET = new ThreadBudget(MAX_THREADS);
    /** Fewer are not worth a further thread. */
    private static final int CONNECTIONS_OF_A_MOVER = 8;

    /**
     * What this end does in the test.
     *
     * @param txSpeed cap of all connections together, bit/s; 0 for none
     * @param mayRepeatOk whether the control connection may begin with one more OK, as of a server that says it twice
     *     after MD5
     */
    public record Role(
            Side side, boolean sends, boolean receives, long txSpeed, boolean randomData, boolean mayRepeatOk) {
        /** @param login what the server asked for */
        public static Role of(Side side, Command command, Authentication login) {
            return new Role(
                    side,
                    side.transmits(command.direction()),
                    side.receives(command.direction()),
                    side.txSpeed(command),
                    command.randomData(),
                    side == Side.CLIENT && login == Authentication.MD5);
        }

        boolean sendsStatuses() {
            return side == Side.SERVER && receives;
        }

        boolean readsStatuses() {
            return side == Side.CLIENT && sends;
        }
    }

    private final List<TcpConnection> connections;
    private final List<TcpMover> movers = new CopyOnWriteArrayList<>();
    private final Role role;
    private final int earlyBytes;
    private volatile Optional<String> congestionControl = Optional.empty();
    /** Null where this end does not send, and before the start. */
    private volatile TcpInfo info;

    private final Queue<Status> statusesToSend = new ConcurrentLinkedQueue<>();

    /** @param channels blocking, the control connection first */
    public TcpTransfer(NanoClock clock, long startNanos, List<SocketChannel> channels, Role role) {
        this(clock, startNanos, channels, role, 0);
    }

    /** @param earlyBytes of data that were taken from the control connection before the start */
    public TcpTransfer(NanoClock clock, long startNanos, List<SocketChannel> channels, Role role, int earlyBytes) {
        super(clock, startNanos, new PeerStatus(role.receives && role.readsStatuses(), channels.size(), null));
        this.connections = IntStream.range(0, channels.size())
                .mapToObj(i -> new TcpConnection(this, role, i, channels.get(i)))
                .toList();
        this.role = role;
        this.earlyBytes = earlyBytes;
    }

    @Override
    void startThreads() {
        if (role.receives && !role.readsStatuses() && !isSlow()) {
            discardData();
        }
        if (role.sends) {
            followTcp();
        }
        if (role.receives) {
            connections.get(0).rx.add(earlyBytes);
        }
        startThreads(connections.get(0), false);
        List<TcpConnection> others = connections.subList(1, connections.size());
        int threads = others.size() * (role.sends ? 2 : 1);
        if (role.side == Side.CLIENT || (isSlow() && Threads.areLight())) {
            others.forEach(connection -> startThreads(connection, false));
        } else if (BUDGET.takeAll(threads)) {
            startBudgeted(threads, () -> others.forEach(connection -> startThreads(connection, true)));
        } else {
            startMovers(others);
        }
    }

    /** @param budgeted whether the budget has been asked for them */
    private void startThreads(TcpConnection connection, boolean budgeted) {
        startThread("tcp-rx", () -> run(connection::read, budgeted));
        if (role.sends) {
            connection.writer = startThread("tcp-tx", () -> run(connection::write, budgeted));
        }
    }

    /** One in any case, so that no test is refused. */
    private void startMovers(List<TcpConnection> others) {
        int cores = Runtime.getRuntime().availableProcessors();
        int budgeted = BUDGET.takeSome(Math.min(cores, 1 + others.size() / CONNECTIONS_OF_A_MOVER));
        List<List<TcpConnection>> shares = StreamThreads.share(others, Math.max(1, budgeted));
        startBudgeted(budgeted, () -> {
            for (int i = 0; i < shares.size(); i++) {
                List<TcpConnection> share = shares.get(i);
                boolean counts = i < budgeted;
                startPlatformThread("tcp", () -> run(() -> move(share), counts), () -> 0);
            }
        });
    }

    /** Those that cannot be started are given back. */
    private void startBudgeted(int budgeted, Runnable start) {
        int before = threads().size();
        try {
            start.run();
        } catch (OutOfMemoryError e) {
            BUDGET.release(Math.max(0, before + budgeted - threads().size()));
            throw e;
        }
    }

    private void move(List<TcpConnection> share) throws IOException {
        TcpMover mover = new TcpMover(this, share, role.sends);
        movers.add(mover);
        mover.run();
    }

    private static void run(TransferThreads.Work work, boolean budgeted) throws IOException, BtestException {
        try {
            work.run();
        } finally {
            if (budgeted) {
                BUDGET.release();
            }
        }
    }

    /** Of what only receives, the system knows no more than how long the connect took. */
    private void followTcp() {
        try {
            TcpInfo found = TcpInfo.of(connections.stream().map(c -> c.channel).toList());
            info = found;
            congestionControl = found.congestionControl();
        } catch (IOException e) {
            LOG.debug("a connection was closed before the test began", e);
        }
    }

    /** Nobody looks at it. Slow tests do as before: they copy little. */
    private void discardData() {
        try {
            List<DiscardingSocket> sockets =
                    Batching.discarding(connections.stream().map(c -> c.channel).toList());
            for (int i = 0; i < sockets.size(); i++) {
                connections.get(i).discardWith(sockets.get(i));
            }
        } catch (IOException e) {
            LOG.debug("a connection was closed before the test began", e);
        }
    }

    @Override
    public int connections() {
        return connections.size();
    }

    @Override
    public Optional<String> congestionControl() {
        return congestionControl;
    }

    @Override
    boolean sendsThroughBuffers() {
        return role.sends && !role.receives;
    }

    @Override
    Optional<TcpInfo.Reading> tcpInfo() {
        TcpInfo known = info;
        return known == null ? Optional.empty() : known.read();
    }

    @Override
    long rxBytes() {
        return connections.stream().mapToLong(c -> c.rx.get()).sum();
    }

    @Override
    long txBytes() {
        return connections.stream().mapToLong(c -> c.tx.get()).sum();
    }

    @Override
    long txBytes(int connection) {
        return connections.get(connection).tx.get();
    }

    /**
     * Data that comes, which is all that counts from a client that has to send. Where the peer sends nothing at all,
     * that it takes data: then a buffer that fills is all that is seen. Where it reports, only what no buffer can hold
     * shows that somebody reads.
     */
    @Override
    long signsOfLife() {
        if (role.side == Side.SERVER && role.receives) {
            return rxBytes();
        }
        long taken = role.readsStatuses() ? Math.max(0, txBytes() - inBuffers()) : txBytes();
        return rxBytes() + (peerStatus().count() == 0 ? taken : 0);
    }

    @Override
    long provenBytes() {
        return rxBytes() + Math.max(0, txBytes() - inBuffers());
    }

    /** @return bytes that can be on their way and not yet read */
    private long inBuffers() {
        return BUFFERS_OF_A_CONNECTION * connections.size();
    }

    @Override
    boolean peerTellsArrivals() {
        return role.readsStatuses();
    }

    /**
     * TCP delivers what it takes: a count that falls behind by more than buffers hold, and by more than half, counts
     * something else. btest-rs reports zeros with some numbers of connections. What was sent after the last report is
     * not judged by it.
     */
    @Override
    boolean peerIsCredible() {
        long sent = peerStatus().count() == 0 ? txBytes() : peerStatus().sentUntilLast();
        long reported = peerStatus().total();
        return sent - reported <= inBuffers() || reported >= sent / 2;
    }

    @Override
    boolean peerMustReport() {
        return role.readsStatuses();
    }

    @Override
    boolean statusesStandInLine() {
        return role.readsStatuses() && role.receives;
    }

    @Override
    boolean sendsStatuses() {
        return role.sendsStatuses();
    }

    @Override
    void sendStatus(Status status) throws IOException {
        TcpConnection control = connections.get(0);
        if (role.sends) {
            statusesToSend.add(status);
            clock().unpark(control.writer);
        } else {
            control.writeFully(ByteBuffer.wrap(status.encode()));
        }
    }

    /** {@return a status that waits to be sent between the data, or null} */
    Status nextStatus() {
        return statusesToSend.poll();
    }

    @Override
    void closeChannels() {
        TcpInfo known = info;
        if (known != null) {
            known.close();
        }
        for (TcpConnection connection : connections) {
            Sockets.closeQuietly(connection.channel);
        }
        movers.forEach(TcpMover::close);
    }
}
