package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.platform.SimulatedClock;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.transfer.ScriptedStream;
import io.github.jmeterbtest.protocol.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who dribbles its login, a byte now and then, has no more time than who sends it at once. */
class LoginDeadlineTest {
    private static final Source HERE = Source.of(InetAddress.getLoopbackAddress());
    private static final Credentials USER = new Credentials("admin", "test");

    private final SimulatedClock clock = new SimulatedClock();

    /** A peer that sends these bytes, each so long after the one before. */
    private final class Dribble extends ScriptedStream {
        private final byte[] bytes;
        private final Duration gap;
        private int next;
        private int timeoutMillis;

        Dribble(byte[] bytes, Duration gap) {
            this.bytes = bytes;
            this.gap = gap;
        }

        @Override
        public Socket socket() {
            return new Socket() {
                @Override
                public InputStream getInputStream() {
                    return new Bytes();
                }

                @Override
                public synchronized void setSoTimeout(int millis) {
                    timeoutMillis = millis;
                }
            };
        }

        private final class Bytes extends InputStream {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                if (next == bytes.length || gap.toMillis() > timeoutMillis) {
                    clock.advance(Duration.ofMillis(timeoutMillis));
                    throw new SocketTimeoutException();
                }
                clock.advance(gap);
                into[offset] = bytes[next++];
                return 1;
            }
        }

        @Override
        public int read(ByteBuffer buffer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer buffer) {
            int length = buffer.remaining();
            buffer.position(buffer.limit());
            return length;
        }
    }

    private HandshakeChannel channel(byte[] bytes, Duration gap, Duration timeout) throws IOException {
        return new HandshakeChannel(clock, new Dribble(bytes, gap), timeout);
    }

    @Test
    void aClientThatDribblesItsAnswerIsGivenUpWhenItsTimeIsOver() throws Exception {
        ServerLogin login = new ServerLogin(
                clock,
                ServerOptions.builder()
                        .authentication(Authentication.MD5)
                        .credentials(USER)
                        .build());
        HandshakeChannel client = channel(new byte[48], Duration.ofSeconds(1), Duration.ofMillis(10_500));
        assertThatThrownBy(() -> login.run(client, HERE)).isInstanceOf(SocketTimeoutException.class);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(10_500).toNanos());
    }

    @Test
    void oneThatIsDoneInTimeIsJudged() throws Exception {
        ServerLogin login = new ServerLogin(
                clock,
                ServerOptions.builder()
                        .authentication(Authentication.MD5)
                        .credentials(USER)
                        .build());
        HandshakeChannel client = channel(
                new byte[48], Duration.ofSeconds(1), Duration.ofSeconds(48).plusMillis(1));
        assertThatThrownBy(() -> login.run(client, HERE)).isInstanceOf(BtestException.class);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(48).toNanos());
    }

    /** The request, the challenge and the OK together have one deadline. */
    @Test
    void aServerThatDribblesIsGivenUpWhenItsTimeIsOver() throws Exception {
        byte[] challengeAndNothing = Hex.bytes("02 00 00 00" + "ad".repeat(16));
        HandshakeChannel server = channel(challengeAndNothing, Duration.ofSeconds(1), Duration.ofSeconds(30));
        ClientLogin login = new ClientLogin(
                ClientOptions.builder().server("192.0.2.1").credentials(USER).build(), server, clock);
        assertThatThrownBy(login::run).isInstanceOf(SocketTimeoutException.class);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(30).toNanos());
        assertThat(server.lastReadAt() - clock.nanoTime())
                .isEqualTo(-Duration.ofSeconds(10).toNanos());
    }

    /** An hour's deadline is an hour's, across the wrap of the clock. */
    @Test
    void aDeadlineOfAnHourIsKeptToTheMillisecond() throws Exception {
        HandshakeChannel channel = channel(new byte[0], Duration.ZERO, Duration.ofHours(1));
        channel.extendDeadline(Duration.ofMillis(7).toNanos());
        assertThatThrownBy(() -> channel.read(1)).isInstanceOf(SocketTimeoutException.class);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(1).plusMillis(7).toNanos());
    }
}
