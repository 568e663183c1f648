package io.github.jmeterbtest.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One of Linux's tables of sockets, such as /proc/net/tcp (see its manual page proc(5)); empty on other systems. However many
 * tests ask, it is read but ten times a second.
 */
final class SocketTable {
    /** TCP connections over IPv4 and IPv6. */
    static final SocketTable TCP = new SocketTable(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    private static final long MAX_AGE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LOCAL_COLUMN = 1;
    private static final int REMOTE_COLUMN = 2;
    private static final int QUEUES_COLUMN = 4;

    private final Path[] files;
    private Map<String, String[]> rows = Map.of();
    private long readAt = System.nanoTime() - MAX_AGE_NANOS;

    SocketTable(Path... files) {
        this.files = files;
    }

    /**
     * @param local  this end of a connection
     * @param remote the other end
     * @return bytes that were written to it and that the other end has not acknowledged; nothing if the system does not tell
     */
    Optional<Long> unacknowledged(InetSocketAddress local, InetSocketAddress remote) {
        return row(local, remote).map(columns -> Long.parseLong(columns[QUEUES_COLUMN].split(":")[0], 16));
    }

    private synchronized Optional<String[]> row(InetSocketAddress local, InetSocketAddress remote) {
        long now = System.nanoTime();
        if (now - readAt >= MAX_AGE_NANOS) {
            rows = read();
            readAt = now;
        }
        String[] row = rows.get(key(hex(local, false), hex(remote, false)));
        return Optional.ofNullable(row != null ? row : rows.get(key(hex(local, true), hex(remote, true))));
    }

    private Map<String, String[]> read() {
        Map<String, String[]> read = new HashMap<>();
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
                lines.readLine(); // the head
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String[] columns = line.trim().split("\\s+");
                    if (columns.length > QUEUES_COLUMN) {
                        read.put(key(columns[LOCAL_COLUMN], columns[REMOTE_COLUMN]), columns);
                    }
                }
            } catch (IOException e) {
                // no such table here: then nothing is known
                continue;
            }
        }
        return read;
    }

    private static String key(String local, String remote) {
        return local + ' ' + remote;
    }

    /** The address as the table has it: words of 32 bits in the machine's order, which is little-endian wherever RouterOS is tested. */
    private static String hex(InetSocketAddress address, boolean mapped) {
        InetAddress host = address.getAddress();
        byte[] bytes = host.getAddress();
        StringBuilder text = new StringBuilder(mapped && bytes.length == 4 ? "0000000000000000FFFF0000" : "");
        for (int word = 0; word < bytes.length; word += 4) {
            for (int i = 3; i >= 0; i--) {
                text.append(String.format("%02X", bytes[word + i]));
            }
        }
        return text.append(String.format(":%04X", address.getPort())).toString();
    }
}
