package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Our client and our server on one machine: short tests, short intervals. */
public final class Loopback {
    static final Credentials ADMIN = new Credentials("admin", "pass ẘörd");
    /** Less than a second, after which a server must report. */
    static final Duration DURATION = Duration.ofMillis(500);
    /** Long enough for some data on a busy machine. */
    static final Duration DURATION_WITH_OUR_SERVER = Duration.ofSeconds(1);

    static final Duration INTERVAL = Duration.ofMillis(100);
    static final Consumer<IntervalReport> NOBODY = interval -> {};

    private Loopback() {}

    /** {@return what a server on any free port of 127.0.0.1 needs} */
    public static ServerOptions.Builder server() {
        return ServerOptions.builder()
                .port(0)
                .udpPortsFrom(Ports.ofServer())
                .udpPortCount(Ports.OF_A_SERVER)
                .interval(INTERVAL);
    }

    /** {@return a short test against that server} */
    public static ClientOptionsBuilder client(BandwidthServer server) {
        return client(server.address().getPort())
                .server(server.address().getAddress().getHostAddress())
                .duration(DURATION_WITH_OUR_SERVER);
    }

    /** {@return a short test against whatever listens on that port of 127.0.0.1} */
    public static ClientOptionsBuilder client(int port) {
        return ClientOptions.builder()
                .server("127.0.0.1")
                .port(port)
                .duration(DURATION)
                .interval(INTERVAL);
    }

    static TestReport run(ClientOptionsBuilder options) throws BtestException {
        return new BandwidthClient(options.build()).run(NOBODY);
    }

    /** Runs a test that ends as soon as it has moved data. */
    static TestReport runUntilData(ClientOptionsBuilder options) throws BtestException {
        return runUntilData(options, HostNames.SYSTEM);
    }

    static TestReport runUntilData(ClientOptionsBuilder options, HostNames names) throws BtestException {
        BandwidthClient client =
                new BandwidthClient(options.duration(Duration.ofHours(1)).build(), names, NanoClock.SYSTEM);
        try {
            return client.run(interval -> {
                if (interval.rxBytes() + interval.txBytes() > 0) {
                    client.stop();
                }
            });
        } catch (BtestException e) {
            if (e.kind() == ErrorKind.STOPPED) {
                return e.report().orElseThrow();
            }
            throw e;
        }
    }

    /** {@return how the test failed; the calling test fails if it did not} */
    public static BtestException failure(ClientOptionsBuilder options) {
        return failure(() -> run(options));
    }

    public static BtestException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable test) {
        BtestException failure = catchThrowableOfType(BtestException.class, test);
        if (failure == null) {
            throw new AssertionError("the test succeeded");
        }
        return failure;
    }

    /** Runs the test on a thread of its own; a {@link BtestException} is the cause of the future's failure. */
    static CompletableFuture<TestReport> inBackground(BandwidthClient client, Consumer<IntervalReport> listener) {
        CompletableFuture<TestReport> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(client.run(listener));
                    } catch (BtestException | RuntimeException | Error e) {
                        result.completeExceptionally(e);
                    }
                },
                "client under test");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** {@return how a test in the background failed} */
    public static BtestException failure(CompletableFuture<TestReport> test) {
        return failure(() -> {
            try {
                test.join();
            } catch (CompletionException e) {
                throw e.getCause();
            }
        });
    }

    /** {@return the next session, which must come soon} */
    static ServerSession session(BandwidthServer server) throws InterruptedException {
        return server.awaitSession(Duration.ofSeconds(10), any -> true).orElseThrow();
    }
}
