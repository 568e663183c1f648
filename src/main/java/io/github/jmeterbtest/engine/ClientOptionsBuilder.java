package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;

/** Collects what a client asks for; {@link #build()} checks it. Made by {@link ClientOptions#builder()}. */
public final class ClientOptionsBuilder implements Cloneable {
    /** All intervals of a test are kept until its end. */
    private static final int MAX_INTERVALS = 1_000_000;

    String server = "";
    int port = ClientOptions.DEFAULT_PORT;
    Credentials credentials = new Credentials("", "");
    Authentication authentication = Authentication.AUTO;
    Protocol protocol = Protocol.TCP;
    Direction direction = Direction.RECEIVE;
    Duration duration = Duration.ofSeconds(10);
    long maxBytes;
    Duration omit = Duration.ZERO;
    Duration interval = Duration.ofSeconds(1);
    long localTxSpeed;
    long remoteTxSpeed;
    int localUdpTxSize = Command.DEFAULT_UDP_TX_SIZE;
    int remoteUdpTxSize = Command.DEFAULT_UDP_TX_SIZE;
    boolean randomData;
    int connectionCount = 1;
    Duration connectTimeout = Duration.ofSeconds(5);
    Duration lostPeerTime = Duration.ofSeconds(5);
    boolean nat;
    boolean awaitTail;
    String localAddress = "";
    Duration latencyProbes = Duration.ZERO;
    int latencyPort;
    int dscp;
    String congestionControl = "";

    ClientOptionsBuilder() {}

    /** @param server host name or address */
    public ClientOptionsBuilder server(String server) {
        this.server = server;
        return this;
    }

    /** @param port 1..65535 */
    public ClientOptionsBuilder port(int port) {
        this.port = port;
        return this;
    }

    /** @param credentials user and password; both may be empty */
    public ClientOptionsBuilder credentials(Credentials credentials) {
        this.credentials = credentials;
        return this;
    }

    /** @param authentication the only login to accept, or {@link Authentication#AUTO} */
    public ClientOptionsBuilder authentication(Authentication authentication) {
        this.authentication = authentication;
        return this;
    }

    /** @param protocol what carries the data */
    public ClientOptionsBuilder protocol(Protocol protocol) {
        this.protocol = protocol;
        return this;
    }

    /** @param direction which way the data flows */
    public ClientOptionsBuilder direction(Direction direction) {
        this.direction = direction;
        return this;
    }

    /** @param duration 20 ms .. 7 days */
    public ClientOptionsBuilder duration(Duration duration) {
        this.duration = duration;
        return this;
    }

    /** @param bytes 0..10^15, received and sent together, after which the test ends; 0 for no limit */
    public ClientOptionsBuilder maxBytes(long bytes) {
        this.maxBytes = bytes;
        return this;
    }

    /** @param omit at least 0; at least half an interval must remain */
    public ClientOptionsBuilder omit(Duration omit) {
        this.omit = omit;
        return this;
    }

    /** @param interval 20 ms .. 5 s */
    public ClientOptionsBuilder interval(Duration interval) {
        this.interval = interval;
        return this;
    }

    /** @param bitsPerSecond 0..4294967295; 0 for unlimited */
    public ClientOptionsBuilder localTxSpeed(long bitsPerSecond) {
        this.localTxSpeed = bitsPerSecond;
        return this;
    }

    /** @param bitsPerSecond 0..4294967295; 0 for unlimited */
    public ClientOptionsBuilder remoteTxSpeed(long bitsPerSecond) {
        this.remoteTxSpeed = bitsPerSecond;
        return this;
    }

    /** @param bytes 28..64000 */
    public ClientOptionsBuilder localUdpTxSize(int bytes) {
        this.localUdpTxSize = bytes;
        return this;
    }

    /** @param bytes 28..64000 */
    public ClientOptionsBuilder remoteUdpTxSize(int bytes) {
        this.remoteUdpTxSize = bytes;
        return this;
    }

    /** @param randomData incompressible data instead of zeros */
    public ClientOptionsBuilder randomData(boolean randomData) {
        this.randomData = randomData;
        return this;
    }

    /** @param connectionCount 1..255 */
    public ClientOptionsBuilder connectionCount(int connectionCount) {
        this.connectionCount = connectionCount;
        return this;
    }

