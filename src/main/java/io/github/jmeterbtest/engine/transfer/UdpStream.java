package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
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
    private DatagramChannel channel;
    private boolean connected;
    private int sequence;

    /** @param index which of the peer's streams it is, from 0 */
    UdpStream(DatagramChannel channel, UdpPeer peer, int index) {
        this.shared = channel;
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

    /** @return whether the system took it; of a number that it did not take, nobody knows */
    boolean send(ByteBuffer datagram) throws IOException {
        UdpHeader.putSequence(datagram, sequence);
        datagram.clear();
        int sent = connected ? channel.write(datagram) : channel.send(datagram, peer.address(index));
        if (sent > 0) {
            sequence++;
        }
        return sent > 0;
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

    /** The port is shared for this moment only, so that nobody else can take it. */
    private void bindToSamePort(DatagramChannel sibling) throws IOException {
        shared.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            sibling.bind(shared.getLocalAddress());
        } finally {
            shared.setOption(StandardSocketOptions.SO_REUSEADDR, false);
        }
    }

    /** Closes what this has opened; who has opened the first socket closes that. */
    void close() {
        if (channel != shared) {
            Sockets.closeQuietly(channel);
        }
    }
}
