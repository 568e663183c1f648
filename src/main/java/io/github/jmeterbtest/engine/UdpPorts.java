package io.github.jmeterbtest.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;

/**
 * Hands out the server's UDP ports, one a session. They go round: a port is not given out again at once, because datagrams of
 * the session before may still be on their way to it.
 */
final class UdpPorts {
    private final int from;
    private final int count;
    private int next;

    UdpPorts(int from, int count) {
        this.from = from;
        this.count = Math.min(count, 0xFFFF - 256 - from + 1);
    }

    /** @return an unconnected socket on that address and a free port of the range */
    DatagramChannel open(InetAddress local) throws BtestException {
        try {
            DatagramChannel channel = Sockets.openDatagrams(local);
            for (int tries = 0; tries < count; tries++) {
                if (bind(channel, new InetSocketAddress(local, nextPort()))) {
                    return channel;
                }
            }
            Sockets.closeQuietly(channel);
        } catch (IOException e) {
            throw new BtestException(ErrorKind.IO, "no UDP socket can be opened: " + e.getMessage(), e);
        }
        throw new BtestException(ErrorKind.UDP_PORT_TAKEN, "all UDP ports from " + from + " to " + (from + count - 1)
                + " are taken; end what uses them or change allocate-udp-ports-from");
    }

    private static boolean bind(DatagramChannel channel, InetSocketAddress address) {
        try {
            channel.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized int nextPort() {
        int port = from + next;
        next = (next + 1) % count;
        return port;
    }
}