    /** @param connectTimeout 20 ms .. 10 min */
    public ClientOptionsBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return this;
    }

    /** @param lostPeerTime 1 s .. 10 min */
    public ClientOptionsBuilder lostPeerTime(Duration lostPeerTime) {
        this.lostPeerTime = lostPeerTime;
        return this;
    }

    /** @param nat whether this end sits behind a NAT */
    public ClientOptionsBuilder nat(boolean nat) {
        this.nat = nat;
        return this;
    }

    /**
     * @param awaitTail whether to wait, up to 2.5 s after the end of the sending, until the server has reported what
     *     was still on its way; then {@link io.github.jmeterbtest.engine.report.TestReport#arrivedBytes} is all that
     *     ever arrived
     */
    public ClientOptionsBuilder awaitTail(boolean awaitTail) {
        this.awaitTail = awaitTail;
        return this;
    }

    /** @param localAddress address of this machine, or empty */
    public ClientOptionsBuilder localAddress(String localAddress) {
        this.localAddress = localAddress;
        return this;
    }

    /** @param latencyProbes 0, or 100 ms .. 1 min from one probe to the next */
    public ClientOptionsBuilder latencyProbes(Duration latencyProbes) {
        this.latencyProbes = latencyProbes;
        return this;
    }

    /** @param latencyPort 1..65535, or 0 for that of the server */
    public ClientOptionsBuilder latencyPort(int latencyPort) {
        this.latencyPort = latencyPort;
        return this;
    }

    /** @param dscp 0..63, for everything that this end sends; 0 for what the system chooses */
    public ClientOptionsBuilder dscp(int dscp) {
        this.dscp = dscp;
        return this;
    }

    /**
     * @param name of a congestion control that this system has, such as cubic, for the TCP connections that carry a TCP
     *     test; empty for that of the system. Linux with Java 22 or newer sets it, else the test fails
     */
    public ClientOptionsBuilder congestionControl(String name) {
        this.congestionControl = name;
        return this;
    }

    /** At most half of the last interval may be omitted; otherwise no interval would count. */
    private Duration maxOmit() {
        Duration lastBegins = interval.multipliedBy((duration.toNanos() - 1) / interval.toNanos());
        Duration max = lastBegins.plus(interval.dividedBy(2));
        Duration shorterThanTest = duration.minus(ClientOptions.MIN_DURATION);
        return max.compareTo(shorterThanTest) < 0 ? max : shorterThanTest;
    }

    /**
     * @return the options
     * @throws BtestException of kind {@link ErrorKind#INVALID_OPTION}, naming the field, its value and what would be
     *     right
     */
    public ClientOptions build() throws BtestException {
        server = OptionChecks.notBlank("server", server);
        OptionChecks.inRange("port", port, 1, ClientOptions.MAX_PORT);
        OptionChecks.present("user and password", credentials);
        OptionChecks.present("authentication", authentication);
        OptionChecks.present("protocol", protocol);
        OptionChecks.present("direction", direction);
        OptionChecks.inRange("duration", duration, ClientOptions.MIN_DURATION, ClientOptions.MAX_DURATION);
        OptionChecks.inRange("interval", interval, ClientOptions.MIN_INTERVAL, ClientOptions.MAX_INTERVAL);
        if (duration.dividedBy(interval) > MAX_INTERVALS) {
            throw BtestException.invalidOption(
                    "interval",
                    "is " + interval.toMillis() + " ms, which divides the duration into more than " + MAX_INTERVALS
                            + " intervals; use a longer interval");
        }
        OptionChecks.inRange("ends after", maxBytes, 0, ClientOptions.MAX_BYTES);
        OptionChecks.inRange("omit", omit, Duration.ZERO, maxOmit());
        OptionChecks.speed("local-tx-speed", localTxSpeed);
        OptionChecks.speed("remote-tx-speed", remoteTxSpeed);
        OptionChecks.inRange(
                "local-udp-tx-size", localUdpTxSize, ClientOptions.MIN_UDP_TX_SIZE, ClientOptions.MAX_UDP_TX_SIZE);
        OptionChecks.inRange(
                "remote-udp-tx-size", remoteUdpTxSize, ClientOptions.MIN_UDP_TX_SIZE, ClientOptions.MAX_UDP_TX_SIZE);
        OptionChecks.inRange("connection-count", connectionCount, 1, ClientOptions.MAX_CONNECTION_COUNT);
        OptionChecks.inRange("connect timeout", connectTimeout, ClientOptions.MIN_TIMEOUT, ClientOptions.MAX_TIMEOUT);
        OptionChecks.inRange(
                "assume-lost-time", lostPeerTime, ClientOptions.MIN_LOST_PEER_TIME, ClientOptions.MAX_LOST_PEER_TIME);
        OptionChecks.present("latency probes", latencyProbes);
        if (!latencyProbes.isZero()) {
            OptionChecks.inRange(
                    "latency probes",
                    latencyProbes,
                    ClientOptions.MIN_LATENCY_PROBES,
                    ClientOptions.MAX_LATENCY_PROBES);
        }
        OptionChecks.inRange("latency port", latencyPort, 0, ClientOptions.MAX_PORT);
        OptionChecks.inRange("dscp", dscp, 0, ClientOptions.MAX_DSCP);
        congestionControl = congestionControl == null ? "" : congestionControl.trim();
        OptionChecks.congestionControl(congestionControl);
        localAddress = localAddress == null ? "" : localAddress.trim();
        return new ClientOptions(copy());
    }

    ClientOptionsBuilder copy() {
        try {
            return (ClientOptionsBuilder) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }
}
