package io.github.jmeterbtest.engine.transfer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that the streams of one socket go to: those that the protocol prescribes, or if nothing comes from
 * there, as behind a NAT, those that datagrams come from. Thread-safe.
 */
public final class UdpPeer {
    private final InetSocketAddress first;
    private final SocketAddress[] prescribed;
    private volatile SocketAddress[] addresses;
    private boolean prescribedSeen;

    private final List<SocketAddress> others = new ArrayList<>();

    /**
     * @param first where the first stream goes to; each further one goes to the port after that
     * @param streams 1..255
     */
    public UdpPeer(InetSocketAddress first, int streams) {
        this.first = first;
        this.prescribed = new SocketAddress[streams];
        for (int i = 0; i < streams; i++) {
            prescribed[i] = new InetSocketAddress(first.getAddress(), first.getPort() + i);
        }
        this.addresses = prescribed;
    }

    InetAddress host() {
        return first.getAddress();
    }

    /** @return that of the first stream */
    int port() {
        return first.getPort();
    }

    int streams() {
        return prescribed.length;
    }

    /** @param stream from 0 */
    SocketAddress address(int stream) {
        return addresses[stream];
    }

    /** @return whether some streams come from other ports than prescribed, and others have not come yet */
    synchronized boolean awaitsOthers() {
        return !others.isEmpty() && others.size() < streams();
    }

    /**
     * Takes note of a datagram.
     *
     * @return false if it is not from the peer: from another host, or from a port outside this test, so that no other
     *     user of the peer's host can draw a stream to himself
     */
    synchronized boolean acceptsFrom(SocketAddress source) {
        InetSocketAddress from = (InetSocketAddress) source;
        if (!host().equals(from.getAddress())) {
            return false;
        }
        int stream = from.getPort() - first.getPort();
        if (stream < 0 || stream >= streams()) {
            return !prescribedSeen && takeOther(source);
        }
        if (!prescribedSeen) {
            prescribedSeen = true;
            others.clear();
            addresses = prescribed;
        }
        return true;
    }

    /** As many others as there are streams, the first that come. */
    private boolean takeOther(SocketAddress source) {
        if (others.contains(source)) {
            return true;
        }
        if (others.size() == streams()) {
            return false;
        }
        SocketAddress[] changed = addresses.clone();
        changed[others.size()] = source;
        others.add(source);
        addresses = changed;
        return true;
    }
}
