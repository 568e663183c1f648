package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.protocol.MalformedMessageException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One bandwidth test against a server: connect, log in, transfer, report.
 *
 * <pre>{@code
 * ClientOptions options = ClientOptions.builder().server("192.0.2.1").duration(Duration.ofSeconds(5)).build();
 * TestReport report = new BandwidthClient(options).run(second -> System.out.println(second.rxBitsPerSecond()));
 * }</pre>
 */
public final class BandwidthClient {
    private final ClientOptions options;
    private final ClientHandshake handshake;
    private volatile boolean stopped;
    private volatile TestRun run;
    private volatile Instant started;

    /** @param options what to test; one client runs one test */
    public BandwidthClient(ClientOptions options) {
        this.options = options;
        this.handshake = new ClientHandshake(options);
    }

    /**
     * Runs the test on the calling thread.
     *
     * @param listener gets each interval on the calling thread, right after it ended
     * @return what was measured
     * @throws BtestException if the test could not run to its end or measured nothing in a tested direction; what was
     *                        measured until then is in {@link BtestException#report()}. Kind {@link ErrorKind#STOPPED}
     *                        after {@link #stop()} or an interrupt of the calling thread, whose flag stays set
     */
    public TestReport run(Consumer<IntervalReport> listener) throws BtestException {
        long begin = System.nanoTime();
        try (ClientHandshake opening = handshake) {
            Transfer transfer = opening.open();
            return transfer(opening, transfer, begin, listener);
        } catch (IOException e) {
            if (isStopped()) {
                throw stoppedBeforeTransfer();
            }
            throw handshake.explain(e);
        } catch (MalformedMessageException e) {
            throw new BtestException(ErrorKind.PROTOCOL, "the server broke the protocol: " + e.getMessage(), e);
        } catch (BtestException e) {
            throw isStopped() && e.report().isEmpty() ? stoppedBeforeTransfer() : e;
        }
    }

    /** @return wall-clock time of the transfer's begin, known from the first interval on; null before */
    public Instant started() {
        return started;
    }

    /** Ends the test within 200 ms, from any thread, before or during {@link #run}. */
    public void stop() {
        stopped = true;
        TestRun running = run;
        if (running != null) {
            running.stop();
        } else {
            handshake.close();
        }
    }

    private TestReport transfer(ClientHandshake opening, Transfer transfer, long begin, Consumer<IntervalReport> listener)
            throws BtestException {
        List<IntervalReport> intervals = new ArrayList<>();
        TestRun testRun = new TestRun(transfer, SpeedCaps.ofClient(opening.command()), options.duration(), options.omit(), options.interval(),
                Silence.allowed(options.lostPeerTime(), opening.command(), options.remoteTxSpeed()),
                interval -> {
                    intervals.add(interval);
                    listener.accept(interval);
                });
        run = testRun;
        if (stopped) {
            testRun.stop();
        }
        started = Instant.now();
        BtestException failure = null;
        try {
            failure = Verdict.ofClient(testRun.run(), opening.command(), intervals, transfer);
        } catch (BtestException e) {
            failure = e;
        }
        TestReport report = opening.report(started, begin, transfer, intervals);
        if (failure != null) {
            throw failure.with(report);
        }
        return report;
    }

    private boolean isStopped() {
        return stopped || Thread.currentThread().isInterrupted();
    }

    private static BtestException stoppedBeforeTransfer() {
        return new BtestException(ErrorKind.STOPPED, "the test was stopped before the transfer began");
    }
}
