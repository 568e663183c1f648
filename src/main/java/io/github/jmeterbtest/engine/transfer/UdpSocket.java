package io.github.jmeterbtest.engine.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One end of one or several streams of datagrams.
 *
 * @param channel bound and blocking; if not connected, datagrams of others than the peer are dropped
 */
public record UdpSocket(DatagramChannel channel, UdpPeer peer) {
    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    /** @param payload bytes of a datagram */
    Stream<UdpStream> streams(int payload) {
        UdpOutlet outlet = new UdpOutlet(channel, payload);
        return IntStream.range(0, peer.streams()).mapToObj(index -> new UdpStream(outlet, peer, index));
    }

    /** Sends an empty datagram, so that those of the peer can come in. */
    void openNat() {
        try {
            channel.send(ByteBuffer.allocate(0), peer.address(0));
        } catch (IOException e) {
            LOG.debug("cannot open a NAT towards {}", peer.address(0), e);
        }
    }
}
