package io.github.jmeterbtest.engine.transfer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that the streams of one socket go to: those that the protocol prescribes, or behind a NAT, those that
 * datagrams come from. Thread-safe.
 *
 * <p>A server cannot see whether there is a NAT or another user of the client's host who would like to have the stream.
 * So it sends to the prescribed ports until the client, whose word comes over the control connection, says that nothing
 * arrives there.
 */
public final class UdpPeer {
    private final InetSocketAddress first;
    private final SocketAddress[] prescribed;
    private volatile SocketAddress[] addresses;
    private boolean prescribedSeen;
    private boolean toOthers;
    private boolean settled;

    private final List<SocketAddress> others = new ArrayList<>();

    /**
     * A peer whose datagrams are trusted to show where it is.
     *
     * @param first where the first stream goes to; each further one goes to the port after that
     * @param streams 1..255
     */
    public UdpPeer(InetSocketAddress first, int streams) {
        this(first, streams, true);
    }

    private UdpPeer(InetSocketAddress first, int streams, boolean toOthers) {
        this.first = first;
        this.toOthers = toOthers;
        this.prescribed = new SocketAddress[streams];
        for (int i = 0; i < streams; i++) {
            prescribed[i] = new InetSocketAddress(first.getAddress(), first.getPort() + i);
        }
        this.addresses = prescribed;
    }

    /** @return a server's client, as the constructor's, but not trusted */
    public static UdpPeer client(InetSocketAddress first, int streams) {
        return new UdpPeer(first, streams, false);
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

    /** @return whether some streams go to other ports than prescribed, and others have not come yet */
    synchronized boolean awaitsOthers() {
        return toOthers && !others.isEmpty() && others.size() < streams();
    }

    /**
     * Takes note of a datagram.
     *
     * @return false if it is not from the peer: from another host, or from a port outside this test, so that no other
     *     user of the peer's host can draw a stream to himself
     */
    synchronized boolean acceptsFrom(SocketAddress source) {
        if (!host().equals(((InetSocketAddress) source).getAddress())) {
            return false;
        }
        if (!isPrescribed(source)) {
            return !prescribedSeen && takeOther(source);
        }
        if (!prescribedSeen) {
            prescribedSeen = true;
            others.clear();
            choose();
        }
        return true;
    }

    /** @return whether it is a port that the protocol prescribes for this test; the host is not looked at */
    boolean isPrescribed(SocketAddress source) {
        int stream = ((InetSocketAddress) source).getPort() - first.getPort();
        return stream >= 0 && stream < streams();
    }

    /** As many others as there are streams, the first that come. */
    private boolean takeOther(SocketAddress source) {
        if (others.contains(source)) {
            return true;
        }
        if (others.size() == streams()) {
            return false;
        }
        others.add(source);
        choose();
        return true;
    }

    private void choose() {
        SocketAddress[] changed = prescribed.clone();
        for (int i = 0; toOthers && i < others.size(); i++) {
            changed[i] = others.get(i);
        }
        addresses = changed;
    }

    /** The peer says that something arrives: so the addresses are right. */
    synchronized void arrives() {
        settled = true;
    }

    /**
     * The peer says that nothing of a second arrived. If nothing ever did, the streams go to the ports that were heard,
     * or if they do already, back to those prescribed.
     */
    synchronized void nothingArrives() {
        if (!settled) {
            toOthers = !toOthers || others.isEmpty();
            choose();
        }
    }

    /** The peer says nothing at all, so only its datagrams can show where it is. */
    synchronized void saysNothing() {
        if (!settled) {
            toOthers = true;
            choose();
        }
    }
}
