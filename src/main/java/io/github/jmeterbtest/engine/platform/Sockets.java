package io.github.jmeterbtest.engine.platform;

import java.io.Closeable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Helpers for sockets. */
public final class Sockets {
    /** Some milliseconds of 40 Gbit/s; the system grants less (Linux: net.core.rmem_max). */
    private static final int RECEIVE_BUFFER = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    private static final int UNKNOWN = -1;

    private Sockets() {}

    /** @param socket or a selector of sockets; may be null */
    public static void closeQuietly(Closeable socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // nothing can be done about it, and nothing depends on it
            LOG.debug("closing a socket failed", e);
        }
    }

    /** @return an unbound socket with as much room for a burst as the system grants */
    public static DatagramChannel openDatagrams(InetAddress local) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family(local));
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        return channel;
    }

    /** @return bytes that the system grants for what has come and has not been read; -1 if it does not tell */
    public static int receiveBuffer(DatagramChannel channel) {
        try {
            return channel.getOption(StandardSocketOptions.SO_RCVBUF);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    /** Small messages, and paced data, must not wait for the acknowledgement of the ones before. */
    public static void disableNagle(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** @return {@code 192.0.2.1:2000} or {@code [2001:db8::1]:2000} */
    public static String show(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** @return IPv4 or IPv6 */
    public static ProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }
}
