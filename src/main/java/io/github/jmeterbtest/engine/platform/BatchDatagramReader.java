package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Receives up to 64 datagrams of one source in a call, as Linux has put them together (UDP_GRO, udp(7)). All of a batch
 * have the same length, which the system states, except that the last one may be shorter. The system also states how
 * many batches it has dropped before this one (SO_RXQ_OVFL, socket(7)).
 */
final class BatchDatagramReader implements DatagramReader {
    // struct msghdr
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    // struct iovec
    private static final int VECTOR = 56;
    // struct sockaddr
    private static final int SOURCE = VECTOR + 16;
    // struct cmsghdr, each with an int, rounded up to 8 bytes
    private static final int CONTROLS = SOURCE + SocketAddresses.LENGTH;
    private static final int CONTROL_HEADER = 16;
    private static final int CONTROL_SIZE = CONTROL_HEADER + 8;
    private static final int MAX_CONTROLS = CONTROL_SIZE * 4;
    /** A test has no more streams. */
    private static final int MAX_SOURCES = 256;

    private final SocketDescriptor descriptor;
    private final int fd;
    private final ByteBuffer buffer;
    private final NativeMemory memory = NativeMemory.allocate(CONTROLS + MAX_CONTROLS);
    private final SourceCache sources = new SourceCache(MAX_SOURCES);
    private int length;
    private int datagramLength;
    private SocketAddress source;
    private int drops;
    private int taken;

    private BatchDatagramReader(SocketDescriptor descriptor, ByteBuffer buffer) {
        this.descriptor = descriptor;
        this.fd = descriptor.number();
        this.buffer = buffer;
        memory.bytes
                .putLong(NAME, memory.address + SOURCE)
                .putLong(VECTORS, memory.address + VECTOR)
                .putLong(VECTOR_COUNT, 1)
                .putLong(CONTROL, memory.address + CONTROLS)
                .putLong(VECTOR, NativeMemory.address(buffer))
                .putLong(VECTOR + 8, BUFFER_LENGTH);
    }

    /**
     * @param descriptor is closed with this
     * @param buffer direct, gets the datagrams
     * @return null where the system cannot
     */
    static BatchDatagramReader of(SocketDescriptor descriptor, ByteBuffer buffer) {
        if (!descriptor.setOption(SystemCalls.SOL_UDP, SystemCalls.UDP_GRO, 1)) {
            descriptor.close();
            return null;
        }
        descriptor.setOption(SystemCalls.SOL_SOCKET, SystemCalls.SO_RXQ_OVFL, 1);
        return new BatchDatagramReader(descriptor, buffer);
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public boolean receive() throws IOException {
        memory.bytes.putInt(NAME_LENGTH, SocketAddresses.LENGTH).putLong(CONTROL_LENGTH, MAX_CONTROLS);
        length = (int) SystemCalls.recvmsg(fd, memory.address);
        if (length <= 0) {
            return false;
        }
        datagramLength = length;
        readControls(CONTROLS + (int) memory.bytes.getLong(CONTROL_LENGTH));
        source = sources.get(memory.bytes, SOURCE);
        return source != null;
    }

    /** Without a word on its length it is a single datagram. */
    private void readControls(int end) {
        int at = CONTROLS;
        while (at + CONTROL_HEADER + Integer.BYTES <= end) {
            int level = memory.bytes.getInt(at + 8);
            int type = memory.bytes.getInt(at + 12);
            int value = memory.bytes.getInt(at + CONTROL_HEADER);
            if (level == SystemCalls.SOL_UDP && type == SystemCalls.UDP_GRO && value > 0) {
                datagramLength = value;
            } else if (level == SystemCalls.SOL_SOCKET && type == SystemCalls.SO_RXQ_OVFL) {
                drops = value;
            }
            at += CONTROL_SIZE;
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int datagramLength() {
        return datagramLength;
    }

    @Override
    public SocketAddress source() {
        return source;
    }

    @Override
    public long takeDrops() {
        long news = (drops - taken) & 0xFFFF_FFFFL; // the system's number wraps
        taken = drops;
        return news;
    }

    @Override
    public void wake() {
        descriptor.shutdown();
    }

    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public boolean inBatches() {
        return true;
    }
}
