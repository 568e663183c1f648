package io.github.jmeterbtest.engine.latency;

import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.platform.NanoClock;
import io.github.jmeterbtest.engine.platform.Sockets;
import io.github.jmeterbtest.engine.platform.TcpInfo;
import io.github.jmeterbtest.engine.report.IntervalReport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a TCP connection and closes it at once: the other system's kernel answers, whatever its programs do. A refusal
 * is an answer as well. The connection is reset, so that neither end keeps anything of it.
 */
final class ConnectProbe implements Probe {
    /** Until then a system has repeated its packet, after 1 s (RFC 6298), some again at 2 s. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** No system gives up by itself so soon. */
    private static final long MAX_REFUSAL_NANOS = Duration.ofMillis(2_500).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(ConnectProbe.class);

    private final NanoClock clock;
    private final InetSocketAddress target;
    private final InetAddress local;
    private final int dscp;
    // guarded by this
    private SocketChannel current;
    private boolean closed;

    /**
     * @param local address to probe from; null for the system's choice
     * @param dscp of what is sent, 0..63
     */
    ConnectProbe(NanoClock clock, InetSocketAddress target, InetAddress local, int dscp) {
        this.clock = clock;
        this.target = target;
        this.local = local;
        this.dscp = dscp;
    }

    @Override
    public Answer ask() throws IOException {
        SocketChannel channel = open();
        try {
            remember(channel);
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            Dscp.mark(channel, dscp);
            if (local != null) {
                channel.bind(new InetSocketAddress(local, 0));
            }
            return connect(channel);
        } finally {
            Sockets.closeQuietly(channel);
        }
    }

    /** A server of the one family and a local address of the other are no fault of this program's. */
    private SocketChannel open() throws IOException {
        try {
            SocketChannel channel = SocketChannel.open(Sockets.family(target.getAddress()));
            if (local != null && Sockets.family(local) != Sockets.family(target.getAddress())) {
                channel.close();
                throw new IOException("cannot probe " + Sockets.show(target) + " from " + local.getHostAddress());
            }
            return channel;
        } catch (UnsupportedOperationException e) {
            throw new IOException("this Java has no sockets for " + Sockets.show(target), e);
        }
    }

    private Answer connect(SocketChannel channel) throws IOException {
        long sentAt = clock.nanoTime();
        try {
            channel.socket().connect(target, (int) TIMEOUT.toMillis());
        } catch (SocketTimeoutException | NoRouteToHostException e) {
            return LOST;
        } catch (ConnectException e) {
            // one exception for two things: a refusal, and a system that has given up
            long waited = clock.nanoTime() - sentAt;
            return waited < MAX_REFUSAL_NANOS ? Answer.after(waited) : LOST;
        }
        long waited = clock.nanoTime() - sentAt;
        // finding the socket takes longer than a short probe
        return waited < LateProbes.LATE_NANOS ? Answer.after(waited) : new Answer(waited, roundTripNanos(channel));
    }

    /**
     * Linux takes it from the timestamps of TCP (RFC 7323), which tell a repeated packet from the first. A repeated
     * answer has the timestamp of the first.
     */
    private static long roundTripNanos(SocketChannel connected) {
        try (TcpInfo info = TcpInfo.of(List.of(connected))) {
            long nanos = info.read().map(TcpInfo.Reading::meanRttNanos).orElse(0L);
            return nanos > 0 ? nanos : IntervalReport.UNKNOWN;
        } catch (IOException e) {
            LOG.debug("the end of the test closed a probe that had been answered", e);
            return IntervalReport.UNKNOWN;
        }
    }

    private synchronized void remember(SocketChannel channel) throws AsynchronousCloseException {
        if (closed) {
            throw new AsynchronousCloseException();
        }
        current = channel;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Sockets.closeQuietly(current);
    }
}
