package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Receives one datagram in each call, by what Java has for it. */
public final class SingleDatagramReader implements DatagramReader {
    private final DatagramChannel channel;
    private final boolean connected;
    private final ByteBuffer buffer;
    private SocketAddress source;

    /**
     * @param channel bound, and connected if it will be
     * @param buffer gets the datagram
     */
    public SingleDatagramReader(DatagramChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.connected = channel.isConnected();
        this.buffer = buffer;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public boolean receive() throws IOException {
        buffer.clear();
        if (connected) {
            return channel.read(buffer) > 0;
        }
        source = channel.receive(buffer);
        return source != null && buffer.position() > 0;
    }

    @Override
    public int length() {
        return buffer.position();
    }

    @Override
    public int datagramLength() {
        return buffer.position();
    }

    @Override
    public SocketAddress source() {
        return source;
    }

    @Override
    public long takeDrops() {
        return 0;
    }

    /** The end of the channel has ended it. */
    @Override
    public void wake() {}

    @Override
    public void close() {}

    @Override
    public boolean inBatches() {
        return false;
    }
}
