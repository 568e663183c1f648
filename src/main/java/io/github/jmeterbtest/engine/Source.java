package io.github.jmeterbtest.engine;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Where clients come from, as far as shares go: an IPv4 address, or an IPv6 network of 64 bits, whose other half a host
 * chooses as it likes.
 *
 * @param network the address; of IPv6, its first 64 bits followed by zeros
 */
record Source(InetAddress network) {
    private static final int NETWORK_BYTES = 8;

    static Source of(InetSocketAddress client) {
        return of(client.getAddress());
    }

    static Source of(InetAddress client) {
        if (!(client instanceof Inet6Address)) {
            return new Source(client);
        }
        byte[] bytes = client.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return new Source(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IPv6 address has 16 bytes", e);
        }
    }

    /** @return {@code 192.0.2.1} or {@code 2001:db8::/64}, with the zeros that Java writes */
    @Override
    public String toString() {
        return network.getHostAddress() + (network instanceof Inet6Address ? "/64" : "");
    }
}
