package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.DatagramReader;
import io.github.jmeterbtest.engine.platform.NanoClock;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Receives from one socket, and has a tracker for the sequence numbers of each of its sources. One thread receives. */
final class UdpSocketReader {
    private static final long ERROR_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Each has numbers of its own. */
    private record Source(SequenceTracker tracker, BatchDrops.Source drops, Jitter jitter) {}

    private final NanoClock clock;
    private final DatagramChannel channel;
    private final boolean connected;
    private final UdpPeer peer;
    private final Supplier<SequenceTracker> newTracker;
    private final Supplier<Jitter> newJitter;
    /** The peer lets through no more sources than it has streams, or twice as many. */
    private final Map<SocketAddress, Source> known = new HashMap<>();

    private final BatchDrops drops = new BatchDrops();
    private volatile DatagramReader datagrams;
    private Source source;
    private SocketAddress lastAddress;
    private volatile int sources;
    private boolean onlyOthers;
    private boolean foundPrescribed;

    /**
     * @param newTracker makes a tracker for one more source
     * @param newJitter likewise
     */
    UdpSocketReader(
            NanoClock clock, UdpSocket socket, Supplier<SequenceTracker> newTracker, Supplier<Jitter> newJitter) {
        this.clock = clock;
        this.channel = socket.channel();
        this.connected = channel.isConnected();
        this.peer = socket.peer();
        this.newTracker = newTracker;
        this.newJitter = newJitter;
    }

    DatagramChannel channel() {
        return channel;
    }

    /** @param reader of this socket */
    void readFrom(DatagramReader reader) {
        datagrams = reader;
    }

    /** @return how many sources have sent something so far; any thread */
    int sources() {
        return sources;
    }

    /** @return of the source of the datagrams that were received last */
    SequenceTracker tracker() {
        return source.tracker;
    }

    /** @return likewise */
    Jitter jitter() {
        return source.jitter;
    }

    /** {@return whether what was counted so far is of strangers, as the last call shows; true once} */
    boolean takeFoundPrescribed() {
        boolean found = foundPrescribed;
        foundPrescribed = false;
        return found;
    }

    /** @return the datagrams that were received last */
    DatagramReader datagrams() {
        return datagrams;
    }

    /**
     * Takes note of the last call.
     *
     * @param count datagrams that came
     * @param newlyLost datagrams that are missing before the first of them, according to its number
     * @param now {@link NanoClock#nanoTime()}
     */
    void explain(int count, long newlyLost, long now) {
        drops.received(source.drops, count, datagrams.takeDrops(), newlyLost, sources, now);
    }

    /** @return of those lost, what this host dropped; only known where it receives in batches; any thread */
    long hostDropped() {
        return drops.explained();
    }

    /** @return whether datagrams of this test have come; an empty one is none */
    boolean receive() throws IOException {
        try {
            return datagrams.receive() && (connected ? isFirstOrFurther() : isFromPeer(datagrams.source()));
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            if (!connected) {
                throw e;
            }
            // an error about a packet that this end has sent: the control connection will show what it means
            clock.parkNanos(ERROR_PAUSE_NANOS);
            return false;
        }
    }

    private boolean isFirstOrFurther() {
        if (sources == 0) {
            source = newSource();
            sources = 1;
        }
        return true;
    }

    private boolean isFromPeer(SocketAddress address) {
        if (address != lastAddress && !address.equals(lastAddress)) {
            if (!peer.acceptsFrom(address)) {
                return false;
            }
            lastAddress = address;
            source = known.get(address);
            if (source == null) {
                boolean prescribed = peer.isPrescribed(address);
                if (prescribed && onlyOthers) {
                    known.clear();
                    foundPrescribed = true;
                }
                onlyOthers = !prescribed;
                source = newSource();
                known.put(address, source);
                sources = known.size();
            }
        }
        return true;
    }

    private Source newSource() {
        return new Source(newTracker.get(), new BatchDrops.Source(), newJitter.get());
    }

    /** Ends a receive that waits; any thread, once the channel is closed. */
    void wake() {
        DatagramReader reader = datagrams;
        if (reader != null) {
            reader.wake();
        }
    }
}
