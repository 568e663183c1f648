package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets of this machine, and what the system says of what comes. */
@EnabledIf(
        value = "io.github.jmeterbtest.engine.platform.Batching#enabled",
        disabledReason = "batches need Linux and Java 22")
@Timeout(20)
class BatchingTest {
    private static final int LENGTH = 1000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramReader.BUFFER_LENGTH);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private DatagramChannel socket(String host) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        return opened(DatagramChannel.open(Sockets.family(address))).bind(new InetSocketAddress(address, 0));
    }

    private static ByteBuffer datagrams(int count, int last) {
        ByteBuffer bytes = ByteBuffer.allocateDirect((count - 1) * LENGTH + last);
        for (int i = 0; i < count; i++) {
            bytes.putInt(i * LENGTH, i);
        }
        return bytes;
    }

    private DatagramReader reader(DatagramChannel channel) throws IOException {
        return opened(BatchDatagramReader.of(channel, buffer));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 1000, true", "127.0.0.1, 7, false", "::1, 1000, false", "::1, 7, true"})
    void whatIsWrittenAsOneComesAsOneInDatagramsOfOneLength(String host, int last, boolean connected)
            throws IOException {
        DatagramChannel from = socket(host);
        DatagramChannel to = socket(host);
        if (connected) {
            from.connect(to.getLocalAddress());
            to.connect(from.getLocalAddress());
        }
        opened(SegmentedSocket.of(from, LENGTH));
        DatagramReader reader = reader(to);
        int sent = connected ? from.write(datagrams(60, last)) : from.send(datagrams(60, last), to.getLocalAddress());
        assertThat(sent).isEqualTo(59 * LENGTH + last);

        assertThat(reader.receive()).isTrue();
        assertThat(reader.length()).isEqualTo(59 * LENGTH + last);
        assertThat(reader.datagramLength()).isEqualTo(LENGTH);
        assertThat(reader.source()).isEqualTo(from.getLocalAddress());
        for (int i = 0; i < 60; i++) {
            assertThat(reader.buffer().getInt(i * LENGTH)).isEqualTo(i);
        }
    }

    @Test
    void whoReceivesOneByOneGetsDatagramsOfTheSameLength() throws IOException {
        DatagramChannel from = socket("127.0.0.1");
        DatagramChannel to = socket("127.0.0.1");
        opened(SegmentedSocket.of(from, LENGTH));
        from.send(datagrams(3, 5), to.getLocalAddress());
        for (int length : new int[] {LENGTH, LENGTH, 5}) {
            ByteBuffer datagram = ByteBuffer.allocate(2 * LENGTH);
            to.receive(datagram);
            assertThat(datagram.position()).isEqualTo(length);
        }
    }

    @Test
    void whoSendsOneByOneIsReceivedOneByOne() throws IOException {
        DatagramChannel from = socket("127.0.0.1");
        DatagramChannel to = socket("127.0.0.1");
        DatagramReader reader = reader(to);
        for (int length : new int[] {4, 1000, 65_000}) {
            from.send(ByteBuffer.allocateDirect(length), to.getLocalAddress());
            assertThat(reader.receive()).isTrue();
            assertThat(reader.length()).isEqualTo(length);
            assertThat(reader.datagramLength()).isEqualTo(length);
        }
    }

    @Test
    void anEmptyDatagramIsNone() throws IOException {
        DatagramChannel to = socket("127.0.0.1");
        DatagramReader reader = reader(to);
        socket("127.0.0.1").send(ByteBuffer.allocate(0), to.getLocalAddress());
        assertThat(reader.receive()).isFalse();
    }

    @Test
    void afterAStopAWriteIsOneDatagram() throws IOException {
        DatagramChannel from = socket("127.0.0.1");
        DatagramChannel to = socket("127.0.0.1");
        SegmentedSocket segmented = opened(SegmentedSocket.of(from, LENGTH));
        DatagramReader reader = reader(to);
        segmented.stop();
        from.send(datagrams(3, LENGTH), to.getLocalAddress());
        assertThat(reader.receive()).isTrue();
        assertThat(reader.datagramLength()).isEqualTo(3 * LENGTH);
    }

    /** The system counts a batch as one drop, and says so with the first one that came after it. */
    @Test
    void aFullBufferIsToldWithTheNextBatch() throws IOException {
        DatagramChannel from = socket("127.0.0.1");
        DatagramChannel to = socket("127.0.0.1");
        to.setOption(StandardSocketOptions.SO_RCVBUF, 100_000);
        opened(SegmentedSocket.of(from, LENGTH));
        DatagramReader reader = reader(to);
        int sent = 20;
        for (int i = 0; i < sent; i++) {
            from.send(datagrams(60, LENGTH), to.getLocalAddress());
        }
        to.configureBlocking(false);
        int came = 0;
        while (reader.receive()) {
            came++;
            assertThat(reader.drops()).isZero();
        }
        assertThat(came).isBetween(1, sent - 1);
        from.send(datagrams(60, LENGTH), to.getLocalAddress());
        assertThat(reader.receive()).isTrue();
        assertThat(reader.drops()).isEqualTo(sent - came);
        from.send(datagrams(60, LENGTH), to.getLocalAddress());
        assertThat(reader.receive()).isTrue();
        assertThat(reader.drops()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReceiveThatWaitsEndsWhenItIsWoken(boolean connected) throws Exception {
        DatagramChannel channel = socket("127.0.0.1");
        if (connected) {
            channel.connect(socket("127.0.0.1").getLocalAddress());
        }
        DatagramReader reader = reader(channel);
        Thread waits = Threads.start("test", () -> {
            try {
                while (channel.isOpen()) {
                    reader.receive();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        channel.close();
        reader.wake();
        waits.join();
    }

    @Test
    void theDescriptorIsThatOfTheChannelAmongOthersOfTheSamePort() throws IOException {
        DatagramChannel shared = socket("127.0.0.1");
        shared.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        DatagramChannel sibling = opened(DatagramChannel.open(StandardProtocolFamily.INET))
                .setOption(StandardSocketOptions.SO_REUSEADDR, true)
                .bind(shared.getLocalAddress());
        DatagramChannel to = socket("127.0.0.1");
        sibling.connect(to.getLocalAddress());
        opened(SegmentedSocket.of(sibling, LENGTH));
        DatagramReader reader = reader(to);
        shared.send(datagrams(3, LENGTH), to.getLocalAddress());
        assertThat(reader.receive()).isTrue();
        assertThat(reader.datagramLength()).as("the other one cuts").isEqualTo(3 * LENGTH);
        sibling.write(datagrams(3, LENGTH));
        assertThat(reader.receive()).isTrue();
        assertThat(reader.datagramLength()).isEqualTo(LENGTH);
    }

    @Test
    void aDescriptorThatIsClosedDoesNothing() throws IOException {
        DatagramChannel channel = socket("127.0.0.1");
        SocketDescriptor descriptor = SocketDescriptor.of(channel);
        descriptor.close();
        assertThat(descriptor.number()).isEqualTo(-1);
        assertThat(descriptor.setOption(SystemCalls.SOL_UDP, SystemCalls.UDP_GRO, 1))
                .isFalse();
        descriptor.shutdown();
        descriptor.close();
    }

    @Test
    void takesWhatHasComeOverTcp() throws IOException {
        ServerSocketChannel listening = opened(ServerSocketChannel.open()).bind(new InetSocketAddress("127.0.0.1", 0));
        SocketChannel from = opened(SocketChannel.open(listening.getLocalAddress()));
        SocketChannel to = opened(listening.accept());
        DiscardingSocket discarding = opened(DiscardingSocket.of(to));
        assertThat(discarding.discard()).isLessThanOrEqualTo(0);
        from.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}));
        ByteBuffer first = ByteBuffer.allocate(2);
        to.read(first);
        assertThat(first.array()).containsExactly(1, 2);
        assertThat(discarding.discard()).isEqualTo(3);
        from.close();
        assertThat(to.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThat(discarding.discard()).isZero();
    }
}
