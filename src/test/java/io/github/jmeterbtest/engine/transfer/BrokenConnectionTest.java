package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.LocalNetworkException;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** How a connection ended is told by what its threads saw, whatever the words and the language of the system. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(20)
class BrokenConnectionTest {
    private static final Command BOTH =
            new Command(Protocol.TCP, Direction.BOTH, false, 1, Command.TCP_TX_SIZE, 0, 0, 0);

    private interface Reading {
        int read() throws IOException;
    }

    /** {@return a transfer whose writer fails first, and whose reader meets that then} */
    private static TcpTransfer run(IOException writing, Reading reading) throws BtestException {
        CountDownLatch failed = new CountDownLatch(1);
        TcpTransfer transfer = new TcpTransfer(
                NanoClock.SYSTEM,
                System.nanoTime(),
                List.of(new ScriptedStream() {
                    @Override
                    public int write(ByteBuffer buffer) throws IOException {
                        failed.countDown();
                        throw writing;
                    }

                    @Override
                    public int read(ByteBuffer buffer) throws IOException {
                        if (!isOpen()) {
                            throw new ClosedChannelException();
                        }
                        try {
                            failed.await();
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                        return reading.read();
                    }
                }),
                TcpTransfer.Role.of(Side.SERVER, BOTH, Authentication.NONE));
        transfer.start(false);
        while (!transfer.peerClosed() && transfer.failure() == null) {
            LockSupport.parkNanos(100_000);
        }
        return transfer;
    }

    @Test
    void aWriteThatFailsWhereTheReaderMeetsTheEndIsAPeerThatHasClosed() throws BtestException {
        try (TcpTransfer transfer = run(new IOException("Datenübergabe unterbrochen"), () -> -1)) {
            assertThat(transfer.failure()).isNull();
            assertThat(transfer.peerClosed()).isTrue();
        }
    }

    @Test
    void soIsOneWhereTheReaderMeetsAReset() throws BtestException {
        try (TcpTransfer transfer = run(new IOException("Datenübergabe unterbrochen"), () -> {
            throw new SocketException("Verbindung zurückgesetzt");
        })) {
            assertThat(transfer.failure()).isNull();
            assertThat(transfer.peerClosed()).isTrue();
        }
    }

    @Test
    void aConnectionThatHasTimedOutIsNotOne() throws BtestException {
        try (TcpTransfer transfer = run(new IOException("Broken pipe"), () -> {
            throw new IOException("Connection timed out");
        })) {
            assertThat(transfer.peerClosed()).isFalse();
            assertThat(transfer.failure().kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    @Test
    void norIsASystemThatTakesNoDatagram() throws BtestException {
        try (TcpTransfer transfer = run(new LocalNetworkException("cannot send datagrams", null), () -> 1)) {
            assertThat(transfer.peerClosed()).isFalse();
            assertThat(transfer.failure().kind()).isEqualTo(ErrorKind.IO);
        }
    }

    @Test
    void norIsAWriteThatFailsWhileTheConnectionGoesOn() throws BtestException {
        CountDownLatch end = new CountDownLatch(1);
        try (TcpTransfer transfer = run(new IOException("connection reset by peer, says some other system"), () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return -1;
        })) {
            assertThat(transfer.peerClosed()).isFalse();
            assertThat(transfer.failure().kind()).isEqualTo(ErrorKind.PEER_LOST);
            end.countDown();
        }
    }
}
