package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
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
        return opened(Batching.batchReader(channel, buffer));
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
        opened(Batching.segmented(from, LENGTH));
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
        opened(Batching.segmented(from, LENGTH));
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
        SegmentedSocket segmented = opened(Batching.segmented(from, LENGTH));
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
        opened(Batching.segmented(from, LENGTH));
        DatagramReader reader = reader(to);
        int sent = 20;
        for (int i = 0; i < sent; i++) {
            from.send(datagrams(60, LENGTH), to.getLocalAddress());
        }
        to.configureBlocking(false);
        int came = 0;
        while (reader.receive()) {
            came++;
            assertThat(reader.takeDrops()).isZero();
        }
        assertThat(came).isBetween(1, sent - 1);
        from.send(datagrams(60, LENGTH), to.getLocalAddress());
        assertThat(reader.receive()).isTrue();
        assertThat(reader.takeDrops()).isEqualTo(sent - came);
        from.send(datagrams(60, LENGTH), to.getLocalAddress());
        assertThat(reader.receive()).isTrue();
        assertThat(reader.takeDrops()).isZero();
    }

    /** A thread that waits in the system must not wait for ever when its channel is closed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aReceiveThatWaitsEndsWhenItIsWoken(boolean connected) throws Exception {
        DatagramChannel channel = socket("127.0.0.1");
        DatagramChannel from = socket("127.0.0.1");
        if (connected) {
            channel.connect(from.getLocalAddress());
        }
        DatagramReader reader = reader(channel);
        CountDownLatch received = new CountDownLatch(1);
        AtomicReference<Path> task = new AtomicReference<>();
        Thread waits = Threads.start("test", () -> {
            try {
                task.set(Path.of("/proc/thread-self").toRealPath());
                while (channel.isOpen()) {
                    if (reader.receive()) {
                        received.countDown();
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        from.send(ByteBuffer.allocateDirect(LENGTH), channel.getLocalAddress());
        received.await();
        // S: it sleeps, and in native code, so in the system call
        while (!Files.readString(task.get().resolve("stat")).contains(") S ")) {
            Thread.onSpinWait();
        }
        channel.close();
        reader.wake();
        waits.join();
    }

    /** Java runs other sockets beside: what listens on the same port by TCP, and one for IPv6. */
    @Test
    void theDescriptorIsNotThatOfAnotherKindOfSocket() throws IOException {
        ServerSocketChannel listening = opened(ServerSocketChannel.open()).bind(new InetSocketAddress("127.0.0.1", 0));
        DatagramChannel channel =
                opened(DatagramChannel.open(StandardProtocolFamily.INET)).bind(listening.getLocalAddress());
        DatagramReader reader = reader(channel);
        socket("127.0.0.1").send(ByteBuffer.allocateDirect(5), channel.getLocalAddress());
        assertThat(reader.receive()).isTrue();
        assertThat(reader.length()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"INET, 0.0.0.0, 127.0.0.1", "INET6, ::, ::1", "INET6, ::, 127.0.0.1"})
    void aWildcardAddressIsFound(StandardProtocolFamily family, String bind, String to) throws IOException {
        DatagramChannel channel = opened(DatagramChannel.open(family)).bind(new InetSocketAddress(bind, 0));
        DatagramReader reader = reader(channel);
        int port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        DatagramChannel from = socket(to);
        from.send(ByteBuffer.allocateDirect(5), new InetSocketAddress(to, port));
        assertThat(reader.receive()).isTrue();
        assertThat(reader.source()).isEqualTo(from.getLocalAddress());
    }

    /** A descriptor that is left open would keep the port. */
    @Test
    void whereOneOfSeveralChannelsIsClosedNoDescriptorStaysOpen() throws IOException {
        DatagramChannel one = socket("127.0.0.1");
        DatagramChannel closed = socket("127.0.0.1");
        closed.close();
        SocketAddress address = one.getLocalAddress();
        assertThatThrownBy(() -> Batching.readers(List.of(one, closed), true))
                .isInstanceOf(ClosedChannelException.class);
        one.close();
        opened(DatagramChannel.open(StandardProtocolFamily.INET)).bind(address);
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
        opened(Batching.segmented(sibling, LENGTH));
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
        SocketDescriptor descriptor = SocketDescriptor.of(List.of(channel)).get(0);
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
        DiscardingSocket discarding = opened(Batching.discarding(List.of(to)).get(0));
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
