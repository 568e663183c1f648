package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Status;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A peer that does not read blocks the thread that writes our statuses; the test must end all the same. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(30)
class BlockedStatusTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Receives a byte whenever it is asked, and hangs in its first status until it is closed. */
    private final class Stuck extends Transfer {
        private final AtomicLong received = new AtomicLong();
        private final boolean alive;

        Stuck(boolean alive) {
            super(NanoClock.SYSTEM, System.nanoTime(), new PeerStatus(false, 1, null));
            this.alive = alive;
        }

        @Override
        void sendStatus(Status status) throws IOException {
            blocked.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new AsynchronousCloseException();
        }

        @Override
        void closeChannels() {
            closed.countDown();
        }

        @Override
        public int connections() {
            return 1;
        }

        @Override
        long rxBytes() {
            return alive ? received.incrementAndGet() : 0;
        }

        @Override
        long txBytes() {
            return 0;
        }

        @Override
        long signsOfLife() {
            return rxBytes();
        }

        @Override
        void startThreads() {
            // nothing moves
        }

        @Override
        boolean peerTellsArrivals() {
            return false;
        }

        @Override
        boolean peerIsCredible() {
            return true;
        }

        @Override
        boolean peerMustReport() {
            return false;
        }

        @Override
        boolean sendsStatuses() {
            return true;
        }
    }

    private TestRun run(boolean alive, Duration duration, Duration silence) {
        Command command = new Command(Protocol.TCP, Direction.TRANSMIT, false, 0, 0x8000, 0, 0, 0);
        return new TestRun(
                new Stuck(alive),
                SpeedCaps.of(Side.SERVER, command),
                new Timing(duration, Duration.ZERO, Duration.ofMillis(500), silence),
                interval -> {});
    }

    private static CompletableFuture<TestRun.Ending> inBackground(TestRun run) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run.run();
            } catch (BtestException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void theDurationEndsIt() throws Exception {
        assertThat(run(true, Duration.ofMillis(1300), HOUR).run()).isEqualTo(TestRun.Ending.TIME_IS_UP);
    }

    @Test
    void theLostPeerTimeEndsIt() throws Exception {
        assertThat(run(false, HOUR, Duration.ofMillis(1300)).run()).isEqualTo(TestRun.Ending.PEER_SILENT);
    }

    /** This end closes the connection then: that is no end by the peer. */
    @Test
    void soItDoesWhereThePeerStillSends() throws Exception {
        assertThat(run(true, HOUR, Duration.ofMillis(1300)).run()).isEqualTo(TestRun.Ending.PEER_SILENT);
    }

    @Test
    void finishEndsIt() throws Exception {
        TestRun run = run(true, HOUR, HOUR);
        CompletableFuture<TestRun.Ending> end = inBackground(run);
        blocked.await();
        run.finish();
        assertThat(end.get()).isEqualTo(TestRun.Ending.TIME_IS_UP);
    }

    @Test
    void stopEndsIt() throws Exception {
        TestRun run = run(true, HOUR, HOUR);
        CompletableFuture<TestRun.Ending> end = inBackground(run);
        blocked.await();
        run.stop();
        assertThat(end.get()).isEqualTo(TestRun.Ending.STOPPED);
    }
}
