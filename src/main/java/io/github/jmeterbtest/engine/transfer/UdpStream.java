package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.SegmentedSocket;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of datagrams on its way out, with its own sequence numbers from 0; other streams may share its socket. One
 * thread uses it.
 */
final class UdpStream {
    private static final Logger LOG = LoggerFactory.getLogger(UdpStream.class);

    private final DatagramChannel shared;
    private final UdpPeer peer;
    private final int index;
    private final int payload;
    private DatagramChannel channel;
    private boolean connected;
    /** Null where each datagram is sent by a call of its own. */
    private SegmentedSocket segmented;

    private int sequence;

    /**
     * @param index which of the peer's streams it is, from 0
     * @param payload bytes of a datagram
     */
    UdpStream(DatagramChannel channel, UdpPeer peer, int index, int payload) {
        this.shared = channel;
        this.payload = payload;
        this.channel = channel;
        this.peer = peer;
        this.index = index;
        this.connected = channel.isConnected();
    }

    DatagramChannel channel() {
        return channel;
    }

    boolean isConnected() {
        return connected;
    }

    /** Sends several datagrams in a call from now on, if the system can. */
    void sendInBatches() throws IOException {
        segmented = Batching.segmented(channel, payload);
    }

    /** @return datagrams that can be sent in a call, at least 1 */
    int maxBatch() {
        return segmented == null ? 1 : SegmentedSocket.maxDatagrams(payload);
    }

    /**
     * @param datagrams from the buffer's start on
     * @param count how many
     * @return how many of them the system took, from the first on; of a number that it did not take, nobody knows
     */
    int send(ByteBuffer datagrams, int count) throws IOException {
        datagrams.clear();
        for (int i = 0; i < count; i++) {
            UdpHeader.putSequence(datagrams, i * payload, sequence + i);
        }
        int sent = segmented == null ? write(datagrams, count) : writeBatch(datagrams, count);
        sequence += sent;
        return sent;
    }

    private int write(ByteBuffer datagrams, int count) throws IOException {
        datagrams.clear().limit(count * payload);
        int bytes = connected ? channel.write(datagrams) : channel.send(datagrams, peer.address(index));
        return bytes > 0 ? count : 0;
    }

    /**
     * An error may be about an earlier packet; such a one is told once. It may be about the batch: the way to the peer
     * has become too narrow for the datagrams, or cannot cut them. So the batch is tried again, and then its first
     * datagram alone: if that is what the system takes, so it goes on. Of what fails, the system has taken nothing.
     */
    private int writeBatch(ByteBuffer datagrams, int count) throws IOException {
        try {
            return write(datagrams, count);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            LOG.trace("a batch was not taken", e);
        }
        try {
            return write(datagrams, count);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return writeFirst(datagrams, e);
        }
    }

    private int writeFirst(ByteBuffer datagrams, IOException ofBatch) throws IOException {
        segmented.stop();
        int sent = 0;
        try {
            sent = write(datagrams, 1);
        } finally {
            if (sent == 0) {
                segmented.start();
            }
        }
        if (sent > 0) {
            LOG.debug("datagrams to {} are sent one by one from now on", peer.address(index), ofBatch);
            endBatches();
        }
        return sent;
    }

    private void endBatches() {
        if (segmented != null) {
            segmented.close();
            segmented = null;
        }
    }

    /**
     * Where nobody else receives on the socket: takes note of the address that a datagram comes from.
     *
     * @return whether there was one
     */
    boolean learnPeer(ByteBuffer buffer) throws IOException {
        SocketAddress source = channel.receive(buffer.clear());
        if (source != null) {
            peer.acceptsFrom(source);
        }
        return source != null;
    }

    /** @return whether it may still turn out where a stream of this socket goes to */
    boolean awaitsOthers() {
        return peer.awaitsOthers();
    }

    /** It only spares work: what the system will not connect, sends as before. */
    void connect() {
        try {
            if (peer.streams() > 1) {
                channel = openSibling();
            }
            channel.connect(peer.address(index));
            if (channel != shared && segmented != null) {
                endBatches();
                sendInBatches();
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("cannot connect a UDP socket to {}", peer.address(index), e);
        }
        // what fails may be the emptying of the socket that Java does after it
        connected = channel.isConnected();
    }

    /** @return a socket of the same port, since one that other streams share can be connected to one of them only */
    private DatagramChannel openSibling() throws IOException {
        DatagramChannel sibling = DatagramChannel.open(Sockets.family(peer.host()));
        try {
            // nobody reads from it
            sibling.setOption(StandardSocketOptions.SO_RCVBUF, 1);
            sibling.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            sibling.configureBlocking(false);
            bindToSamePort(sibling);
            return sibling;
        } catch (IOException | UnsupportedOperationException e) {
            Sockets.closeQuietly(sibling);
            throw e;
        }
    }

    /** The port is shared for this moment only, so that nobody else can take it; other streams may do the same. */
    private void bindToSamePort(DatagramChannel sibling) throws IOException {
        synchronized (shared) {
            shared.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                sibling.bind(shared.getLocalAddress());
            } finally {
                shared.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            }
        }
    }

    /** Closes what this has opened; who has opened the first socket closes that. */
    void close() {
        endBatches();
        if (channel != shared) {
            Sockets.closeQuietly(channel);
        }
    }
}
