package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.latency.LatencyProbes;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.report.BtestException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The latency probes of a client's test, if there are to be any. Used by the thread that runs the client. */
final class ClientLatency implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientLatency.class);

    private final NanoClock clock;
    private final ClientOptions options;
    private LatencyProbes probes;
    private InetAddress target;

    ClientLatency(NanoClock clock, ClientOptions options) {
        this.clock = clock;
        this.options = options;
    }

    /** Probes the idle link, before anything is connected: a server waits for a client only so long. */
    void measureIdle(ClientHandshake handshake) throws IOException, BtestException {
        if (options.latencyProbes().isZero()) {
            return;
        }
        probe(handshake.lookUp(), handshake.local());
        handshake.closeWithIt(probes);
        probes.measureIdle();
    }

    /** Probes from now on, beside the test. */
    void start(InetAddress server, InetAddress local) {
        if (probes == null) {
            return;
        }
        if (!server.equals(target)) {
            // the first address of a name did not accept a connection
            probes.close();
            probe(server, local);
        }
        try {
            probes.start();
        } catch (OutOfMemoryError e) {
            // no thread is to be had; the test may still find one
            LOG.warn("There are no latency probes: {}", e.getMessage());
        }
    }

    private void probe(InetAddress server, InetAddress local) {
        target = server;
        int port = options.latencyPort() == 0 ? options.port() : options.latencyPort();
        probes = new LatencyProbes(
                clock, new InetSocketAddress(server, port), local, options.dscp(), options.latencyProbes());
    }

    Optional<LatencyProbes> probes() {
        return Optional.ofNullable(probes);
    }

    @Override
    public void close() {
        if (probes != null) {
            probes.close();
        }
    }
}
