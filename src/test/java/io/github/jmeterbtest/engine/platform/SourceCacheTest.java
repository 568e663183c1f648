package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The {@code sockaddr} of a datagram's source, and that it is made an object of only once. */
class SourceCacheTest {
    private static final int AT = 8;

    private final SourceCache cache = new SourceCache(4);

    private static ByteBuffer name(String host, int port, int scope) throws UnknownHostException {
        byte[] address = InetAddress.getByName(host).getAddress();
        ByteBuffer name = ByteBuffer.allocate(AT + SocketAddresses.LENGTH).order(ByteOrder.nativeOrder());
        boolean ipv6 = address.length == 16;
        name.putShort(AT, (short) (ipv6 ? 10 : 2));
        name.put(AT + 2, (byte) (port >>> 8)).put(AT + 3, (byte) port);
        name.put(AT + (ipv6 ? 8 : 4), address);
        if (ipv6) {
            name.putInt(AT + 24, scope);
        } else {
            // what a longer name left behind it
            name.putLong(AT + 8, System.nanoTime()).putLong(AT + 16, System.nanoTime());
        }
        return name;
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 2001", "10.255.0.3, 65535", "2001:db8::1, 2257", "fe80::1, 40000"})
    void readsTheAddress(String host, int port) throws UnknownHostException {
        assertThat(cache.get(name(host, port, 0), AT)).isEqualTo(new InetSocketAddress(host, port));
    }

    @Test
    void anIpv4AddressInAnIpv6NameIsOne() throws UnknownHostException {
        ByteBuffer name = name("2001:db8::1", 2000, 0);
        name.put(AT + 8, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, 0, 2, 7});
        assertThat(cache.get(name, AT)).isEqualTo(new InetSocketAddress("192.0.2.7", 2000));
    }

    @Test
    void aNameOfAnotherFamilyIsNoAddress() throws UnknownHostException {
        ByteBuffer name = name("192.0.2.1", 1, 0);
        name.putShort(AT, (short) 1);
        assertThat(cache.get(name, AT)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"4", "6"})
    void sourcesThatTakeTurnsAreToldApart(int sources) throws UnknownHostException {
        List<SocketAddress> first = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < sources; i++) {
                SocketAddress address = cache.get(name("192.0.2.1", 2257 + i, 0), AT);
                assertThat(address).isEqualTo(new InetSocketAddress("192.0.2.1", 2257 + i));
                if (round == 0) {
                    first.add(address);
                } else if (sources <= 4) {
                    assertThat(address).isSameAs(first.get(i));
                }
            }
        }
    }

    @Test
    void scopesAreToldApart() throws UnknownHostException {
        SocketAddress one = cache.get(name("fe80::1", 2000, 1), AT);
        assertThat(cache.get(name("fe80::1", 2000, 2), AT)).isNotSameAs(one);
        assertThat(cache.get(name("fe80::1", 2000, 1), AT)).isSameAs(one);
    }
}
