package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * What tells a socket from the others of this process.
 *
 * @param type {@link SystemCalls#SOCK_STREAM} or {@link SystemCalls#SOCK_DGRAM}
 * @param local null if it is not bound
 * @param remote null if it is not connected, as a listener
 */
record SocketEnds(int type, SocketAddress local, SocketAddress remote) {
    static SocketEnds of(NetworkChannel channel) throws IOException {
        if (channel instanceof DatagramChannel datagrams) {
            return new SocketEnds(SystemCalls.SOCK_DGRAM, channel.getLocalAddress(), datagrams.getRemoteAddress());
        }
        SocketAddress remote =
                channel instanceof ServerSocketChannel ? null : ((SocketChannel) channel).getRemoteAddress();
        return new SocketEnds(SystemCalls.SOCK_STREAM, channel.getLocalAddress(), remote);
    }

    /** Asks the system about descriptors. Used by one thread. */
    static final class Lookup {
        private static final int LENGTH_AT = SocketAddresses.LENGTH;

        private final NativeMemory answer = NativeMemory.allocate(SocketAddresses.LENGTH + Integer.BYTES);
        private final long lengthAddress = answer.address + LENGTH_AT;

        /** @return null if the descriptor is none of a bound IP socket */
        SocketEnds of(int fd) {
            resetLength();
            if (SystemCalls.getsockopt(fd, SystemCalls.SOL_SOCKET, SystemCalls.SO_TYPE, answer.address, lengthAddress)
                    != 0) {
                return null;
            }
            int type = answer.bytes.getInt(0);
            resetLength();
            InetSocketAddress local = address(SystemCalls.getsockname(fd, answer.address, lengthAddress));
            if (local == null) {
                return null;
            }
            resetLength();
            return new SocketEnds(type, local, address(SystemCalls.getpeername(fd, answer.address, lengthAddress)));
        }

        private InetSocketAddress address(int result) {
            return result == 0 ? SocketAddresses.decode(answer.bytes, 0) : null;
        }

        private void resetLength() {
            answer.bytes.putInt(LENGTH_AT, SocketAddresses.LENGTH);
        }
    }
}
