package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DscpTest {
    private static final int EF = 46;
    /** What the system has of it: the two bits to the right are for ECN. */
    private static final int EF_BYTE = 0xB8;

    private static int tos(NetworkChannel channel) throws IOException {
        return channel.getOption(StandardSocketOptions.IP_TOS);
    }

    @ParameterizedTest
    @EnumSource(names = {"INET", "INET6"})
    void aSocketKeepsWhatItIsMarkedWith(StandardProtocolFamily family) throws IOException {
        try (DatagramChannel datagrams = DatagramChannel.open(family);
                SocketChannel connection = SocketChannel.open(family)) {
            Dscp.mark(datagrams, EF);
            Dscp.mark(connection, EF);
            assertThat(tos(datagrams)).isEqualTo(EF_BYTE);
            assertThat(tos(connection)).isEqualTo(EF_BYTE);
        }
    }

    @Test
    void noneLeavesTheSocketAlone() throws IOException {
        try (DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET)) {
            Dscp.mark(datagrams, EF);
            Dscp.mark(datagrams, 0);
            assertThat(tos(datagrams)).isEqualTo(EF_BYTE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"INET", "INET6"})
    void aSecondSocketIsMarkedAsTheFirst(StandardProtocolFamily family) throws IOException {
        try (DatagramChannel first = DatagramChannel.open(family);
                DatagramChannel second = DatagramChannel.open(family)) {
            Dscp.mark(first, EF);
            Dscp.copy(first, second);
            assertThat(tos(second)).isEqualTo(EF_BYTE);
        }
    }

    /** As its answer to the first packet is, which a test cannot see. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "0.0.0.0", "::"})
    @EnabledIf(
            value = "io.github.jmeterbtest.engine.platform.Batching#enabled",
            disabledReason = "system calls need Linux and Java 22")
    void whatAMarkedListenerAcceptsIsMarked(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        try (ServerSocketChannel listener = ServerSocketChannel.open(Sockets.family(address))) {
            listener.bind(new InetSocketAddress(address, 0));
            Dscp.markListener(listener, EF);
            int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
            try (SocketChannel client = SocketChannel.open(new InetSocketAddress(address, port));
                    SocketChannel accepted = listener.accept()) {
                assertThat(tos(accepted)).isEqualTo(EF_BYTE);
                assertThat(tos(client)).isZero();
            }
        }
    }
}
