package io.github.jmeterbtest.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Ports for tests, below those that the system hands out by itself. A client's port is 256 above its server's: so only
 * the lower half of each 512 is given out, and no port is both one test's server's and another one's client's.
 */
public final class Ports {
    /** How many ports a server of {@link #ofServer()} may use. */
    static final int OF_A_SERVER = 4;

    private static final int FIRST = 43 * 512;
    private static final int LAST = 61 * 512;
    private static final int HALF = 256;
    /** A port below those of the server, as a stranger's; its own; and room for a client's 20 streams behind them. */
    private static final int BLOCK = 1 + OF_A_SERVER + 27;

    /** Each process begins elsewhere. */
    private static int next = FIRST + (int) (ProcessHandle.current().pid() % ((LAST - FIRST) / BLOCK)) * BLOCK;

    private Ports() {}

    /** {@return the first of {@code count} ports in a row that are free on these addresses, and 256 above them too} */
    public static synchronized int freeUdp(int count, String... addresses) {
        while (true) {
            int first = next % 512 + count <= HALF ? next : (next / 512 + 1) * 512;
            next = first + count;
            if (next > LAST) {
                next = FIRST;
            } else if (free(first, count, addresses) && free(first + HALF, count, addresses)) {
                return first;
            }
        }
    }

    /** {@return the first of {@link #OF_A_SERVER} ports around which nothing else is} */
    static int ofServer() {
        return freeUdp(BLOCK, "127.0.0.1") + 1;
    }

    private static boolean free(int first, int count, String... addresses) {
        for (String address : addresses) {
            for (int port = first; port < first + count; port++) {
                try {
                    new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), port)).close();
                } catch (java.net.BindException e) {
                    return false;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return true;
    }
}
