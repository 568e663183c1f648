package io.github.jmeterbtest.engine.transfer;

import io.github.jmeterbtest.engine.platform.NanoClock;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Receives from one socket, and has a tracker for the sequence numbers of each of its sources. One thread receives. */
final class UdpSocketReader {
    private static final long ERROR_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final NanoClock clock;
    private final DatagramChannel channel;
    private final boolean connected;
    private final UdpPeer peer;
    private final Supplier<SequenceTracker> newTracker;
    /** The peer lets through no more sources than it has streams, or twice as many. */
    private final Map<SocketAddress, SequenceTracker> trackers = new HashMap<>();

    private SequenceTracker tracker;
    private SocketAddress lastSource;
    private volatile int sources;

    /** @param newTracker makes a tracker for one more source */
    UdpSocketReader(NanoClock clock, UdpSocket socket, Supplier<SequenceTracker> newTracker) {
        this.clock = clock;
        this.channel = socket.channel();
        this.connected = channel.isConnected();
        this.peer = socket.peer();
        this.newTracker = newTracker;
    }

    DatagramChannel channel() {
        return channel;
    }

    /** @return how many sources have sent something so far; any thread */
    int sources() {
        return sources;
    }

    /** @return of the source of the datagram that was received last */
    SequenceTracker tracker() {
        return tracker;
    }

    /**
     * @return whether a datagram of this test has come, which then lies before the buffer's position; an empty one is
     *     none
     */
    boolean receive(ByteBuffer buffer) throws IOException {
        buffer.clear();
        boolean came = connected ? receiveFromOne(buffer) : receiveFromMany(buffer);
        return came && buffer.position() > 0;
    }

    private boolean receiveFromOne(ByteBuffer buffer) throws IOException {
        try {
            if (channel.read(buffer) <= 0) {
                return false;
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // an error about a packet that this end has sent: the control connection will show what it means
            clock.parkNanos(ERROR_PAUSE_NANOS);
            return false;
        }
        if (sources == 0) {
            tracker = newTracker.get();
            sources = 1;
        }
        return true;
    }

    private boolean receiveFromMany(ByteBuffer buffer) throws IOException {
        SocketAddress source = channel.receive(buffer);
        if (source == null) {
            return false;
        }
        if (source != lastSource && !source.equals(lastSource)) {
            if (!peer.acceptsFrom(source)) {
                return false;
            }
            lastSource = source;
            tracker = trackers.get(source);
            if (tracker == null) {
                tracker = newTracker.get();
                trackers.put(source, tracker);
                sources = trackers.size();
            }
        }
        return true;
    }
}
