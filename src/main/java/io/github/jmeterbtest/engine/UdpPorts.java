package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * Hands out the server's UDP ports, one a session. They go round: a port is not given out again at once, because
 * datagrams of the session before may still be on their way to it. A session of several streams has as many ports on
 * the client, so the next session's port is as far away: the same client may run that one too.
 */
final class UdpPorts {
    private final int from;
    private final int count;
    private final int dscp;
    private int next;

    /** @param dscp of what is sent, 0..63 */
    UdpPorts(int from, int count, int dscp) {
        this.from = from;
        this.count = Math.min(count, maxPorts(1));
        this.dscp = dscp;
    }

    /**
     * @param streams of the session, 1..255
     * @return an unconnected socket on that address and a free port of the range
     */
    DatagramChannel open(InetAddress local, int streams) throws BtestException {
        int usable = Math.min(count, maxPorts(streams));
        DatagramChannel channel = null;
        try {
            channel = Sockets.openDatagrams(local);
            Dscp.mark(channel, dscp);
            for (int tries = 0; tries < usable; tries++) {
                if (bind(channel, new InetSocketAddress(local, nextPort(usable)))) {
                    leaveOut(streams - 1);
                    return channel;
                }
            }
            Sockets.closeQuietly(channel);
        } catch (IOException e) {
            Sockets.closeQuietly(channel);
            throw new BtestException(ErrorKind.IO, "cannot open a UDP socket: " + e.getMessage(), e);
        }
        throw new BtestException(
                ErrorKind.UDP_PORT_TAKEN,
                usable <= 0
                        ? "UDP port " + from + " leaves no room for " + streams
                                + " streams, whose client ports begin " + UdpHeader.CLIENT_PORT_OFFSET
                                + " higher; change allocate-udp-ports-from"
                        : "all UDP ports from " + from + " to " + (from + usable - 1)
                                + " are in use; stop the programs that use them, or change allocate-udp-ports-from");
    }

    /** So that the client's last port exists. */
    private int maxPorts(int streams) {
        return 0xFFFF - (UdpHeader.CLIENT_PORT_OFFSET + streams - 1) - from + 1;
    }

    private static boolean bind(DatagramChannel channel, InetSocketAddress address) throws IOException {
        try {
            channel.bind(address);
            return true;
        } catch (BindException e) {
            return false;
        }
    }

    private synchronized int nextPort(int usable) {
        int offset = next % usable;
        next = (offset + 1) % count;
        return from + offset;
    }

    private synchronized void leaveOut(int ports) {
        next = (next + ports) % count;
    }
}
