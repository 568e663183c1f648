package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this end moves several datagrams in one system call, which makes UDP many times faster: on Linux with Java 22
 * or newer.
 */
public final class Batching {
    /** System property; {@code false} turns it off for the tests that start from then on. */
    public static final String PROPERTY = "btest.batching";

    private static final Logger LOG = LoggerFactory.getLogger(Batching.class);
    private static final int WARM_UP_LENGTH = 16;
    private static final int MAX_WAIT_MILLIS = 100;
    /** A filter or a full buffer may drop one, even on the way to this system itself. */
    private static final int TRIES = 3;

    private static final boolean WORKS = tryOnce();

    private Batching() {}

    /**
     * Has Java link the system calls, which takes a third of a second of CPU time once: better before a test than in
     * its first second.
     */
    public static void load() {
        LOG.trace("batched datagrams: {}", WORKS);
    }

    /** @return whether it works on this system and has not been turned off */
    public static boolean enabled() {
        return WORKS && !isTurnedOff();
    }

    /** Sends two datagrams in a call and receives them in a call: where that fails, it is not for this system. */
    private static boolean tryOnce() {
        String whyNot = SystemCalls.available() ? whyItFails() : SystemCalls.whyNot();
        boolean works = whyNot.isEmpty();
        if (works && isTurnedOff()) {
            whyNot = PROPERTY + "=false";
        }
        LOG.info(
                "UDP datagrams are sent and received {}",
                whyNot.isEmpty() ? "in batches" : "one by one (" + whyNot + ")");
        return works;
    }

    private static boolean isTurnedOff() {
        return !Boolean.parseBoolean(System.getProperty(PROPERTY, "true"));
    }

    private static String whyItFails() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramReader.BUFFER_LENGTH);
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            try (DatagramReader reader = batchReader(channel, buffer);
                    SegmentedSocket segmented = segmented(channel, WARM_UP_LENGTH)) {
                if (reader == null || segmented == null) {
                    return "the descriptor of a socket was not found, or the system has no UDP_GRO or UDP_SEGMENT";
                }
                for (int i = 0; i < TRIES; i++) {
                    channel.send(ByteBuffer.allocateDirect(2 * WARM_UP_LENGTH), channel.getLocalAddress());
                    if (arrivesAsOne(reader)) {
                        return "";
                    }
                }
                return "a batch sent to this system itself did not arrive as one";
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("no batched datagrams", e);
            return "this system refuses them (" + e.getMessage() + ")";
        }
    }

    private static boolean arrivesAsOne(DatagramReader reader) throws IOException {
        for (int i = 0; i < MAX_WAIT_MILLIS; i++) {
            if (reader.receive()) {
                return reader.length() == 2 * WARM_UP_LENGTH && reader.datagramLength() == WARM_UP_LENGTH;
            }
            NanoClock.SYSTEM.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return false;
    }

    /** @return null where the system cannot */
    static DatagramReader batchReader(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        SocketDescriptor descriptor = SocketDescriptor.of(List.of(channel)).get(0);
        return descriptor == null ? null : BatchDatagramReader.of(descriptor, buffer);
    }

    /** @return null where the system cannot */
    static SegmentedSocket segmented(DatagramChannel channel, int datagramLength) throws IOException {
        SocketDescriptor descriptor = SocketDescriptor.of(List.of(channel)).get(0);
        return descriptor == null ? null : SegmentedSocket.of(descriptor, datagramLength);
    }

    /**
     * @param channels bound, and connected if they will be; used by one thread
     * @param wanted false for one datagram in a call
     * @return a reader for each
     * @throws IOException if one of them is closed; no reader is open then
     */
    public static List<DatagramReader> readers(List<DatagramChannel> channels, boolean wanted) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramReader.BUFFER_LENGTH);
        List<SocketDescriptor> descriptors = descriptors(channels, wanted);
        List<DatagramReader> readers = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            // a socket that gives batches must be read in batches from then on
            DatagramReader reader = descriptors.isEmpty() ? null : BatchDatagramReader.of(descriptors.get(i), buffer);
            readers.add(reader == null ? new SingleDatagramReader(channels.get(i), buffer) : reader);
        }
        return readers;
    }

    /**
     * @param channels bound, and connected if they will be, unless they are connected as they are
     * @param datagramLength bytes of payload of each datagram
     * @return what sends batches, for each channel, to be closed by the caller; empty where each datagram needs a call
     *     of its own
     * @throws IOException if one of them is closed; nothing is left open then
     */
    public static List<SegmentedSocket> segmented(List<DatagramChannel> channels, int datagramLength)
            throws IOException {
        boolean worthIt = SegmentedSocket.maxDatagrams(datagramLength) > 1;
        List<SegmentedSocket> sockets = new ArrayList<>();
        for (SocketDescriptor descriptor : descriptors(channels, worthIt)) {
            SegmentedSocket socket = SegmentedSocket.of(descriptor, datagramLength);
            if (socket != null) {
                sockets.add(socket);
            }
        }
        if (sockets.size() < channels.size()) {
            sockets.forEach(SegmentedSocket::stop);
            sockets.forEach(SegmentedSocket::close);
            return List.of();
        }
        return sockets;
    }

    /**
     * @param channels connected; of TCP
     * @return what takes data without a copy, for each channel, to be closed by the caller; empty where it cannot be
     */
    public static List<DiscardingSocket> discarding(List<SocketChannel> channels) throws IOException {
        return descriptors(channels, true).stream().map(DiscardingSocket::new).toList();
    }

    /** @return those of all channels, or none */
    private static List<SocketDescriptor> descriptors(List<? extends NetworkChannel> channels, boolean wanted)
            throws IOException {
        if (!wanted || !enabled()) {
            return List.of();
        }
        List<SocketDescriptor> descriptors = SocketDescriptor.of(channels);
        if (descriptors.contains(null)) {
            SocketDescriptor.closeAll(descriptors);
            return List.of();
        }
        return descriptors;
    }
}
