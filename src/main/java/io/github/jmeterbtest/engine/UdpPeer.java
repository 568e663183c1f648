package io.github.jmeterbtest.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Where to send datagrams: where the protocol says, or if nothing comes from there, where it does. */
final class UdpPeer {
    private final InetSocketAddress prescribed;
    private volatile SocketAddress address;
    /** Of the thread that hears. */
    private boolean heard;

    UdpPeer(InetSocketAddress prescribed) {
        this.prescribed = prescribed;
        this.address = prescribed;
    }

    SocketAddress address() {
        return address;
    }

    InetAddress host() {
        return prescribed.getAddress();
    }

    /**
     * Takes note of a datagram; one thread only.
     *
     * @return false if it is a stranger's
     */
    boolean heardFrom(SocketAddress source) {
        if (!host().equals(((InetSocketAddress) source).getAddress())) {
            return false;
        }
        if (!heard || source.equals(prescribed)) {
            address = source;
        }
        heard = true;
        return true;
    }
}
