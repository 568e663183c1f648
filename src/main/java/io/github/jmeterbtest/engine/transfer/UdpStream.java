package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of datagrams on its way out, with its own sequence numbers from 0; other streams may share its socket. One
 * thread uses it.
 */
final class UdpStream {
    private static final Logger LOG = LoggerFactory.getLogger(UdpStream.class);

    private final UdpOutlet shared;
    private final UdpPeer peer;
    private final int index;
    private UdpOutlet outlet;
    private int sequence;

    /**
     * @param outlet what other streams may share
     * @param index which of the peer's streams it is, from 0
     */
    UdpStream(UdpOutlet outlet, UdpPeer peer, int index) {
        this.shared = outlet;
        this.outlet = outlet;
        this.peer = peer;
        this.index = index;
    }

    UdpOutlet outlet() {
        return outlet;
    }

    boolean isConnected() {
        return outlet.isConnected();
    }

    /**
     * @param datagrams from the buffer's start on
     * @param count how many
     * @return how many of them the system took, from the first on; of a number that it did not take, nobody knows
     */
    int send(ByteBuffer datagrams, int count) throws IOException {
        datagrams.clear();
        for (int i = 0; i < count; i++) {
            UdpHeader.putSequence(datagrams, i * outlet.payload(), sequence + i);
        }
        int sent = outlet.send(datagrams, count, peer.address(index));
        sequence += sent;
        return sent;
    }

    /**
     * Where nobody else receives on the socket: takes note of the address that a datagram comes from.
     *
     * @return whether there was one
     */
    boolean learnPeer(ByteBuffer buffer) throws IOException {
        SocketAddress source = outlet.channel().receive(buffer.clear());
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
            if (peer.streams() == 1) {
                outlet.connect(peer.address(index));
            } else {
                useSibling();
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("cannot connect a UDP socket to {}", peer.address(index), e);
        }
    }

    private void useSibling() throws IOException {
        UdpOutlet sibling = new UdpOutlet(openSibling(), shared.payload());
        try {
            sibling.connect(peer.address(index));
            if (shared.maxBatch() > 1) {
                UdpOutlet.sendInBatches(List.of(sibling));
            }
        } finally {
            if (sibling.isConnected()) {
                outlet = sibling;
            } else {
                Sockets.closeQuietly(sibling.channel());
            }
        }
    }

    /** @return a socket of the same port, since one that other streams share can be connected to one of them only */
    private DatagramChannel openSibling() throws IOException {
        DatagramChannel sibling = DatagramChannel.open(Sockets.family(peer.host()));
        try {
            // nobody reads from it
            sibling.setOption(StandardSocketOptions.SO_RCVBUF, 1);
            sibling.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            Dscp.copy(shared.channel(), sibling);
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
            DatagramChannel channel = shared.channel();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            try {
                sibling.bind(channel.getLocalAddress());
            } finally {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, false);
            }
        }
    }

    /** Closes what the first socket needed for batches, once that is closed; any thread. */
    void socketClosed() {
        shared.close();
    }

    /** Closes what this has opened; who has opened the first socket closes that. */
    void close() {
        if (outlet != shared) {
            outlet.close();
            Sockets.closeQuietly(outlet.channel());
        }
    }
}
