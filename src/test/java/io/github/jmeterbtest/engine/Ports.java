package io.github.jmeterbtest.engine;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** UDP ports for tests, beneath those that the system hands out by itself. */
public final class Ports {
    /** Where servers of tests begin; with {@link #COUNT} ports no server's port is another one's client's. */
    static final int FROM = 21_001;

    static final int COUNT = 250;

    private static int next = 22_000 + (int) (ProcessHandle.current().pid() % 7000);

    private Ports() {}

    /** {@return the first of {@code count} ports in a row that are free on these addresses, and 256 above them too} */
    public static synchronized int freeUdp(int count, String... addresses) throws IOException {
        while (true) {
            int first = next;
            next += count;
            if (next > 31_000) {
                next = 22_000;
            }
            if (free(first, count, addresses) && free(first + 256, count, addresses)) {
                return first;
            }
        }
    }

    private static boolean free(int first, int count, String... addresses) throws IOException {
        for (String address : addresses) {
            for (int port = first; port < first + count; port++) {
                try {
                    new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), port)).close();
                } catch (java.net.BindException e) {
                    return false;
                }
            }
        }
        return true;
    }
}
