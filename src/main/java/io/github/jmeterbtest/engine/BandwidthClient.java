package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Threads;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.engine.transfer.LostPeerTimeout;
import io.github.jmeterbtest.engine.transfer.Side;
import io.github.jmeterbtest.engine.transfer.SpeedCaps;
import io.github.jmeterbtest.engine.transfer.Timing;
import io.github.jmeterbtest.engine.transfer.Transfer;
import io.github.jmeterbtest.protocol.MalformedMessageException;
import java.io.IOException;
import java.time.Instant;
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
    /** System property; {@code false} has clients and servers that start from then on send and receive one by one. */
    public static final String BATCHING_PROPERTY = Batching.PROPERTY;

    private final ClientOptions options;
    private final NanoClock clock;
    private final ClientHandshake handshake;
    private volatile boolean stopped;
    private volatile Measurement running;
    private volatile Instant started;

    /** @param options what to test; one client runs one test */
    public BandwidthClient(ClientOptions options) {
        this(options, HostNames.SYSTEM, NanoClock.SYSTEM);
    }

    /** @param names knows the addresses of the server's name */
    BandwidthClient(ClientOptions options, HostNames names, NanoClock clock) {
        this.options = options;
        this.clock = clock;
        this.handshake = new ClientHandshake(clock, options, names);
    }

    /**
     * Has Java load the engine, once in a process, which takes 0.3 s or more. Otherwise the first test does it, before
     * it connects.
     */
    public static void prepare() {
        Rehearsal.once();
    }

    /**
     * Runs the test, and returns at its end.
     *
     * @param listener gets each interval on the calling thread, right after it ended; one that takes long delays only
     *     itself
     * @return what was measured
     * @throws BtestException if the test could not run to its end or measured nothing in a tested direction; what was
     *     measured until then is in {@link BtestException#report()}. Kind {@link ErrorKind#STOPPED} after
     *     {@link #stop()} or an interrupt of the calling thread, whose flag stays set
     */
    public TestReport run(Consumer<IntervalReport> listener) throws BtestException {
        prepare();
        try (ClientHandshake opening = handshake;
                ClientLatency latency = new ClientLatency(clock, options)) {
            latency.measureIdle(opening);
            return measure(opening.open(), latency, listener);
        } catch (IOException e) {
            if (isStopped()) {
                throw stoppedBeforeTransfer();
            }
            throw handshake.explain(e);
        } catch (MalformedMessageException e) {
            throw new BtestException(ErrorKind.PROTOCOL, "the server violated the protocol: " + e.getMessage(), e);
        } catch (BtestException e) {
            throw isStopped() && e.report().isEmpty() ? stoppedBeforeTransfer() : e;
        }
    }

    /** @return wall-clock time at which the transfer started, known from the first interval on; null before */
    public Instant started() {
        return started;
    }

    /**
     * Ends the test within 200 ms, from any thread, before or during {@link #run}. Without {@link #prepare}, the first
     * one of a process may take half a second more.
     */
    public void stop() {
        stopped = true;
        Measurement measurement = running;
        if (measurement != null) {
            measurement.stop();
        } else {
            handshake.close();
        }
    }

    private TestReport measure(Transfer transfer, ClientLatency latency, Consumer<IntervalReport> listener)
            throws BtestException {
        Measurement.Setup setup = handshake.setup();
        latency.start(setup.peer().getAddress(), setup.local().getAddress());
        Measurement measurement = new Measurement(setup, timing(), transfer, latency.probes());
        started = measurement.started();
        running = measurement;
        if (stopped) {
            measurement.stop();
        }
        boolean slow = SpeedCaps.of(Side.CLIENT, handshake.command()).slow();
        startMeasuring(slow, () -> measurement.run(() -> {}));
        try {
            return measurement.followOrStop(listener);
        } finally {
            // where the listener threw, nobody else ends it
            measurement.stop();
        }
    }

    private Timing timing() {
        return new Timing(
                options.duration(),
                options.omit(),
                options.interval(),
                options.maxBytes(),
                LostPeerTimeout.of(Side.CLIENT, options.lostPeerTime(), handshake.command()),
                options.awaitTail());
    }

    private static void startMeasuring(boolean slow, Runnable work) throws BtestException {
        try {
            Threads.start("client", slow, work);
        } catch (OutOfMemoryError e) {
            throw BtestException.noThread(e);
        }
    }

    private boolean isStopped() {
        return stopped || Thread.currentThread().isInterrupted();
    }

    private static BtestException stoppedBeforeTransfer() {
        return new BtestException(ErrorKind.STOPPED, "the test was stopped before the transfer began");
    }
}
