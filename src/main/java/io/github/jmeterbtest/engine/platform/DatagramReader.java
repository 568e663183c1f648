package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Receives datagrams from a socket, one or several in each call. Used by one thread, except {@link #wake()}. */
public interface DatagramReader extends AutoCloseable {
    /** Bytes that a buffer needs: the longest datagram, or what the system puts together at most. */
    int BUFFER_LENGTH = 64 << 10;

    /** @return the buffer that gets the datagrams; one may serve several readers of a thread */
    ByteBuffer buffer();

    /**
     * Waits for datagrams if the socket is blocking. They lie one after the other from the buffer's start on.
     *
     * @return false if nothing came
     * @throws IOException of a packet that this end has sent, or since the socket is closed
     */
    boolean receive() throws IOException;

    /** @return bytes of all datagrams that came in the last call, more than 0 */
    int length();

    /** @return bytes of each of them, more than 0; the last one may be shorter */
    int datagramLength();

    /** @return where they come from; null if the socket is connected and the system does not tell */
    SocketAddress source();

    /**
     * @return how many times this host had dropped something at the socket when the last datagrams came, less what was
     *     taken before, because its receive buffer was full: with batches, each time one of up to 64 datagrams; 0 where
     *     the system does not tell
     */
    long takeDrops();

    /** Ends a {@link #receive()} that waits; to be called by any thread after the channel is closed. */
    void wake();

    @Override
    void close();

    /** @return whether it takes several datagrams in a call */
    boolean inBatches();
}
