package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.latency.LatencyProbes;
import io.github.jmeterbtest.engine.platform.Dscp;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;

/**
 * What a client asks for: made by a {@link Builder}, checked once, then never changed. Some names are RouterOS's, such
 * as connection-count.
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

    /** All intervals of a test are kept until its end. */
    private static final int MAX_INTERVALS = 1_000_000;

    private final Builder values;

    private ClientOptions(Builder values) {
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
        Builder shorter = values.copy();
        shorter.duration = left.compareTo(MIN_DURATION) < 0 ? MIN_DURATION : left;
        return new ClientOptions(shorter);
    }

    /** @return a builder with the defaults: TCP, receive, one connection, unlimited, zeros, 10 s */
    public static Builder builder() {
        return new Builder();
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

    /** Collects the options; {@link #build()} checks them. */
    public static final class Builder implements Cloneable {
        private String server = "";
        private int port = DEFAULT_PORT;
        private Credentials credentials = new Credentials("", "");
        private Authentication authentication = Authentication.AUTO;
        private Protocol protocol = Protocol.TCP;
        private Direction direction = Direction.RECEIVE;
        private Duration duration = Duration.ofSeconds(10);
        private long maxBytes;
        private Duration omit = Duration.ZERO;
        private Duration interval = Duration.ofSeconds(1);
        private long localTxSpeed;
        private long remoteTxSpeed;
        private int localUdpTxSize = Command.DEFAULT_UDP_TX_SIZE;
        private int remoteUdpTxSize = Command.DEFAULT_UDP_TX_SIZE;
        private boolean randomData;
        private int connectionCount = 1;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration lostPeerTime = Duration.ofSeconds(5);
        private boolean nat;
        private boolean awaitTail;
        private String localAddress = "";
        private Duration latencyProbes = Duration.ZERO;
        private int latencyPort;
        private int dscp;
        private String congestionControl = "";

        private Builder() {}

        /** @param server host name or address */
        public Builder server(String server) {
            this.server = server;
            return this;
        }

        /** @param port 1..65535 */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** @param credentials user and password; both may be empty */
        public Builder credentials(Credentials credentials) {
            this.credentials = credentials;
            return this;
        }

        /** @param authentication the only login to accept, or {@link Authentication#AUTO} */
        public Builder authentication(Authentication authentication) {
            this.authentication = authentication;
            return this;
        }

        /** @param protocol what carries the data */
        public Builder protocol(Protocol protocol) {
            this.protocol = protocol;
            return this;
        }

        /** @param direction which way the data flows */
        public Builder direction(Direction direction) {
            this.direction = direction;
            return this;
        }

        /** @param duration 20 ms .. 7 days */
        public Builder duration(Duration duration) {
            this.duration = duration;
            return this;
        }

        /** @param bytes 0..10^15, received and sent together, after which the test ends; 0 for no limit */
        public Builder maxBytes(long bytes) {
            this.maxBytes = bytes;
            return this;
        }

        /** @param omit at least 0; at least half an interval must remain */
        public Builder omit(Duration omit) {
            this.omit = omit;
            return this;
        }

        /** @param interval 20 ms .. 5 s */
        public Builder interval(Duration interval) {
            this.interval = interval;
            return this;
        }

        /** @param bitsPerSecond 0..4294967295; 0 for unlimited */
        public Builder localTxSpeed(long bitsPerSecond) {
            this.localTxSpeed = bitsPerSecond;
            return this;
        }

        /** @param bitsPerSecond 0..4294967295; 0 for unlimited */
        public Builder remoteTxSpeed(long bitsPerSecond) {
            this.remoteTxSpeed = bitsPerSecond;
            return this;
        }

        /** @param bytes 28..64000 */
        public Builder localUdpTxSize(int bytes) {
            this.localUdpTxSize = bytes;
            return this;
        }

        /** @param bytes 28..64000 */
        public Builder remoteUdpTxSize(int bytes) {
            this.remoteUdpTxSize = bytes;
            return this;
        }

        /** @param randomData incompressible data instead of zeros */
        public Builder randomData(boolean randomData) {
            this.randomData = randomData;
            return this;
        }

        /** @param connectionCount 1..255 */
        public Builder connectionCount(int connectionCount) {
            this.connectionCount = connectionCount;
            return this;
        }

        /** @param connectTimeout 20 ms .. 10 min */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = connectTimeout;
            return this;
        }

        /** @param lostPeerTime 1 s .. 10 min */
        public Builder lostPeerTime(Duration lostPeerTime) {
            this.lostPeerTime = lostPeerTime;
            return this;
        }

        /** @param nat whether this end sits behind a NAT */
        public Builder nat(boolean nat) {
            this.nat = nat;
            return this;
        }

        /**
         * @param awaitTail whether to wait, up to 2.5 s after the end of the sending, until the server has reported
         *     what was still on its way; then {@link io.github.jmeterbtest.engine.report.TestReport#arrivedBytes} is
         *     all that ever arrived
         */
        public Builder awaitTail(boolean awaitTail) {
            this.awaitTail = awaitTail;
            return this;
        }

        /** @param localAddress address of this machine, or empty */
        public Builder localAddress(String localAddress) {
            this.localAddress = localAddress;
            return this;
        }

        /** @param latencyProbes 0, or 100 ms .. 1 min from one probe to the next */
        public Builder latencyProbes(Duration latencyProbes) {
            this.latencyProbes = latencyProbes;
            return this;
        }

        /** @param latencyPort 1..65535, or 0 for that of the server */
        public Builder latencyPort(int latencyPort) {
            this.latencyPort = latencyPort;
            return this;
        }

        /** @param dscp 0..63, for everything that this end sends; 0 for what the system chooses */
        public Builder dscp(int dscp) {
            this.dscp = dscp;
            return this;
        }

        /**
         * @param name of a congestion control that this system has, such as cubic, for the TCP connections that carry a
         *     TCP test; empty for that of the system. Linux with Java 22 or newer sets it, else the test fails
         */
        public Builder congestionControl(String name) {
            this.congestionControl = name;
            return this;
        }

        /** At most half of the last interval may be omitted; otherwise no interval would count. */
        private Duration maxOmit() {
            Duration lastBegins = interval.multipliedBy((duration.toNanos() - 1) / interval.toNanos());
            Duration max = lastBegins.plus(interval.dividedBy(2));
            Duration shorterThanTest = duration.minus(MIN_DURATION);
            return max.compareTo(shorterThanTest) < 0 ? max : shorterThanTest;
        }

        /**
         * @return the options
         * @throws BtestException of kind {@link ErrorKind#INVALID_OPTION}, naming the field, its value and what would
         *     be right
         */
        public ClientOptions build() throws BtestException {
            server = OptionChecks.notBlank("server", server);
            OptionChecks.inRange("port", port, 1, MAX_PORT);
            OptionChecks.present("user and password", credentials);
            OptionChecks.present("authentication", authentication);
            OptionChecks.present("protocol", protocol);
            OptionChecks.present("direction", direction);
            OptionChecks.inRange("duration", duration, MIN_DURATION, MAX_DURATION);
            OptionChecks.inRange("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
            if (duration.dividedBy(interval) > MAX_INTERVALS) {
                throw BtestException.invalidOption(
                        "interval",
                        "is " + interval.toMillis() + " ms, which divides the duration into more than " + MAX_INTERVALS
                                + " intervals; use a longer interval");
            }
            OptionChecks.inRange("ends after", maxBytes, 0, MAX_BYTES);
            OptionChecks.inRange("omit", omit, Duration.ZERO, maxOmit());
            OptionChecks.speed("local-tx-speed", localTxSpeed);
            OptionChecks.speed("remote-tx-speed", remoteTxSpeed);
            OptionChecks.inRange("local-udp-tx-size", localUdpTxSize, MIN_UDP_TX_SIZE, MAX_UDP_TX_SIZE);
            OptionChecks.inRange("remote-udp-tx-size", remoteUdpTxSize, MIN_UDP_TX_SIZE, MAX_UDP_TX_SIZE);
            OptionChecks.inRange("connection-count", connectionCount, 1, MAX_CONNECTION_COUNT);
            OptionChecks.inRange("connect timeout", connectTimeout, MIN_TIMEOUT, MAX_TIMEOUT);
            OptionChecks.inRange("assume-lost-time", lostPeerTime, MIN_LOST_PEER_TIME, MAX_LOST_PEER_TIME);
            OptionChecks.present("latency probes", latencyProbes);
            if (!latencyProbes.isZero()) {
                OptionChecks.inRange("latency probes", latencyProbes, MIN_LATENCY_PROBES, MAX_LATENCY_PROBES);
            }
            OptionChecks.inRange("latency port", latencyPort, 0, MAX_PORT);
            OptionChecks.inRange("dscp", dscp, 0, MAX_DSCP);
            congestionControl = congestionControl == null ? "" : congestionControl.trim();
            OptionChecks.congestionControl(congestionControl);
            localAddress = localAddress == null ? "" : localAddress.trim();
            return new ClientOptions(copy());
        }

        private Builder copy() {
            try {
                return (Builder) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
