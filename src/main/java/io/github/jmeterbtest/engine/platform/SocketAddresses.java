package io.github.jmeterbtest.engine.platform;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** C's {@code sockaddr_in} and {@code sockaddr_in6} (ip(7), ipv6(7)). */
final class SocketAddresses {
    /** Bytes that have room for either. */
    static final int LENGTH = 32;

    private static final int PORT = 2;
    private static final int IPV4_HOST = 4;
    private static final int IPV6_HOST = 8;
    private static final int IPV6_SCOPE = 24;

    private SocketAddresses() {}

    /**
     * @param name in the byte order of the machine
     * @param at where the {@code sockaddr} begins
     * @return an address, or null if it is none of IPv4 or IPv6
     */
    static InetSocketAddress decode(ByteBuffer name, int at) {
        int family = name.getShort(at);
        if (family != SystemCalls.AF_INET && family != SystemCalls.AF_INET6) {
            return null;
        }
        boolean ipv6 = family == SystemCalls.AF_INET6;
        byte[] host = new byte[ipv6 ? 16 : 4];
        name.get(at + (ipv6 ? IPV6_HOST : IPV4_HOST), host);
        // a port is big-endian in either
        int port = (name.get(at + PORT) & 0xFF) << 8 | (name.get(at + PORT + 1) & 0xFF);
        int scope = ipv6 ? name.getInt(at + IPV6_SCOPE) : 0;
        try {
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(host) : Inet6Address.getByAddress(null, host, scope);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("not the length of an IP address: " + host.length, e);
        }
    }
}
