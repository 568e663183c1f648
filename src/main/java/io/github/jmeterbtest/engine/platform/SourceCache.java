package io.github.jmeterbtest.engine.platform;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Gives the same object for the same {@code sockaddr}, so that nothing is allocated while a few sources take turns. */
final class SourceCache {
    /** Bytes of a {@code sockaddr_in} before its padding, and of a {@code sockaddr_in6}. */
    private static final int IPV4_LENGTH = 8;

    private static final int IPV6_LENGTH = 28;

    private final Source[] sources;
    private int count;
    private int last;

    /** Compared as numbers: this is done for each batch. */
    private record Source(long start, long middle, long end, int scope, SocketAddress address) {
        boolean is(long otherStart, long otherMiddle, long otherEnd, int otherScope) {
            return start == otherStart && middle == otherMiddle && end == otherEnd && scope == otherScope;
        }
    }

    /** @param size how many sources it remembers */
    SourceCache(int size) {
        this.sources = new Source[size];
    }

    /**
     * @param at where the {@code sockaddr} begins, with room for {@link SocketAddresses#LENGTH}
     * @return the address, or null if it is none of IPv4 or IPv6
     */
    SocketAddress get(ByteBuffer memory, int at) {
        boolean ipv6 = memory.getShort(at) == SystemCalls.AF_INET6;
        long start = memory.getLong(at);
        long middle = ipv6 ? memory.getLong(at + IPV4_LENGTH) : 0;
        long end = ipv6 ? memory.getLong(at + IPV4_LENGTH + Long.BYTES) : 0;
        int scope = ipv6 ? memory.getInt(at + IPV6_LENGTH - Integer.BYTES) : 0;
        // sources that take turns mostly do so in the same order
        for (int i = 0; i < count; i++) {
            int index = last + i < count ? last + i : last + i - count;
            if (sources[index].is(start, middle, end, scope)) {
                last = index;
                return sources[index].address;
            }
        }
        last = count < sources.length ? count++ : (last + 1) % sources.length;
        sources[last] = new Source(start, middle, end, scope, SocketAddresses.decode(memory, at));
        return sources[last].address;
    }
}
