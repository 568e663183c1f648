package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.engine.platform.SimulatedClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sender that follows its peer, second by second; the system takes 10 µs for each datagram. */
@Timeout(20)
class UdpFeedbackTimeTest {
    private static final int PACKET = 1500;
    private static final InetSocketAddress PEER = new InetSocketAddress("127.0.0.1", 2257);

    private final SimulatedClock clock = new SimulatedClock();
    private final UdpSender sender = new UdpSender(
            clock,
            List.of(new UdpStream(new UdpOutlet(new Wire(), PACKET - 28), new UdpPeer(PEER, 1), 0)),
            PACKET,
            28,
            false,
            true,
            packets -> {});

    private final class Wire extends ScriptedDatagrams {
        @Override
        public int send(ByteBuffer datagram, SocketAddress target) {
            clock.advance(Duration.ofNanos(10_000));
            int length = datagram.remaining();
            datagram.position(datagram.limit());
            return length;
        }
    }

    /** {@return datagrams sent in each second over a link that carries so many bit/s and holds up statuses for long} */
    private long[] send(UdpFeedback feedback, int seconds, Link link, int lateMillis) throws IOException {
        long[] before = new long[1];
        long[] each = new long[seconds];
        for (int second = 1; second <= seconds; second++) {
            int index = second - 1;
            clock.at(Duration.ofSeconds(second), () -> {
                long bytes = sender.bytes.get() - before[0];
                before[0] += bytes;
                each[index] = bytes / PACKET;
                feedback.firstStatusIsDue();
                long arrived = Math.min(bytes, link.bytesIn(index)) / PACKET * PACKET;
                clock.at(
                        Duration.ofSeconds(index + 1).plusMillis(lateMillis),
                        () -> feedback.peerReceived(arrived, clock.nanoTime()));
            });
        }
        feedback.start(clock.nanoTime());
        sender.run(
                feedback.pacer(0),
                () -> clock.elapsed() >= Duration.ofSeconds(seconds).toNanos(),
                false);
        return each;
    }

    private interface Link {
        /** {@return how many bytes it carries in that second, from 0} */
        long bytesIn(int second);
    }

    @Test
    void overASlowLinkItSendsHalfAsMuchAgainAsArrives() throws IOException {
        UdpFeedback feedback = new UdpFeedback(0, PACKET, sender.bytes::get, List.of(1));
        long[] each = send(feedback, 60, second -> 1_250_000, 0);
        // 50 ms at most 100,000 a second, then as fast as the system takes them
        assertThat(each[0]).isCloseTo(100_000, within(1000L));
        // 833 datagrams arrive in a second
        for (int second = 1; second < 60; second++) {
            assertThat(each[second]).isCloseTo(1249, within(2L));
        }
    }

    /** Until it comes, a tenth of what was sent before; then it tells of a second and a half. */
    @Test
    void whileTheFirstStatusIsLateItSendsATenth() throws IOException {
        UdpFeedback feedback = new UdpFeedback(0, PACKET, sender.bytes::get, List.of(1));
        long[] each = send(feedback, 10, second -> 1_250_000, 500);
        assertThat(each[1]).isCloseTo(100_000 / 10 / 2 + 833 / 2, within(3L));
    }

    @Test
    void aLinkThatComesBackIsFoundAgainWithinSeconds() throws IOException {
        UdpFeedback feedback = new UdpFeedback(0, PACKET, sender.bytes::get, List.of(1));
        long[] each = send(feedback, 600, second -> second >= 20 && second < 320 ? 0 : 1_250_000, 0);
        assertThat(each[300]).as("it feels its way").isEqualTo(10);
        assertThat(each[340]).isCloseTo(1249, within(2L));
    }

    @Test
    void aCapIsHeldToThePacketForAnHour() throws IOException {
        UdpFeedback feedback = new UdpFeedback(1_200_000, PACKET, sender.bytes::get, List.of(1));
        long[] each = send(feedback, 3600, second -> 0, 0);
        assertThat(each).containsOnly(100);
    }
}
