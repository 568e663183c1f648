package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.Checksums;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
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
    private UdpStream stream;
    private final ByteBuffer datagrams = ByteBuffer.allocateDirect(BATCH * PAYLOAD);

    @BeforeEach
    void open() throws IOException {
        to = bound();
        to.configureBlocking(false);
        from = bound();
        stream = new UdpStream(from, new UdpPeer((InetSocketAddress) to.getLocalAddress(), 1), 0, PAYLOAD);
        stream.sendInBatches();
    }

    private static DatagramChannel bound() throws IOException {
        return DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress("127.0.0.1", 0));
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
        from.close();
        to.close();
    }

    private void assertReceived(int first, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            ByteBuffer datagram = ByteBuffer.allocate(2 * PAYLOAD);
            assertThat(to.receive(datagram)).as("datagram %d", i).isNotNull();
            assertThat(datagram.position()).isEqualTo(PAYLOAD);
            assertThat(UdpHeader.sequence(datagram, 0)).isEqualTo(first + i);
        }
        assertThat(to.receive(ByteBuffer.allocate(1))).isNull();
    }

    @Test
    void aBatchIsTakenWhole() throws IOException {
        assertThat(stream.send(datagrams, BATCH)).isEqualTo(BATCH);
        assertReceived(0, BATCH);
        assertThat(stream.send(datagrams, 1)).isEqualTo(1);
        assertReceived(BATCH, 1);
        assertThat(stream.maxBatch()).isEqualTo(64);
    }

    /** What the system does not take has no number; what it takes, has the next one. */
    @Test
    void whereTheSystemCannotCutDatagramsAreSentOneByOne() throws IOException {
        stream.send(datagrams, BATCH);
        assertReceived(0, BATCH);
        Checksums.turnOff(from);
        assertThat(stream.send(datagrams, BATCH)).isEqualTo(1);
        assertReceived(BATCH, 1);
        assertThat(stream.maxBatch()).isEqualTo(1);
        assertThat(stream.send(datagrams, 1)).isEqualTo(1);
        assertReceived(BATCH + 1, 1);
    }

    /** A refusal of an earlier datagram is told once, and does not change how datagrams are sent. */
    @Test
    void anErrorOfAnEarlierDatagramEndsNoBatches() throws IOException {
        stream.connect();
        InetSocketAddress address = (InetSocketAddress) to.getLocalAddress();
        to.close();
        assertThat(stream.send(datagrams, BATCH)).isEqualTo(BATCH);
        to = DatagramChannel.open(StandardProtocolFamily.INET).bind(address);
        to.configureBlocking(false);
        assertThat(stream.send(datagrams, BATCH)).isEqualTo(BATCH);
        assertReceived(BATCH, BATCH);
        assertThat(stream.maxBatch()).isEqualTo(64);
    }
}
