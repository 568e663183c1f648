package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.function.Supplier;

/**
 * Counts the datagrams that this host dropped at the sockets of one test because nobody read them in time: the link
 * delivered them, so the link did not lose them. Linux reports the number; elsewhere it is unknown. Used by one thread.
 *
 * <p>A socket that is not connected counts what strangers send to it, too.
 */
public final class ReceiveDrops {
    /** Instead of a number where the system does not tell it. */
    public static final int UNKNOWN = -1;

    private static final SharedReading<SocketTable> SYSTEM = new SharedReading<>(SocketTable::udp, NanoClock.SYSTEM);

    private final List<Watched> sockets;
    private final Supplier<SocketTable> tables;
    /** Whether each socket was found; a reading that is shared may be older than a socket. */
    private boolean known;
    /** Drops not yet matched with a loss. While unknown, this goes negative by the losses reported in the meantime. */
    private long unexplained;

    /** @param channels bound, and connected if they will be */
    public ReceiveDrops(List<DatagramChannel> channels) {
        this(channels, SYSTEM::get);
    }

    /**
     * @param channels bound, and connected if they will be
     * @param tables gives the system's table of UDP sockets, as it is now or was a moment ago
     */
    ReceiveDrops(List<DatagramChannel> channels, Supplier<SocketTable> tables) {
        this.sockets = channels.stream().map(Watched::new).toList();
        this.tables = tables;
    }

    /**
     * Tells how many of the newly lost datagrams were dropped here. A drop shows up as a loss only when a later
     * datagram reveals the gap; that of a duplicate never does. Drops not yet matched are carried over to later losses.
     * The result therefore never exceeds {@code newlyLost}.
     *
     * <p>Asks the system only where there is something to explain, or to find out whether the system reports drops at
     * all.
     *
     * @param newlyLost datagrams, at least 0
     * @return 0..newlyLost, or {@link #UNKNOWN}
     */
    public long explain(long newlyLost) {
        if (newlyLost > 0 || !known) {
            look(tables.get());
        }
        if (!known) {
            unexplained -= newlyLost;
            return UNKNOWN;
        }
        long explained = Math.min(unexplained, newlyLost);
        unexplained -= explained;
        return explained;
    }

    private void look(SocketTable table) {
        unexplained +=
                sockets.stream().mapToLong(socket -> socket.newDrops(table)).sum();
        known = sockets.stream().allMatch(Watched::isFound);
        if (known) {
            unexplained = Math.max(0, unexplained);
        }
    }

    /** A socket is found by its two ends once, and is known by its number from then on. */
    private static final class Watched {
        private final DatagramChannel channel;
        private long inode = UNKNOWN;
        private long seen;

        private Watched(DatagramChannel channel) {
            this.channel = channel;
        }

        boolean isFound() {
            return inode != UNKNOWN;
        }

        /** @return what was dropped since the last time, 0 if it is not in the table */
        long newDrops(SocketTable table) {
            SocketTable.Row row = isFound() ? table.byInode(inode) : table.byEnds(ends());
            if (row == null) {
                return 0;
            }
            inode = row.inode();
            long news = (row.drops() - seen) & 0xFFFF_FFFFL; // the system's number wraps
            seen = row.drops();
            return news;
        }

        private String ends() {
            try {
                return SocketTable.ends(channel.getLocalAddress(), channel.getRemoteAddress());
            } catch (IOException e) {
                return ""; // it is closed
            }
        }
    }
}
