package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.latency.LatencyProbes;
import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;

/**
 * What a client asks for: made by a {@link ClientOptionsBuilder}, checked once, then never changed. Some names are
 * RouterOS's, such as connection-count.
 */
public final class ClientOptions {
    /** The port of every RouterOS bandwidth server. */
    public static final int DEFAULT_PORT = 2000;
    /** Maximum TCP port; the minimum is 1. */
    public static final int MAX_PORT = 0xFFFF;
    /** Minimum reporting interval. */
    public static final Duration MIN_INTERVAL = Duration.ofMillis(20);
    /** Maximum reporting interval. */
    public static final Duration MAX_INTERVAL = Duration.ofSeconds(5);
    /** Minimum duration of a test. */
    public static final Duration MIN_DURATION = MIN_INTERVAL;
    /** Maximum duration of a test. */
    public static final Duration MAX_DURATION = Duration.ofDays(7);
    /** Maximum of bytes after which a test can be told to end: a thousand TB. */
    public static final long MAX_BYTES = 1_000_000_000_000_000L;
    /** Minimum time for a DNS lookup, a connect or an answer of the handshake. */
    public static final Duration MIN_TIMEOUT = Duration.ofMillis(20);
    /** Maximum time for a DNS lookup, a connect or an answer of the handshake. */
    public static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);
    /** Minimum silence after which a peer counts as lost. */
    public static final Duration MIN_LOST_PEER_TIME = Duration.ofSeconds(1);
    /** Maximum silence after which a peer counts as lost. */
    public static final Duration MAX_LOST_PEER_TIME = Duration.ofMinutes(10);
    /** Minimum time from one latency probe to the next. */
    public static final Duration MIN_LATENCY_PROBES = LatencyProbes.MIN_INTERVAL;
    /** Maximum time from one latency probe to the next. */
    public static final Duration MAX_LATENCY_PROBES = LatencyProbes.MAX_INTERVAL;
    /** Maximum number of TCP connections, or streams of datagrams; the minimum is 1. */
    public static final int MAX_CONNECTION_COUNT = 0xFF;
    /** Maximum speed that can be asked for, bit/s. */
    public static final long MAX_SPEED = Command.MAX_SPEED;
    /** Smallest IP packet of a UDP test, bytes. */
    public static final int MIN_UDP_TX_SIZE = Command.MIN_UDP_TX_SIZE;
    /** Largest IP packet of a UDP test, bytes. */
    public static final int MAX_UDP_TX_SIZE = Command.MAX_UDP_TX_SIZE;

    /** Maximum DSCP; the minimum is 0. */
    public static final int MAX_DSCP = Dscp.MAX;

    private final ClientOptionsBuilder values;

    ClientOptions(ClientOptionsBuilder values) {
        this.values = values;
    }

    /**
     * @param left how long a test may still last
     * @return the same test, made shorter if need be, but not below 20 ms; the shortened test may lie entirely within
     *     the omitted time
     */
    public ClientOptions within(Duration left) {
        if (left.compareTo(duration()) >= 0) {
            return this;
        }
        ClientOptionsBuilder shorter = values.copy();
        shorter.duration = left.compareTo(MIN_DURATION) < 0 ? MIN_DURATION : left;
        return new ClientOptions(shorter);
    }

    /** @return a builder with the defaults: TCP, receive, one connection, unlimited, zeros, 10 s */
    public static ClientOptionsBuilder builder() {
        return new ClientOptionsBuilder();
    }

    /** @return host name or address of the server */
    public String server() {
        return values.server;
    }

    /** @return TCP port of the server */
    public int port() {
        return values.port;
    }

    /** @return user and password, both may be empty */
    public Credentials credentials() {
        return values.credentials;
    }

    /** @return the only login to accept, or {@link Authentication#AUTO} */
    public Authentication authentication() {
        return values.authentication;
    }

    /** @return what carries the data */
    public Protocol protocol() {
        return values.protocol;
    }

    /** @return which way the data flows */
    public Direction direction() {
        return values.direction;
    }

    /** @return how long the transfer runs at most */
    public Duration duration() {
        return values.duration;
    }

    /**
     * @return bytes, received and sent together as the report counts them, after which the test ends as if its duration
     *     were over; 0 for no limit
     */
    public long maxBytes() {
        return values.maxBytes;
    }

    /**
     * @return how long at the start intervals are reported as omitted, and kept out of averages, minimum and maximum
     */
    public Duration omit() {
        return values.omit;
    }

    /** @return how often to report */
    public Duration interval() {
        return values.interval;
    }

    /** @return what this end may send, bit/s; 0 for unlimited */
    public long localTxSpeed() {
        return values.localTxSpeed;
    }

    /** @return what the server may send, bit/s; 0 for unlimited */
    public long remoteTxSpeed() {
        return values.remoteTxSpeed;
    }

    /** @return size of the IP packets that this end sends in a UDP test, bytes */
    public int localUdpTxSize() {
        return values.localUdpTxSize;
    }

    /** @return size of the IP packets that the server sends in a UDP test, bytes */
    public int remoteUdpTxSize() {
        return values.remoteUdpTxSize;
    }

    /** @return whether to send and ask for incompressible data instead of zeros */
    public boolean randomData() {
        return values.randomData;
    }

    /** @return TCP connections to use, or streams of datagrams, each with a port of its own on this end */
    public int connectionCount() {
        return values.connectionCount;
    }

    /** @return how long the lookup of the name, then the TCP connect, and then each answer of the handshake may take */
    public Duration connectTimeout() {
        return values.connectTimeout;
    }

    /** @return how long the peer may stay silent before it counts as lost (RouterOS: assume-lost-time) */
    public Duration lostPeerTime() {
        return values.lostPeerTime;
    }

    /**
     * @return whether to open a way through a NAT for the server's datagrams, and to take them from any port of the
     *     server
     */
    public boolean nat() {
        return values.nat;
    }

    /** @return whether to end a test only when the server has reported all that still arrives of what was sent */
    public boolean awaitTail() {
        return values.awaitTail;
    }

    /** @return local address to test from; empty for the system's choice */
    public String localAddress() {
        return values.localAddress;
    }

    /** @return time from one latency probe to the next; 0 for none */
    public Duration latencyProbes() {
        return values.latencyProbes;
    }

    /** @return TCP port that latency probes connect to; 0 for that of the server */
    public int latencyPort() {
        return values.latencyPort;
    }

    /** @return DSCP of everything that this end sends, 0..63; 0 for what the system chooses */
    public int dscp() {
        return values.dscp;
    }

    /** @return congestion control of the TCP connections that carry a TCP test; empty for that of the system */
    public String congestionControl() {
        return values.congestionControl;
    }

    /** @return what comes before the test: the time in which the idle link is probed */
    public Duration leadTime() {
        return latencyProbes().isZero() ? Duration.ZERO : LatencyProbes.IDLE_TIME;
    }

    /** @return the message that asks a server for this test */
    Command command() {
        int txSize = protocol() == Protocol.TCP
                ? Command.TCP_TX_SIZE
                : direction().clientReceives() ? remoteUdpTxSize() : localUdpTxSize();
        // for one, RouterOS says 0 in a UDP test; it is right over TCP as well
        int connections = connectionCount() > 1 ? connectionCount() : 0;
        return new Command(
                protocol(), direction(), randomData(), connections, txSize, 0, remoteTxSpeed(), localTxSpeed());
    }
}
