package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.function.Predicate;

/**
 * The sockets of this host. Linux lists them in {@code /proc/net/udp}, {@code tcp} and so on (manual page proc(5)); on
 * other systems the table is empty.
 */
public final class SocketTable {
    private static final int COLUMNS = 13;
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int QUEUES = 4;
    private static final int INODE = 9;
    private static final int DROPS = 12;
    private static final int IPV6_DIGITS = 32;
    /** What stands before an IPv4 address in a socket for IPv6. */
    private static final String MAPPED = hex(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFF, (byte) 0xFF});

    /**
     * One socket.
     *
     * @param ends its two ends, as {@link #ends} writes them
     * @param inode its number, which no other socket has as long as it is open
     * @param unacknowledged bytes that were written to it and that the other end has not acknowledged (TCP)
     * @param drops datagrams dropped, mostly since the receive buffer was full; 32 bits that wrap (UDP)
     */
    public record Row(String ends, long inode, long unacknowledged, long drops) {}

    private final List<Row> rows = new ArrayList<>();

    /** @param text of the system's files; a line that is no row is passed over */
    SocketTable(String text) {
        text.lines().forEach(this::add);
    }

    private void add(String line) {
        StringTokenizer words = new StringTokenizer(line);
        String[] columns = new String[COLUMNS];
        for (int i = 0; i < COLUMNS && words.hasMoreTokens(); i++) {
            columns[i] = words.nextToken();
        }
        if (columns[DROPS] != null && columns[LOCAL].indexOf(':') > 0 && columns[REMOTE].indexOf(':') > 0) {
            try {
                rows.add(new Row(
                        end(columns[LOCAL]) + ' ' + end(columns[REMOTE]),
                        Long.parseLong(columns[INODE]),
                        Long.parseLong(columns[QUEUES].split(":", 2)[0], 16),
                        Long.parseLong(columns[DROPS])));
            } catch (NumberFormatException e) {
                // a system that writes something else there does not tell
            }
        }
    }

    /** @return the sockets of UDP over IPv4 and IPv6 */
    static SocketTable udp() {
        return read("/proc/net/udp", "/proc/net/udp6");
    }

    /** @return those of TCP */
    public static SocketTable tcp() {
        return read("/proc/net/tcp", "/proc/net/tcp6");
    }

    private static SocketTable read(String... files) {
        StringBuilder text = new StringBuilder();
        for (String file : files) {
            try {
                text.append(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // no Linux, or no IPv6: the number is unknown then
            }
        }
        return new SocketTable(text.toString());
    }

    /** @return the socket, or null if it is no longer open */
    Row byInode(long inode) {
        return only(row -> row.inode() == inode);
    }

    /** @return the socket with these ends; null if there is none, or several that cannot be told apart */
    public Row byEnds(String ends) {
        return only(row -> row.ends().equals(ends));
    }

    private Row only(Predicate<Row> wanted) {
        Row found = null;
        for (Row row : rows) {
            if (wanted.test(row)) {
                if (found != null) {
                    return null;
                }
                found = row;
            }
        }
        return found;
    }

    /**
     * @param remote null if the socket is not connected
     * @return what tells the socket from others; the same for an IPv4 address in a socket for IPv6
     */
    public static String ends(SocketAddress local, SocketAddress remote) {
        return end(local) + ' ' + end(remote);
    }

    private static String end(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet)) {
            return end("0:0000");
        }
        return end(hex(internet.getAddress().getAddress()) + ':' + padded(internet.getPort(), 4));
    }

    /** An address that is any stands for one of either family, and a mapped one for what it is. */
    private static String end(String column) {
        int colon = column.indexOf(':');
        int from = 0;
        if (colon == IPV6_DIGITS && column.startsWith(MAPPED)) {
            from = MAPPED.length();
        }
        while (from < colon - 1 && column.charAt(from) == '0') {
            from++;
        }
        return column.substring(from);
    }

    /** The system writes an address as numbers of four bytes in its own order. */
    private static String hex(byte[] address) {
        ByteBuffer words = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder());
        StringBuilder hex = new StringBuilder();
        while (words.hasRemaining()) {
            hex.append(padded(words.getInt(), 8));
        }
        return hex.toString();
    }

    private static String padded(int number, int digits) {
        String hex = Integer.toHexString(number).toUpperCase(Locale.ROOT);
        return "0".repeat(digits - hex.length()) + hex;
    }
}
