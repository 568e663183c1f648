package io.github.jmeterbtest.engine.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
        return WORKS && Boolean.parseBoolean(System.getProperty(PROPERTY, "true"));
    }

    /** Sends two datagrams in a call and receives them in a call: where that fails, it is not for this system. */
    private static boolean tryOnce() {
        String whyNot = SystemCalls.available() ? whyItFails() : SystemCalls.whyNot();
        LOG.info("UDP datagrams are sent and received {}", whyNot.isEmpty() ? "in batches" : "one by one: " + whyNot);
        return whyNot.isEmpty();
    }

    private static String whyItFails() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramReader.BUFFER_LENGTH);
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
            try (BatchDatagramReader reader = BatchDatagramReader.of(channel, buffer);
                    SegmentedSocket segmented = SegmentedSocket.of(channel, WARM_UP_LENGTH)) {
                if (reader == null || segmented == null) {
                    return "no descriptor of a socket was found, or the system has no UDP_GRO or UDP_SEGMENT";
                }
                channel.send(ByteBuffer.allocateDirect(2 * WARM_UP_LENGTH), channel.getLocalAddress());
                for (int i = 0; !reader.receive() && i < MAX_WAIT_MILLIS; i++) {
                    NanoClock.SYSTEM.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                }
                return reader.length() == 2 * WARM_UP_LENGTH && reader.datagramLength() == WARM_UP_LENGTH
                        ? ""
                        : "a batch sent to this system itself did not arrive as one";
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("no batched datagrams", e);
            return "this system refuses them (" + e.getMessage() + ")";
        }
    }

    /**
     * @param channels bound, and connected if they will be; used by one thread
     * @param wanted false for one datagram in a call
     * @return a reader for each, either all of them with batches or none
     */
    public static List<DatagramReader> readers(List<DatagramChannel> channels, boolean wanted) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramReader.BUFFER_LENGTH);
        List<DatagramReader> readers = new ArrayList<>();
        for (DatagramChannel channel : channels) {
            DatagramReader reader = wanted && enabled() ? BatchDatagramReader.of(channel, buffer) : null;
            if (reader == null) {
                readers.forEach(DatagramReader::close);
                return singleReaders(channels, buffer);
            }
            readers.add(reader);
        }
        return readers;
    }

    private static List<DatagramReader> singleReaders(List<DatagramChannel> channels, ByteBuffer buffer) {
        return channels.stream()
                .<DatagramReader>map(channel -> new SingleDatagramReader(channel, buffer))
                .toList();
    }

    /**
     * @param channel bound, and connected if it will be
     * @param datagramLength bytes of payload of each datagram
     * @return null for one datagram in a call
     */
    public static SegmentedSocket segmented(DatagramChannel channel, int datagramLength) throws IOException {
        boolean worthIt = SegmentedSocket.maxDatagrams(datagramLength) > 1;
        return worthIt && enabled() ? SegmentedSocket.of(channel, datagramLength) : null;
    }
}
