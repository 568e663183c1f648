package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.latency.LatencyProbes;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.engine.transfer.Delivery;
import io.github.jmeterbtest.engine.transfer.Outcome;
import io.github.jmeterbtest.engine.transfer.Recording;
import io.github.jmeterbtest.engine.transfer.Side;
import io.github.jmeterbtest.engine.transfer.SpeedCaps;
import io.github.jmeterbtest.engine.transfer.TestRun;
import io.github.jmeterbtest.engine.transfer.Timing;
import io.github.jmeterbtest.engine.transfer.Transfer;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.UdpHeader;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One test from the end of its handshake to its report, the same for client and server: one thread runs it, others
 * follow it or end it. Thread-safe.
 */
final class Measurement {
    private final Setup setup;
    private final Timing timing;
    private final Transfer transfer;
    private final Optional<LatencyProbes> probes;
    private final Recording recording = new Recording();
    private final TestRun run;
    private volatile boolean makesRoom;

    /**
     * What the handshake has led to.
     *
     * @param side which end this is
     * @param user who logged in; empty without a login
     * @param local this end of the control connection
     * @param peer the other end of it
     * @param serverUdpPort 0 for TCP
     * @param openedAt {@link io.github.jmeterbtest.engine.platform.NanoClock#nanoTime()} at the start of the connect
     *     (client) or of the accept (server)
     * @param connectNanos how long the TCP connect took, ns; 0 on the server
     */
    record Setup(
            Side side,
            Command command,
            Authentication authentication,
            String user,
            InetSocketAddress local,
            InetSocketAddress peer,
            int serverUdpPort,
            long openedAt,
            long connectNanos) {}

    /**
     * @param transfer what moves the data, not started
     * @param probes whoever runs the measurement starts and ends them
     */
    Measurement(Setup setup, Timing timing, Transfer transfer, Optional<LatencyProbes> probes) {
        this.setup = setup;
        this.timing = timing;
        this.transfer = transfer;
        this.probes = probes;
        this.run = new TestRun(transfer, SpeedCaps.of(setup.side, setup.command), timing, this::record);
    }

    private void record(IntervalReport interval) {
        long end = transfer.startNanos() + interval.startNanos() + interval.lengthNanos();
        recording.add(probes.map(found -> found.complete(interval, end)).orElse(interval));
    }

    Setup setup() {
        return setup;
    }

    /** @return wall-clock time of the start of the transfer */
    Instant started() {
        return transfer.startedAt();
    }

    /**
     * Runs the test on the calling thread, to its report.
     *
     * @param onStart called first; if it fails, so does the test
     */
    void run(Runnable onStart) {
        recording.record(
                () -> {
                    onStart.run();
                    return outcome(run.run());
                },
                this::report);
    }

    private BtestException outcome(TestRun.Ending ending) {
        BtestException failure =
                Outcome.of(setup.side, ending, setup.command, recording.intervals(), transfer, run.delivery());
        if (makesRoom && failure != null && failure.kind() == ErrorKind.STOPPED) {
            return new BtestException(
                    ErrorKind.STOPPED,
                    failure.getMessage() + " to make room: the server was full, its client's address held more than"
                            + " others, and it was idle for longest. Raise the maximum sessions");
        }
        return failure;
    }

    /**
     * Gives every interval from the first one on to the listener, on the calling thread, and waits for the end.
     *
     * @throws BtestException if the test failed, with the report of what was measured
     * @throws InterruptedException if the calling thread is interrupted; the test goes on
     */
    TestReport follow(Consumer<IntervalReport> listener) throws BtestException, InterruptedException {
        IntervalReport interval;
        for (int i = 0; (interval = recording.await(i)) != null; i++) {
            listener.accept(interval);
        }
        return recording.result();
    }

    /** As {@link #follow}, but an interrupt stops the test, and is set again at its end. */
    TestReport followOrStop(Consumer<IntervalReport> listener) throws BtestException {
        boolean interrupted = false;
        try {
            for (int i = 0; ; ) {
                try {
                    IntervalReport interval = recording.await(i);
                    if (interval == null) {
                        return recording.result();
                    }
                    i++;
                    listener.accept(interval);
                } catch (InterruptedException e) {
                    interrupted = true;
                    run.stop();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the test soon, as one that was stopped. */
    void stop() {
        run.stop();
    }

    /** @return for how long the test has moved nothing that can be seen, ns; any thread */
    long idleNanos() {
        return run.idleNanos();
    }

    /** Ends the test soon, as one that made room for another. */
    void makeRoom() {
        makesRoom = true;
        run.stop();
    }

    /** Ends the test soon, as if its duration were over. */
    void finish() {
        run.finish();
    }

    private TestReport report() {
        Delivery delivery = run.delivery();
        long handshake = transfer.startNanos() - setup.openedAt;
        long firstPayload = transfer.firstPayloadNanos();
        boolean server = setup.side == Side.SERVER;
        int clientUdpPort = setup.serverUdpPort == 0 ? 0 : setup.serverUdpPort + UdpHeader.CLIENT_PORT_OFFSET;
        return new TestReport(
                setup.command,
                setup.side.receives(setup.command.direction()),
                setup.side.transmits(setup.command.direction()),
                setup.authentication,
                setup.user,
                setup.local,
                setup.peer,
                server ? setup.serverUdpPort : clientUdpPort,
                server ? clientUdpPort : setup.serverUdpPort,
                transfer.connections(),
                transfer.startedAt(),
                setup.connectNanos,
                handshake,
                firstPayload == IntervalReport.UNKNOWN ? IntervalReport.UNKNOWN : handshake + firstPayload,
                transfer.longestGapNanos(),
                transfer.batched(),
                transfer.receiveBuffer(),
                delivery.arrivedBytes(),
                delivery.arrivedBitsPerSecond(timing.omit()),
                delivery.unit(),
                timing.interval(),
                probes.map(LatencyProbes::result).orElse(LatencyUnderLoad.NONE),
                transfer.congestionControl().orElse(""),
                delivery.settle(recording.intervals()));
    }
}
