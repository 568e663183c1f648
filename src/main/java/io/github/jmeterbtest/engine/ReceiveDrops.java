package io.github.jmeterbtest.engine;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.function.Supplier;

/**
 * Counts the datagrams that this host dropped at the sockets of one test since nobody read them in time: the link has
 * brought them, so they are no loss of the link. Linux tells; elsewhere the number is unknown. Used by one thread.
 *
 * <p>A socket that is not connected counts what strangers send to it, too.
 */
final class ReceiveDrops {
    private static final SharedReading<SocketTable> SYSTEM =
            new SharedReading<>(SocketTable::udp, System::nanoTime);

    private final List<Watched> sockets;
    private final Supplier<SocketTable> tables;
    /** What was dropped and has not been seen as lost yet; {@link IntervalReport#UNKNOWN} if the system does not tell. */
    private long unexplained = IntervalReport.UNKNOWN;

    /** @param channels bound, and connected if they will be */
    ReceiveDrops(List<DatagramChannel> channels) {
        this(channels, SYSTEM::get);
    }

    ReceiveDrops(List<DatagramChannel> channels, Supplier<SocketTable> tables) {
        this.sockets = channels.stream().map(Watched::new).toList();
        this.tables = tables;
    }

    /**
     * Tells how many of the datagrams that are newly known to be lost were dropped here. A datagram that was dropped is
     * lost once a later one shows the gap, which one that waits in the receive buffer does a little later, and a
     * duplicate never: what was dropped before and has explained nothing yet explains the next losses. So no more was
     * dropped than lost.
     *
     * <p>The system is asked only where there is something to explain, or whether it tells at all.
     *
     * @param newlyLost datagrams, at least 0
     * @return 0..newlyLost, or {@link IntervalReport#UNKNOWN}
     */
    long explain(long newlyLost) {
        if (newlyLost > 0 || unexplained == IntervalReport.UNKNOWN) {
            look(tables.get());
        }
        if (unexplained == IntervalReport.UNKNOWN) {
            return IntervalReport.UNKNOWN;
        }
        long explained = Math.min(unexplained, newlyLost);
        unexplained -= explained;
        return explained;
    }

    private void look(SocketTable table) {
        for (Watched socket : sockets) {
            if (socket.look(table)) {
                unexplained = Math.max(0, unexplained) + socket.news;
            }
        }
    }

    /** A socket is found by its two ends once, and is known by its number from then on. */
    private static final class Watched {
        private final DatagramChannel channel;
        private long inode = IntervalReport.UNKNOWN;
        private long seen;
        private long news;

        private Watched(DatagramChannel channel) {
            this.channel = channel;
        }

        /** @return whether it was found; what was dropped since the last time is news then */
        private boolean look(SocketTable table) {
            SocketTable.Row row = inode == IntervalReport.UNKNOWN ? table.byEnds(ends()) : table.byInode(inode);
            if (row == null) {
                return false;
            }
            inode = row.inode();
            news = (row.drops() - seen) & 0xFFFF_FFFFL; // the system's number wraps
            seen = row.drops();
            return true;
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
