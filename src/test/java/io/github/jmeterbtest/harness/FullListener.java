package io.github.jmeterbtest.harness;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A listener on 127.0.0.1 that accepts nobody and whose queue is full: Linux drops the first packet of one more
 * connection, as a firewall does. Other systems refuse it.
 */
public final class FullListener implements AutoCloseable {
    /** Java listens on 127.0.0.1 with a socket for IPv6. */
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final int BACKLOG = 1;
    /** Linux takes one more than it is told. */
    private static final int WAITING = BACKLOG + 1;

    private final ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> waiting = new ArrayList<>();

    public FullListener() throws IOException {
        for (int i = 0; i < WAITING; i++) {
            waiting.add(new Socket(listener.getInetAddress(), port()));
        }
        // state A is LISTEN; the second queue is that of the connections
        await(":%04X 0+:0000 0A 00000000:%08X ", port(), WAITING);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Waits until one more connection has sent its first packet. */
    public void awaitPacket() throws IOException {
        // state 2 is SYN_SENT; timer 1 is that of the repetition, which starts once the packet is sent
        await(":%04X 02 \\S+ 01:", port());
    }

    private static void await(String row, Object... values) throws IOException {
        String expected = String.format(Locale.ROOT, row, values);
        Predicate<String> found = Pattern.compile(expected).asPredicate();
        while (!found.test(Files.readString(CONNECTIONS.get(0))) && !found.test(Files.readString(CONNECTIONS.get(1)))) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("waited too long for " + expected);
            }
            Thread.onSpinWait();
        }
    }

    /** Accepts those that wait, so that there is room. */
    public void empty() throws IOException {
        for (int i = 0; i < WAITING; i++) {
            listener.accept().close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : waiting) {
            socket.close();
        }
        listener.close();
    }
}
