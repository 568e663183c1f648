package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.transfer.ScriptedStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a connection is the same in whatever way it comes. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(20)
class HandshakeChannelTest {
    private SocketChannel ours;
    private SocketChannel theirs;
    private HandshakeChannel channel;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            ours = SocketChannel.open(listener.getLocalAddress());
            theirs = listener.accept();
        }
        channel = new HandshakeChannel(NanoClock.SYSTEM, ours, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws IOException {
        ours.close();
        theirs.close();
    }

    private void peerEnds(boolean byReset) throws IOException {
        if (byReset) {
            theirs.socket().setSoLinger(true, 0);
        }
        theirs.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReadThatMeetsTheEnd(boolean reset) throws IOException {
        peerEnds(reset);
        assertThatThrownBy(() -> channel.read(4)).isInstanceOf(EOFException.class);
    }

    /** After an end that is no reset the first write still succeeds. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aWriteThatMeetsTheEnd(boolean reset) throws IOException {
        peerEnds(reset);
        assertThatThrownBy(() -> {
                    while (true) {
                        channel.write(new byte[1]);
                    }
                })
                .isInstanceOf(EOFException.class);
    }

    @Test
    void ourOwnCloseIsNoEndByThePeer() throws IOException {
        ours.close();
        assertThatThrownBy(() -> channel.read(4)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(() -> channel.write(new byte[4])).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void ourOwnCloseDuringAReadIsNoEndByThePeer() {
        CompletableFuture<Void> closing = CompletableFuture.runAsync(
                () -> Sockets.closeQuietly(ours), CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        assertThatThrownBy(() -> channel.read(4)).isInstanceOf(ClosedChannelException.class);
        closing.join();
    }

    @Test
    void anInterruptIsNoEndByThePeer() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> channel.write(new byte[4])).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anEndWithoutAWordHasItsName() throws IOException {
        HandshakeChannel mute = new HandshakeChannel(NanoClock.SYSTEM, new MuteStream(), Duration.ofSeconds(10));
        assertThatThrownBy(() -> mute.write(new byte[4]))
                .isInstanceOf(EOFException.class)
                .hasMessage("ProtocolException");
    }

    /** A connection that breaks without saying why. */
    private static final class MuteStream extends ScriptedStream {
        @Override
        public int read(ByteBuffer buffer) throws IOException {
            throw new ProtocolException();
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            throw new ProtocolException();
        }

        @Override
        public Socket socket() {
            return new Socket() {
                @Override
                public InputStream getInputStream() {
                    return InputStream.nullInputStream();
                }
            };
        }
    }

    @Test
    void aPeerThatIsSilentIsNotAtItsEnd() throws IOException {
        channel.renewDeadline(Duration.ofMillis(50));
        assertThatThrownBy(() -> channel.read(4)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void timeThatThePeerDidNotTakeIsNotItsOwn() throws IOException {
        theirs.socket().getOutputStream().write(7);
        channel.renewDeadline(Duration.ZERO);
        assertThatThrownBy(() -> channel.read(1)).isInstanceOf(SocketTimeoutException.class);
        channel.extendDeadline(Duration.ofSeconds(10).toNanos());
        assertThat(channel.read(1)).containsExactly(7);
    }

    @Test
    void whatIsAppendedLeavesWithTheNextWrite() throws IOException {
        channel.append(new byte[] {1, 2});
        channel.append(new byte[] {3});
        channel.write(new byte[] {4});
        assertThat(theirs.socket().getInputStream().readNBytes(4)).containsExactly(1, 2, 3, 4);
    }
}
