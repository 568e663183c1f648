package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.Ports;
import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.Checksums;
import io.github.jmeterbtest.engine.platform.DatagramReader;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** A stream whose batches the system does not take, or no longer. */
@EnabledIf(
        value = "io.github.jmeterbtest.engine.platform.Batching#enabled",
        disabledReason = "batches need Linux and Java 22")
@Timeout(20)
class UdpBatchFallbackTest {
    private static final int PAYLOAD = 100;
    private static final int BATCH = 50;

    private DatagramChannel from;
    private DatagramChannel to;
    private DatagramChannel other;
    private List<UdpStream> streams;
    private UdpOutlet outlet;
    private final ByteBuffer datagrams = ByteBuffer.allocateDirect(BATCH * PAYLOAD);

    /** A socket that the system knows nothing of, as where there is no /proc. */
    private static final class Unknown extends ScriptedDatagrams {
        @Override
        public SocketAddress getLocalAddress() {
            return new InetSocketAddress("127.0.0.1", 1);
        }

        @Override
        public SocketAddress getRemoteAddress() {
            return null;
        }
    }

    @BeforeEach
    void open() throws IOException {
        int first = Ports.freeUdp(2, "127.0.0.1");
        to = bound(first);
        other = bound(first + 1);
        from = bound(0);
        streams = new UdpSocket(from, new UdpPeer(new InetSocketAddress("127.0.0.1", first), 2))
                .streams(PAYLOAD)
                .toList();
        outlet = streams.get(0).outlet();
        UdpOutlet.sendInBatches(List.of(outlet));
    }

    private static DatagramChannel bound(int port) throws IOException {
        return DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("127.0.0.1", port));
    }

    @AfterEach
    void close() throws IOException {
        streams.forEach(UdpStream::close);
        outlet.close();
        from.close();
        to.close();
        other.close();
    }

    private static void assertReceived(DatagramChannel channel, int first, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ByteBuffer datagram = ByteBuffer.allocate(2 * PAYLOAD);
            channel.receive(datagram);
            assertThat(datagram.position()).isEqualTo(PAYLOAD);
            assertThat(UdpHeader.sequence(datagram, 0)).isEqualTo(first + i);
        }
        channel.configureBlocking(false);
        assertThat(channel.receive(ByteBuffer.allocate(1))).isNull();
        channel.configureBlocking(true);
    }

    @Test
    void aBatchIsTakenWhole() throws IOException {
        assertThat(streams.get(0).send(datagrams, BATCH)).isEqualTo(BATCH);
        assertReceived(to, 0, BATCH);
        assertThat(streams.get(0).send(datagrams, 1)).isEqualTo(1);
        assertReceived(to, BATCH, 1);
        assertThat(outlet.maxBatch()).isEqualTo(64);
    }

    /** What the system does not take has no number; what it takes, has the next one, in each stream of the socket. */
    @Test
    void whereTheSystemCannotCutAllStreamsOfTheSocketSendOneByOne() throws IOException {
        streams.get(0).send(datagrams, BATCH);
        assertReceived(to, 0, BATCH);
        Checksums.turnOff(from);
        for (int i = 0; i < 3; i++) {
            assertThat(streams.get(0).send(datagrams, BATCH)).isEqualTo(1);
            assertReceived(to, BATCH + i, 1);
        }
        assertThat(outlet.maxBatch()).isEqualTo(1);
        assertThat(streams.get(0).send(datagrams, 1)).isEqualTo(1);
        assertReceived(to, BATCH + 3, 1);
        // decided on a batch before the other stream found out
        assertThat(streams.get(1).send(datagrams, BATCH)).isEqualTo(1);
        assertReceived(other, 0, 1);
    }

    /** Another thread that starts late must not turn them on again. */
    @Test
    void whatTheSystemRefusedStaysOff() throws IOException {
        Checksums.turnOff(from);
        for (int i = 0; i < 3; i++) {
            streams.get(0).send(datagrams, BATCH);
        }
        UdpOutlet.sendInBatches(List.of(outlet));
        assertThat(outlet.maxBatch()).isEqualTo(1);
        assertThat(streams.get(0).send(datagrams, 1)).isEqualTo(1);
        assertReceived(to, 0, 4);
    }

    /** A refusal of an earlier datagram is told once, and does not change how datagrams are sent. */
    @Test
    void anErrorOfAnEarlierDatagramEndsNoBatches() throws IOException {
        InetSocketAddress address = (InetSocketAddress) to.getLocalAddress();
        UdpOutlet connected = new UdpOutlet(bound(0), PAYLOAD);
        try {
            connected.connect(address);
            UdpOutlet.sendInBatches(List.of(connected));
            UdpStream stream = new UdpStream(connected, new UdpPeer(address, 1), 0);
            to.close();
            assertThat(stream.send(datagrams, BATCH)).isEqualTo(BATCH);
            to = bound(address.getPort());
            assertThat(stream.send(datagrams, BATCH)).isEqualTo(BATCH);
            assertReceived(to, BATCH, BATCH);
            assertThat(connected.maxBatch()).isEqualTo(64);
        } finally {
            connected.channel().close();
            connected.close();
        }
    }

    @Test
    void aStreamWithASocketOfItsOwnSendsBatchesToo() throws IOException {
        streams.get(1).connect();
        assertThat(streams.get(1).outlet()).isNotSameAs(outlet);
        assertThat(streams.get(1).send(datagrams, BATCH)).isEqualTo(BATCH);
        assertReceived(other, 0, BATCH);
    }

    /** No system connects a socket to port 0. */
    @Test
    void aSocketThatCannotBeConnectedIsNotUsed() {
        UdpStream stream = new UdpStream(outlet, new UdpPeer(new InetSocketAddress("127.0.0.1", 0), 2), 0);
        stream.connect();
        assertThat(stream.outlet()).isSameAs(outlet);
    }

    @Test
    void withoutADescriptorDatagramsAreSentOneByOne() throws IOException {
        UdpOutlet unknown = new UdpOutlet(new Unknown(), PAYLOAD);
        UdpOutlet.sendInBatches(List.of(unknown));
        assertThat(unknown.maxBatch()).isEqualTo(1);
    }

    /** Batches that wait in a socket would be counted as single datagrams. */
    @Test
    void whereOneOfSeveralHasNoDescriptorNoneGivesBatches() throws IOException {
        List<DatagramReader> readers = Batching.readers(List.of(to, new Unknown()), true);
        assertThat(readers).noneMatch(DatagramReader::inBatches);
        streams.get(0).send(datagrams, 3);
        for (int i = 0; i < 3; i++) {
            assertThat(readers.get(0).receive()).isTrue();
            assertThat(readers.get(0).length()).isEqualTo(PAYLOAD);
        }
    }
}
