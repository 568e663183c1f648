package io.github.jmeterbtest.it;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody used a moment ago. */
final class Ports {
    private Ports() {}

    static int freeTcp() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static int freeUdp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /**
     * {@return a port from which on the protocol's pairs of UDP ports, p and p + 256, are likely free: below the
     * system's own choices}
     */
    static int udpPortsFrom() {
        return 15_000 + (int) (ProcessHandle.current().pid() % 10_000);
    }
}
