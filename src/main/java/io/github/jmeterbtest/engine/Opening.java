package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.MalformedMessageException;
import io.github.jmeterbtest.protocol.OpeningMessage;
import io.github.jmeterbtest.protocol.ServerReply;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that was accepted and whose opening message has not come yet. Used by one thread. */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    private final SocketChannel channel;
    private final InetSocketAddress client;
    private final Source source;
    private final long acceptedAt;
    private final ByteBuffer received = ByteBuffer.allocate(OpeningMessage.LENGTH);

    /**
     * @param channel non-blocking
     * @param acceptedAt {@link io.github.jmeterbtest.engine.platform.NanoClock#nanoTime()}
     */
    Opening(SocketChannel channel, InetSocketAddress client, long acceptedAt) {
        this.channel = channel;
        this.client = client;
        this.source = Source.of(client);
        this.acceptedAt = acceptedAt;
    }

    SocketChannel channel() {
        return channel;
    }

    InetSocketAddress client() {
        return client;
    }

    Source source() {
        return source;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    /** Sends a message; the buffer of a new connection has room for it. */
    void send(ServerReply message) throws IOException {
        channel.write(ByteBuffer.wrap(message.encode()));
    }

    /** Tells the client, if it still is there, that it gets no test; the caller closes the connection. */
    void refuse() {
        try {
            send(new ServerReply.Refused());
        } catch (IOException e) {
            LOG.debug("client gone before it could be refused", e);
        }
    }

    /**
     * Takes what has come.
     *
     * @return whether the message is complete
     * @throws EOFException if the connection ends first
     */
    boolean read() throws IOException {
        if (channel.read(received) < 0) {
            throw new EOFException("only " + received.position() + " of " + OpeningMessage.LENGTH
                    + " bytes arrived before the connection was closed");
        }
        return !received.hasRemaining();
    }

    /** @return whether the client has sent anything */
    boolean hasBegun() {
        return received.position() > 0;
    }

    /** @return the message, once it is complete */
    OpeningMessage message() throws MalformedMessageException {
        return OpeningMessage.decode(received.array());
    }
}
