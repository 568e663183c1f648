package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Counter;
import io.github.jmeterbtest.engine.platform.DiscardingSocket;
import io.github.jmeterbtest.engine.platform.Pacer;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One connection of a TCP test. Either two threads move its data and wait in the system, one for each direction
 * ({@link #read}, {@link #write}), or a {@link TcpMover} moves it with that of others.
 */
final class TcpConnection {
    /** Of all connections of a test together. */
    private static final int READ_BUFFERS = 256 << 10;

    private static final int SMALLEST_READ_BUFFER = 16 << 10;
    /** Where nothing but the end is expected. */
    private static final int NO_DATA_BUFFER = 1 << 10;
    /** What goes out at once when the rate is held is no more than a millisecond of data or two segments. */
    private static final long PACED_WRITES_PER_SECOND = 1_000;

    private static final int TWO_SEGMENTS = 2 * 1448;
    /** Whatever size the client named: TCP has no packets, and some clients name that of one. */
    private static final int BLOCK_SIZE = Command.TCP_TX_SIZE;

    final int number;
    final SocketChannel channel;
    final Counter rx = new Counter();
    final Counter tx = new Counter();
    volatile Thread writer;

    private final TcpTransfer transfer;
    private final TcpTransfer.Role role;
    /** Null where data is copied. */
    private DiscardingSocket discarding;

    private long readings;
    private long writings;
    private ByteBuffer data;
    private int offset;
    private int chunk;
    private Pacer pacer;

    TcpConnection(TcpTransfer transfer, TcpTransfer.Role role, int number, SocketChannel channel) {
        this.transfer = transfer;
        this.role = role;
        this.number = number;
        this.channel = channel;
    }

    /** @param socket of this connection, to be closed by who reads from it */
    void discardWith(DiscardingSocket socket) {
        discarding = socket;
    }

    /** Leaves the connection to its channel. */
    void endReading() {
        if (discarding != null) {
            discarding.close();
        }
    }

    void read() throws IOException, BtestException {
        if (role.readsStatuses() && !role.receives()) {
            transfer.readStatuses(number, channel, bytes -> {});
            return;
        }
        try {
            readData();
        } finally {
            endReading();
        }
    }

    private void readData() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferLength());
        StatusScanner scanner =
                role.readsStatuses() ? new StatusScanner(status -> transfer.peerReported(number, status)) : null;
        long n = skipOk(buffer);
        while (n >= 0) {
            count(n);
            if (scanner != null) {
                scanner.scan(buffer);
            } else {
                buffer.clear();
            }
            n = readMore(buffer);
        }
        transfer.peerHasClosed();
    }

    private void count(long n) {
        transfer.letOthersRun(++readings);
        if (role.receives() && n > 0) {
            transfer.markFirstPayload();
            rx.add(n);
        }
    }

    private int bufferLength() {
        if (!role.receives()) {
            return NO_DATA_BUFFER;
        }
        return discarding != null
                ? SMALLEST_READ_BUFFER
                : Math.max(READ_BUFFERS / transfer.connections(), SMALLEST_READ_BUFFER);
    }

    /** What is there is taken without a copy; for what is not, and for the end, Java waits. */
    private long readMore(ByteBuffer buffer) throws IOException {
        long taken = discarding != null && channel.isOpen() ? discarding.discard() : 0;
        return taken > 0 ? taken : channel.read(buffer);
    }

    /**
     * Takes what has come on a connection that does not block, and that carries no statuses.
     *
     * @param buffer what it holds does not matter
     * @return false at the end of the stream
     */
    boolean readSome(ByteBuffer buffer) throws IOException {
        long n = readMore(buffer.clear());
        count(n);
        return n >= 0;
    }

    /**
     * Some servers answer a connection that joins with an OK, one says it twice after an MD5 login: no data.
     *
     * @return bytes of data in the buffer, or -1 at the end of the stream
     */
    private int skipOk(ByteBuffer buffer) throws IOException {
        if ((number == 0 && !role.mayRepeatOk()) || !role.receives() || role.side() == Side.SERVER) {
            return 0;
        }
        int n = 0;
        while (n >= 0 && buffer.position() < ServerReply.LENGTH) {
            n = channel.read(buffer);
        }
        if (buffer.position() >= ServerReply.LENGTH && buffer.get(0) == 1 && buffer.get(ServerReply.LENGTH - 1) == 0) {
            buffer.flip().position(ServerReply.LENGTH);
            buffer.compact();
        }
        return buffer.position();
    }

    void write() throws IOException {
        boolean withStatuses = number == 0 && role.sendsStatuses();
        startWriting();
        while (!transfer.sendingIsOver()) {
            if (withStatuses) {
                writePendingStatuses();
            }
            long wait = nanosUntilDue();
            if (wait > 0) {
                transfer.clock().parkNanos(wait);
                continue;
            }
            writeSome();
        }
    }

    /** To be called once, by the thread that writes. */
    void startWriting() {
        data = Payload.of(role.randomData());
        // connections that start at the same place would send the same stream
        offset = role.randomData() ? ThreadLocalRandom.current().nextInt(data.capacity()) : 0;
        long speed = role.txSpeed() == 0 ? Pacer.UNLIMITED : Math.max(1, role.txSpeed() / transfer.connections());
        chunk = chunkSize(speed);
        pacer = new Pacer(speed, chunk);
        pacer.start(transfer.startNanos());
        data.limit(0);
    }

    /** @return ns until something is to be written; 0 or less for now */
    long nanosUntilDue() {
        return data.hasRemaining() ? 0 : pacer.nanosUntilDue(transfer.clock().nanoTime());
    }

    /**
     * Writes what is due; a connection that blocks takes all of it.
     *
     * @return whether all of it was taken
     */
    boolean writeSome() throws IOException {
        if (!data.hasRemaining()) {
            if (offset + chunk > data.capacity()) {
                offset = 0;
            }
            data.limit(offset + chunk).position(offset);
        }
        int n;
        do {
            n = channel.write(data);
            tx.add(n);
            if (n > 0 && !role.receives()) {
                transfer.markFirstPayload();
            }
        } while (data.hasRemaining() && n > 0);
        if (data.hasRemaining()) {
            return false;
        }
        pacer.sent(chunk);
        offset += chunk;
        transfer.letOthersRun(++writings);
        return true;
    }

    /** As many equal writes as fit a second, so that every second holds the same number of them. */
    private static int chunkSize(long speed) {
        if (speed == Pacer.UNLIMITED) {
            return BLOCK_SIZE;
        }
        long bytesPerSecond = Math.max(1, speed / 8);
        long maxWrite = Math.min(Math.max(bytesPerSecond / PACED_WRITES_PER_SECOND, TWO_SEGMENTS), BLOCK_SIZE);
        long writesPerSecond = (bytesPerSecond + maxWrite - 1) / maxWrite;
        return (int) (bytesPerSecond / writesPerSecond);
    }

    private void writePendingStatuses() throws IOException {
        Status status;
        while ((status = transfer.nextStatus()) != null) {
            writeFully(ByteBuffer.wrap(status.encode()));
        }
    }

    void writeFully(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
