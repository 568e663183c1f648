package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.ServerReply;
import io.github.jmeterbtest.protocol.Status;
import io.github.jmeterbtest.protocol.StatusDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the peer's statuses from a connection that carries nothing else. */
final class StatusReader {
    private final ReadableByteChannel connection;
    private final StatusDecoder decoder = new StatusDecoder();
    private final ByteBuffer buffer = ByteBuffer.allocate(Status.LENGTH);
    private boolean first = true;

    /** @param connection blocking */
    StatusReader(ReadableByteChannel connection) {
        this.connection = connection;
    }

    /**
     * Reads to the end of the stream.
     *
     * @throws BtestException of kind {@link ErrorKind#PROTOCOL} if something else than a status comes
     */
    void readAll(Consumer<Status> each) throws IOException, BtestException {
        for (Optional<Status> status = next(); status.isPresent(); status = next()) {
            each.accept(status.get());
        }
    }

    /**
     * @return the next status; nothing at the end of the stream
     * @throws BtestException of kind {@link ErrorKind#PROTOCOL} if something else comes
     */
    private Optional<Status> next() throws IOException, BtestException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (connection.read(buffer) < 0) {
                return Optional.empty();
            }
            skipOk();
        }
        return Optional.of(decode());
    }

    /** One server says its OK twice after an MD5 login, one answers a connection that joins with it. */
    private void skipOk() {
        if (first && buffer.position() >= ServerReply.LENGTH) {
            first = false;
            if (buffer.get(0) == 1) {
                buffer.flip().position(ServerReply.LENGTH);
                buffer.compact();
            }
        }
    }

    private Status decode() throws BtestException {
        try {
            return decoder.decode(buffer.array());
        } catch (MalformedMessageException e) {
            throw new BtestException(
                    ErrorKind.PROTOCOL, "the peer sent an invalid status during the test: " + e.getMessage(), e);
        }
    }
}
