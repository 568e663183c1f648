package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.Counter;
import io.github.jmeterbtest.engine.platform.DiscardingSocket;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Pacer;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
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
    /** Of all connections of a test together. */
    private static final int READ_BUFFERS = 256 << 10;

    private static final int SMALLEST_READ_BUFFER = 16 << 10;
    /**
     * More than the send and receive buffers of one connection hold together, in bytes: Linux lets them grow to 4 and 6
     * MiB.
     */
    private static final long BUFFERS_OF_A_CONNECTION = 16 << 20;
    /** Where nothing but the end is expected. */
    private static final int NO_DATA_BUFFER = 1 << 10;
    /** What goes out at once when the rate is held is no more than a millisecond of data or two segments. */
    private static final long PACED_WRITES_PER_SECOND = 1_000;

    private static final int TWO_SEGMENTS = 2 * 1448;
    /** Whatever size the client named: TCP has no packets, and some clients name that of one. */
    private static final int BLOCK_SIZE = Command.TCP_TX_SIZE;

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

    private final List<Connection> connections;
    private final Role role;
    private final int earlyBytes;
    private final Queue<Status> statusesToSend = new ConcurrentLinkedQueue<>();

    /** @param channels blocking, the control connection first */
    public TcpTransfer(NanoClock clock, long startNanos, List<SocketChannel> channels, Role role) {
        this(clock, startNanos, channels, role, 0);
    }

    /** @param earlyBytes of data that were taken from the control connection before the start */
    public TcpTransfer(NanoClock clock, long startNanos, List<SocketChannel> channels, Role role, int earlyBytes) {
        super(clock, startNanos, new PeerStatus(role.receives && role.readsStatuses(), channels.size(), null));
        this.connections = IntStream.range(0, channels.size())
                .mapToObj(i -> new Connection(i, channels.get(i)))
                .toList();
        this.role = role;
        this.earlyBytes = earlyBytes;
    }

    @Override
    void startThreads() {
        if (role.receives && !role.readsStatuses() && !isSlow()) {
            discardData();
        }
        if (role.receives) {
            connections.get(0).rx.add(earlyBytes);
        }
        for (Connection connection : connections) {
            startThread("tcp-rx", connection::read);
            if (role.sends) {
                connection.writer = startThread("tcp-tx", connection::write);
            }
        }
    }

    /** Nobody looks at it. Slow tests do as before: they copy little. */
    private void discardData() {
        try {
            List<DiscardingSocket> sockets =
                    Batching.discarding(connections.stream().map(c -> c.channel).toList());
            for (int i = 0; i < sockets.size(); i++) {
                connections.get(i).discarding = sockets.get(i);
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
     * Data that comes. Where the peer sends nothing at all, that it takes data: then a buffer that fills is all that is
     * seen. Where it reports, only what no buffer can hold shows that somebody reads.
     */
    @Override
    long signsOfLife() {
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
        Connection control = connections.get(0);
        if (role.sends) {
            statusesToSend.add(status);
            clock().unpark(control.writer);
        } else {
            control.writeFully(ByteBuffer.wrap(status.encode()));
        }
    }

    @Override
    void closeChannels() {
        for (Connection connection : connections) {
            Sockets.closeQuietly(connection.channel);
        }
    }

    /** One TCP connection with its two threads. */
    private final class Connection {
        final int number;
        final SocketChannel channel;
        final Counter rx = new Counter();
        final Counter tx = new Counter();
        volatile Thread writer;
        /** Null where data is copied. */
        private DiscardingSocket discarding;

        Connection(int number, SocketChannel channel) {
            this.number = number;
            this.channel = channel;
        }

        void read() throws IOException, BtestException {
            if (role.readsStatuses() && !role.receives) {
                readStatuses(number, channel, bytes -> {});
                return;
            }
            try {
                readData();
            } finally {
                if (discarding != null) {
                    discarding.close();
                }
            }
        }

        private void readData() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocateDirect(bufferLength());
            StatusScanner scanner =
                    role.readsStatuses() ? new StatusScanner(status -> peerReported(number, status)) : null;
            long readings = 0;
            long n = skipOk(buffer);
            while (n >= 0) {
                letOthersRun(++readings);
                if (role.receives && n > 0) {
                    markFirstPayload();
                    rx.add(n);
                }
                if (scanner != null) {
                    scanner.scan(buffer);
                } else {
                    buffer.clear();
                }
                n = readMore(buffer);
            }
            peerHasClosed();
        }

        private int bufferLength() {
            if (!role.receives) {
                return NO_DATA_BUFFER;
            }
            return discarding != null
                    ? SMALLEST_READ_BUFFER
                    : Math.max(READ_BUFFERS / connections.size(), SMALLEST_READ_BUFFER);
        }

        /** What is there is taken without a copy; for what is not, and for the end, Java waits. */
        private long readMore(ByteBuffer buffer) throws IOException {
            long taken = discarding != null && channel.isOpen() ? discarding.discard() : 0;
            return taken > 0 ? taken : channel.read(buffer);
        }

        /**
         * Some servers answer a connection that joins with an OK, one says it twice after an MD5 login: no data.
         *
         * @return bytes of data in the buffer, or -1 at the end of the stream
         */
        private int skipOk(ByteBuffer buffer) throws IOException {
            if ((number == 0 && !role.mayRepeatOk) || !role.receives || role.side == Side.SERVER) {
                return 0;
            }
            int n = 0;
            while (n >= 0 && buffer.position() < ServerReply.LENGTH) {
                n = channel.read(buffer);
            }
            if (buffer.position() >= ServerReply.LENGTH
                    && buffer.get(0) == 1
                    && buffer.get(ServerReply.LENGTH - 1) == 0) {
                buffer.flip().position(ServerReply.LENGTH);
                buffer.compact();
            }
            return buffer.position();
        }

        void write() throws IOException {
            boolean withStatuses = number == 0 && role.sendsStatuses();
            ByteBuffer data = Payload.of(role.randomData);
            // connections that start at the same place would send the same stream
            int offset = role.randomData ? ThreadLocalRandom.current().nextInt(data.capacity()) : 0;
            long speed = role.txSpeed == 0 ? Pacer.UNLIMITED : Math.max(1, role.txSpeed / connections.size());
            int chunk = chunkSize(speed);
            Pacer pacer = new Pacer(speed, chunk);
            pacer.start(startNanos());
            long writings = 0;
            while (!sendingIsOver()) {
                if (withStatuses) {
                    writePendingStatuses();
                }
                long wait = pacer.nanosUntilDue(clock().nanoTime());
                if (wait > 0) {
                    clock().parkNanos(wait);
                    continue;
                }
                if (offset + chunk > data.capacity()) {
                    offset = 0;
                }
                data.limit(offset + chunk).position(offset);
                writeData(data);
                pacer.sent(chunk);
                offset += chunk;
                letOthersRun(++writings);
            }
        }

        /** As many equal writes as fit a second, so that every second holds the same number of them. */
        private int chunkSize(long speed) {
            if (speed == Pacer.UNLIMITED) {
                return BLOCK_SIZE;
            }
            long bytesPerSecond = Math.max(1, speed / 8);
            long maxWrite = Math.min(Math.max(bytesPerSecond / PACED_WRITES_PER_SECOND, TWO_SEGMENTS), BLOCK_SIZE);
            long writesPerSecond = (bytesPerSecond + maxWrite - 1) / maxWrite;
            return (int) (bytesPerSecond / writesPerSecond);
        }

        private void writeData(ByteBuffer data) throws IOException {
            while (data.hasRemaining()) {
                tx.add(channel.write(data));
                if (!role.receives) {
                    markFirstPayload();
                }
            }
        }

        private void writePendingStatuses() throws IOException {
            Status status;
            while ((status = statusesToSend.poll()) != null) {
                writeFully(ByteBuffer.wrap(status.encode()));
            }
        }

        void writeFully(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
