package io.github.jmeterbtest.engine.transfer;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A socket to which the system says what a test wants it to say, and that keeps the first four bytes of what is sent.
 */
class ScriptedDatagrams extends DatagramChannel {
    /** What was sent over the socket while it was not connected. */
    final List<Integer> sent = new ArrayList<>();
    /** What was written to it while it was connected. */
    final List<Integer> written = new ArrayList<>();

    boolean connected;

    ScriptedDatagrams() {
        super(SelectorProvider.provider());
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public DatagramChannel connect(SocketAddress remote) throws IOException {
        connected = true;
        return this;
    }

    @Override
    public SocketAddress receive(ByteBuffer buffer) throws IOException {
        return null;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        throw new ClosedChannelException();
    }

    @Override
    public int send(ByteBuffer datagram, SocketAddress target) throws IOException {
        return take(datagram, sent);
    }

    @Override
    public int write(ByteBuffer datagram) throws IOException {
        return take(datagram, written);
    }

    private static int take(ByteBuffer datagram, List<Integer> list) {
        int length = datagram.remaining();
        list.add(datagram.getInt(datagram.position()));
        datagram.position(datagram.limit());
        return length;
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        // both are the same here
    }

    @Override
    protected void implCloseSelectableChannel() {
        // holds nothing
    }

    @Override
    public DatagramChannel bind(SocketAddress local) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> DatagramChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel disconnect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface on) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MembershipKey join(InetAddress group, NetworkInterface on, InetAddress source) {
        throw new UnsupportedOperationException();
    }
}
