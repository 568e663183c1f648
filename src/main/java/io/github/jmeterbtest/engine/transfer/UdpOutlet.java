package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.SegmentedSocket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that one or several streams send on, in batches where the system can. How it cuts what is written is the
 * state of the socket, so streams that share one share this. Thread-safe.
 */
final class UdpOutlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpOutlet.class);
    /** A firewall may refuse now and then, a route that is too narrow always does. */
    private static final int MAX_REFUSALS = 3;

    private final DatagramChannel channel;
    private final int payload;
    private volatile boolean connected;
    private volatile int maxBatch = 1;
    private SegmentedSocket segmented;
    private int refusals;
    private boolean closed;

    /** @param payload bytes of each datagram */
    UdpOutlet(DatagramChannel channel, int payload) {
        this.channel = channel;
        this.payload = payload;
        this.connected = channel.isConnected();
    }

    DatagramChannel channel() {
        return channel;
    }

    int payload() {
        return payload;
    }

    boolean isConnected() {
        return connected;
    }

    /** @throws IOException if the system does not connect it; datagrams can be sent as before */
    void connect(SocketAddress target) throws IOException {
        try {
            channel.connect(target);
        } finally {
            // what fails may be the emptying of the socket that Java does after it
            connected = channel.isConnected();
        }
    }

    /** @return datagrams that can be sent in a call, at least 1 */
    int maxBatch() {
        return maxBatch;
    }

    /** Has them send several datagrams in a call from now on, where the system can. */
    static void sendInBatches(Collection<UdpOutlet> outlets) throws IOException {
        List<UdpOutlet> single = outlets.stream()
                .distinct()
                .filter(outlet -> outlet.maxBatch == 1)
                .toList();
        if (single.isEmpty()) {
            return;
        }
        List<SegmentedSocket> sockets =
                Batching.segmented(single.stream().map(UdpOutlet::channel).toList(), single.get(0).payload);
        for (int i = 0; i < sockets.size(); i++) {
            single.get(i).sendBy(sockets.get(i));
        }
    }

    private synchronized void sendBy(SegmentedSocket socket) {
        if (closed || segmented != null) {
            if (maxBatch == 1) {
                socket.stop(); // another stream has found that the system takes none
            }
            socket.close();
            return;
        }
        segmented = socket;
        maxBatch = SegmentedSocket.maxDatagrams(payload);
    }

    /**
     * @param datagrams from the buffer's start on
     * @param count how many
     * @param target where to; not used if the socket is connected
     * @return how many of them the system took, from the first on
     */
    int send(ByteBuffer datagrams, int count, SocketAddress target) throws IOException {
        return maxBatch == 1 ? write(datagrams, 1, target) : sendBatch(datagrams, count, target);
    }

    private int write(ByteBuffer datagrams, int count, SocketAddress target) throws IOException {
        datagrams.clear().limit(count * payload);
        int bytes = connected ? channel.write(datagrams) : channel.send(datagrams, target);
        return bytes > 0 ? count : 0;
    }

    /**
     * An error may be about an earlier packet; such a one is told once. It may be about the batch: the way to the peer
     * has become too narrow for the datagrams, or cannot cut them. So the batch is tried again, and then its first
     * datagram alone. Of what fails, the system has taken nothing.
     */
    private synchronized int sendBatch(ByteBuffer datagrams, int count, SocketAddress target) throws IOException {
        if (maxBatch == 1) {
            return write(datagrams, 1, target); // another stream has just found out
        }
        try {
            return writeBatch(datagrams, count, target);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.trace("a batch was not taken", e);
        }
        try {
            return writeBatch(datagrams, count, target);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return writeFirst(datagrams, target, e);
        }
    }

    private int writeBatch(ByteBuffer datagrams, int count, SocketAddress target) throws IOException {
        int sent = write(datagrams, count, target);
        refusals = sent > 0 ? 0 : refusals;
        return sent;
    }

    private int writeFirst(ByteBuffer datagrams, SocketAddress target, IOException ofBatch) throws IOException {
        segmented.stop();
        int sent = 0;
        try {
            sent = write(datagrams, 1, target);
            refusals += sent;
        } finally {
            if (refusals >= MAX_REFUSALS || !segmented.start()) {
                LOG.debug("datagrams to {} are sent one by one from now on", target, ofBatch);
                maxBatch = 1;
            }
        }
        return sent;
    }

    /** Leaves the socket to its channel. */
    @Override
    public synchronized void close() {
        closed = true;
        if (segmented != null) {
            segmented.close();
        }
    }
}
