package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The DSCP of what a socket sends: six bits of the IP header by which routers choose a queue (RFC 2474). Over IPv4 they
 * are part of the TOS byte, over IPv6 of the traffic class; the other two bits are the system's, for ECN.
 */
public final class Dscp {
    /** Highest value; the lowest is 0. */
    public static final int MAX = 63;

    private static final int SHIFT = 2;
    /** Older ones mark what goes over IPv6 only, on a socket that is for both. */
    private static final int JAVA_THAT_MARKS_BOTH = 22;

    private static final Logger LOG = LoggerFactory.getLogger(Dscp.class);

    private Dscp() {}

    /**
     * To be called before the socket sends anything.
     *
     * @param channel of UDP, or of TCP but no listener
     * @param dscp 0..{@link #MAX}; 0 leaves what the system has chosen
     */
    public static void mark(NetworkChannel channel, int dscp) throws IOException {
        if (dscp != 0) {
            channel.setOption(StandardSocketOptions.IP_TOS, dscp << SHIFT);
        }
    }

    /** Has one socket mark what it sends as another one does. */
    public static void copy(DatagramChannel from, DatagramChannel to) throws IOException {
        to.setOption(StandardSocketOptions.IP_TOS, from.getOption(StandardSocketOptions.IP_TOS));
    }

    private static boolean isForBoth(ServerSocketChannel listener) throws IOException {
        return listener.getLocalAddress() instanceof InetSocketAddress address
                && address.getAddress() instanceof Inet6Address any
                && any.isAnyLocalAddress();
    }

    /**
     * Has the system's answer to a client's first packet marked, where there are system calls: Java has no such option
     * for a listener. What is accepted still has to be marked by {@link #mark}.
     *
     * @param listener bound
     * @param dscp as for {@link #mark}
     */
    public static void markListener(ServerSocketChannel listener, int dscp) throws IOException {
        if (dscp == 0) {
            return;
        }
        if (isForBoth(listener) && Runtime.version().feature() < JAVA_THAT_MARKS_BOTH) {
            LOG.warn(
                    "Java {} cannot set DSCP {} for IPv4 clients of a server on ::; let it listen on 0.0.0.0 for them",
                    Runtime.version().feature(),
                    dscp);
        }
        SocketDescriptor.of(List.of(listener)).stream().filter(Objects::nonNull).forEach(descriptor -> {
            try (descriptor) {
                boolean ipv4 = descriptor.setOption(SystemCalls.IPPROTO_IP, SystemCalls.IP_TOS, dscp << SHIFT);
                boolean ipv6 = descriptor.setOption(SystemCalls.IPPROTO_IPV6, SystemCalls.IPV6_TCLASS, dscp << SHIFT);
                LOG.debug("listener marked for IPv4: {}, IPv6: {}", ipv4, ipv6);
            }
        });
    }
}
