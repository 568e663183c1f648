package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.harness.FullListener;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests of an hour that end long before. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class StopTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @ParameterizedTest
    @EnumSource
    void stopFromAnotherThreadEndsTheTestWithWhatWasMeasured(Protocol protocol) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client = new BandwidthClient(Loopback.client(server)
                    .protocol(protocol)
                    .direction(Direction.BOTH)
                    .duration(HOUR)
                    .build());
            CountDownLatch measured = new CountDownLatch(2);
            CompletableFuture<TestReport> test = Loopback.inBackground(client, onData(measured::countDown));
            assertThat(measured.await(30, TimeUnit.SECONDS)).isTrue();
            client.stop();
            assertStopped(Loopback.failure(test));
            // for the server the client has closed, as any client does
            assertThat(Loopback.session(server).follow(Loopback.NOBODY).rxBytes())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsTheTestAndTheFlagStays(Protocol protocol) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BtestException failure = Loopback.failure(() -> new BandwidthClient(Loopback.client(server)
                            .protocol(protocol)
                            .direction(Direction.BOTH)
                            .duration(HOUR)
                            .build())
                    .run(onData(() -> Thread.currentThread().interrupt())));
            assertThat(Thread.interrupted()).isTrue();
            assertStopped(failure);
        }
    }

    @Test
    void theListenerItselfMayStopTheTest() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client =
                    new BandwidthClient(Loopback.client(server).duration(HOUR).build());
            assertStopped(Loopback.failure(() -> client.run(onData(client::stop))));
        }
    }

    @Test
    void aTestThatWasStoppedBeforeItRanDoesNotRun() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client =
                    new BandwidthClient(Loopback.client(server).duration(HOUR).build());
            client.stop();
            BtestException failure = Loopback.failure(() -> client.run(Loopback.NOBODY));
            assertThat(failure.kind()).isEqualTo(ErrorKind.STOPPED);
            assertThat(failure.report()).isEmpty();
        }
    }

    @Test
    void stopEndsTheWaitForAServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            BandwidthClient client = new BandwidthClient(Loopback.client(silent.getLocalPort())
                    .connectTimeout(Duration.ofMinutes(5))
                    .build());
            CompletableFuture<TestReport> test = Loopback.inBackground(client, Loopback.NOBODY);
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                client.stop();
                BtestException failure = Loopback.failure(test);
                assertThat(failure.kind()).isEqualTo(ErrorKind.STOPPED);
                assertThat(failure).hasMessageContaining("before the transfer began");
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "other systems refuse a connection where the queue is full")
    void stopEndsTheWaitForAConnection() throws Exception {
        try (FullListener full = new FullListener()) {
            BandwidthClient client = new BandwidthClient(Loopback.client(full.port())
                    .connectTimeout(Duration.ofMinutes(5))
                    .build());
            AtomicReference<BtestException> failure = new AtomicReference<>();
            Thread thread = new Thread(() -> failure.set(Loopback.failure(() -> client.run(Loopback.NOBODY))));
            thread.start();
            full.awaitPacket();
            client.stop();
            thread.join();
            assertThat(failure.get().kind()).isEqualTo(ErrorKind.STOPPED);
        }
    }

    @Test
    void anInterruptEndsTheWaitForAServerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            BandwidthClient client = new BandwidthClient(Loopback.client(silent.getLocalPort())
                    .connectTimeout(Duration.ofMinutes(5))
                    .build());
            AtomicReference<BtestException> failure = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                failure.set(Loopback.failure(() -> client.run(Loopback.NOBODY)));
                flag.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
            try (Socket accepted = silent.accept()) {
                assertThat(accepted.isConnected()).isTrue();
                thread.interrupt();
                thread.join();
            }
            assertThat(failure.get().kind()).isEqualTo(ErrorKind.STOPPED);
            assertThat(flag.get()).isTrue();
        }
    }

    @Test
    void aListenerThatThrowsEndsTheTestAndFreesTheServer() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client =
                    new BandwidthClient(Loopback.client(server).duration(HOUR).build());
            CompletableFuture<TestReport> test = Loopback.inBackground(client, onData(() -> {
                throw new IllegalStateException("listener");
            }));
            assertThat(test)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withMessageContaining("listener");
            assertThat(Loopback.session(server).follow(Loopback.NOBODY).txBytes())
                    .isPositive();
        }
    }

    /** The server sees the client close, and only then the listener goes on. */
    private static Runnable awaitEndAt(BandwidthServer server) {
        return () -> {
            try {
                Loopback.session(server).follow(Loopback.NOBODY);
            } catch (BtestException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    void aListenerThatTakesItsTimeMakesNoTestLonger() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            AtomicReference<Runnable> first = new AtomicReference<>(awaitEndAt(server));
            TestReport report = new BandwidthClient(Loopback.client(server).build())
                    .run(interval -> first.getAndSet(() -> {}).run());
            assertThat(report.rxBytes()).isPositive();
        }
    }

    @Test
    void stopEndsTheTestEvenWhileTheListenerIsBusy() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            BandwidthClient client =
                    new BandwidthClient(Loopback.client(server).duration(HOUR).build());
            AtomicReference<Runnable> first = new AtomicReference<>(awaitEndAt(server));
            assertStopped(Loopback.failure(() -> client.run(onData(() -> {
                client.stop();
                first.getAndSet(() -> {}).run();
            }))));
        }
    }

    @Test
    void aSessionThatIsFinishedIsGood() throws Exception {
        try (BandwidthServer server = BandwidthServer.start(Loopback.server().build())) {
            CompletableFuture<TestReport> test = Loopback.inBackground(
                    new BandwidthClient(Loopback.client(server).duration(HOUR).build()), Loopback.NOBODY);
            ServerSession session = Loopback.session(server);
            TestReport report = session.follow(interval -> {
                if (interval.txBytes() > 0) {
                    session.finish();
                }
            });
            assertThat(report.txBytes()).isPositive();
            assertThat(Loopback.failure(test).kind()).isEqualTo(ErrorKind.PEER_LOST);
        }
    }

    /** On a busy machine an interval may pass before anything comes. */
    private static Consumer<IntervalReport> onData(Runnable action) {
        return interval -> {
            if (interval.rxBytes() > 0) {
                action.run();
            }
        };
    }

    private static void assertStopped(BtestException failure) {
        assertThat(failure.kind()).isEqualTo(ErrorKind.STOPPED);
        assertThat(failure).hasMessageContaining("stopped after");
        TestReport partial = failure.report().orElseThrow();
        assertThat(partial.rxBytes()).isPositive();
        assertThat(partial.intervals()).isNotEmpty();
        assertThat(partial.transferNanos()).isLessThan(HOUR.toNanos());
    }
}
