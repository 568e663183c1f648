package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.auth.Credentials;
import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ClientOptionsBuilder;
import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.field.FormField;
import io.github.jmeterbtest.jmeter.field.IntervalReporting;
import io.github.jmeterbtest.jmeter.sample.RequestText;
import io.github.jmeterbtest.jmeter.sample.RunningTest;
import io.github.jmeterbtest.jmeter.sample.SampleEmitter;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.jmeter.config.ConfigTestElement;

/** MikroTik Bandwidth Test: one sample is one whole test against a RouterOS device or a MikroTik Bandwidth Server. */
public class BandwidthTestSampler extends AbstractBandwidthSampler {
    private static final long serialVersionUID = 1L;

    /**
     * In less than this the first data of a far router may not have come, and a good link would look like a dead one.
     */
    private static final Duration MIN_LEFT = Duration.ofMillis(250);

    /** Host name or address. */
    public static final String SERVER = "BandwidthTest.server";
    /** TCP port, 1..65535. */
    public static final String PORT = "BandwidthTest.port";
    /** Empty for no login. */
    public static final String USER = "BandwidthTest.user";
    /** May be empty. */
    public static final String PASSWORD = "BandwidthTest.password";
    /** auto, none, md5 or ec-srp5. */
    public static final String AUTHENTICATION = "BandwidthTest.authentication";
    /** Address of this machine to test from; empty for any. */
    public static final String LOCAL_ADDRESS = "BandwidthTest.localAddress";
    /** tcp or udp. */
    public static final String PROTOCOL = "BandwidthTest.protocol";
    /** receive, transmit or both. */
    public static final String DIRECTION = "BandwidthTest.direction";
    /** Seconds, decimals allowed. */
    public static final String DURATION = "BandwidthTest.duration";
    /** Bytes, received and sent together, after which the test ends, such as 500M; empty for no limit. */
    public static final String MAX_BYTES = "BandwidthTest.maxBytes";
    /** Seconds at the start that are left out of averages, decimals allowed. */
    public static final String OMIT = "BandwidthTest.omit";
    /** TCP connections, or streams of datagrams, 1..255. */
    public static final String CONNECTION_COUNT = "BandwidthTest.connectionCount";
    /** true for incompressible data. */
    public static final String RANDOM_DATA = "BandwidthTest.randomData";
    /** What this end may send, such as 100M; empty or 0 for unlimited. */
    public static final String LOCAL_TX_SPEED = "BandwidthTest.localTxSpeed";
    /** What the server may send, such as 100M; empty or 0 for unlimited. */
    public static final String REMOTE_TX_SPEED = "BandwidthTest.remoteTxSpeed";
    /** DSCP of everything that this machine sends, 0..63 or a name; empty for the system's choice. */
    public static final String DSCP = "BandwidthTest.dscp";
    /** Congestion control of TCP on what this machine sends, such as cubic; empty for the system's. */
    public static final String CONGESTION_CONTROL = "BandwidthTest.congestionControl";
    /** Size of the IP packets sent, bytes, 28..64000. */
    public static final String LOCAL_UDP_TX_SIZE = "BandwidthTest.localUdpTxSize";
    /** Size of the IP packets that the server sends, bytes, 28..64000. */
    public static final String REMOTE_UDP_TX_SIZE = "BandwidthTest.remoteUdpTxSize";
    /** true behind a NAT. */
    public static final String NAT = "BandwidthTest.nat";
    /** Milliseconds. */
    public static final String CONNECT_TIMEOUT = "BandwidthTest.connectTimeout";
    /** Seconds. */
    public static final String LOST_PEER_TIME = "BandwidthTest.lostPeerTime";
    /** Milliseconds, 20..5000. */
    public static final String INTERVAL = "BandwidthTest.interval";
    /** live, sub-results or none. */
    public static final String INTERVAL_REPORTING = "BandwidthTest.intervalReporting";

    /** Milliseconds from one latency probe to the next, 100..60000; empty for none. */
    public static final String LATENCY_PROBES = "BandwidthTest.latencyProbes";
    /** TCP port that latency probes connect to; empty for that of the server. */
    public static final String LATENCY_PORT = "BandwidthTest.latencyPort";

    /** Every property of this element, in the order of its form. */
    public static final List<FormField> FIELDS = List.of(
            FormField.text("server", SERVER, "").checkedAs("server"),
            FormField.text("server", PORT, "2000").checkedAs("port"),
            FormField.text("server", USER, ""),
            FormField.password("server", PASSWORD),
            FormField.choice("server", AUTHENTICATION, "auto", List.of("auto", "none", "md5", "ec-srp5")),
            FormField.text("server", LOCAL_ADDRESS, ""),
            FormField.choice("test", PROTOCOL, "tcp", List.of("tcp", "udp")),
            FormField.choice("test", DIRECTION, "receive", List.of("receive", "transmit", "both")),
            FormField.text("test", DURATION, "10").checkedAs("duration"),
            FormField.text("test", MAX_BYTES, "").checkedAs("ends after"),
            FormField.text("test", OMIT, "0").checkedAs("omit"),
            FormField.text("test", CONNECTION_COUNT, "1").checkedAs("connection-count"),
            FormField.yesNo("test", RANDOM_DATA),
            FormField.text("test", LOCAL_TX_SPEED, "").checkedAs("local-tx-speed"),
            FormField.text("test", REMOTE_TX_SPEED, "").checkedAs("remote-tx-speed"),
            FormField.text("test", DSCP, "").checkedAs("dscp"),
            FormField.text("tcp", CONGESTION_CONTROL, "").checkedAs("congestion control"),
            FormField.text("udp", LOCAL_UDP_TX_SIZE, "1500").checkedAs("local-udp-tx-size"),
            FormField.text("udp", REMOTE_UDP_TX_SIZE, "1500").checkedAs("remote-udp-tx-size"),
            FormField.yesNo("udp", NAT),
            FormField.text("limits", CONNECT_TIMEOUT, "5000").checkedAs("connect timeout"),
            FormField.text("limits", LOST_PEER_TIME, "5").checkedAs("assume-lost-time"),
            FormField.text("latency", LATENCY_PROBES, "").checkedAs("latency probes"),
            FormField.text("latency", LATENCY_PORT, "").checkedAs("latency port"),
            FormField.text("reporting", INTERVAL, "1000").checkedAs("interval"),
            IntervalReporting.field(INTERVAL_REPORTING));

    @Override
    PreparedTest prepare() throws BtestException {
        ClientOptions configured = options();
        Optional<Duration> groupEnds = Schedule.left(getThreadContext());
        Optional<Duration> left = groupEnds
                .map(time -> time.minus(configured.leadTime()))
                .filter(time -> time.compareTo(configured.duration()) < 0);
        if (left.isPresent() && left.get().compareTo(MIN_LEFT) < 0) {
            Schedule.awaitEnd(groupEnds.get());
            return null;
        }
        ClientOptions options = left.map(configured::within).orElse(configured);
        BandwidthClient client = new BandwidthClient(options);
        return new SingleTest(
                RequestText.of(options),
                new SampleEmitter(
                        this,
                        reporting(),
                        new RunningTest(
                                options.protocol(),
                                options.interval(),
                                Optional.of(options.duration()),
                                client::started)),
                client::run,
                client::stop);
    }

    /** Defaults in scope fill what is empty here, the nearest first. */
    @Override
    public boolean applies(ConfigTestElement config) {
        return config instanceof BandwidthTestDefaults || super.applies(config);
    }

    private IntervalReporting reporting() throws BtestException {
        return new Fields(this, FIELDS).choice(INTERVAL_REPORTING, IntervalReporting.values(), IntervalReporting::word);
    }

    private ClientOptions options() throws BtestException {
        Fields fields = new Fields(this, FIELDS);
        Protocol protocol = fields.choice(PROTOCOL, Protocol.values(), Protocol::word);
        Direction direction = fields.choice(DIRECTION, Direction.values(), Direction::word);
        Authentication authentication = fields.choice(AUTHENTICATION, Authentication.values(), Authentication::word);
        ClientOptionsBuilder options = ClientOptions.builder()
                .server(fields.host(SERVER))
                .port(fields.whole(PORT))
                .authentication(authentication)
                .localAddress(fields.host(LOCAL_ADDRESS))
                .protocol(protocol)
                .direction(direction)
                .duration(fields.seconds(DURATION))
                .maxBytes(fields.volume(MAX_BYTES))
                .omit(fields.seconds(OMIT))
                .connectionCount(fields.whole(CONNECTION_COUNT))
                .randomData(fields.yesNo(RANDOM_DATA))
                .connectTimeout(fields.millis(CONNECT_TIMEOUT))
                .lostPeerTime(fields.seconds(LOST_PEER_TIME))
                .dscp(fields.dscp(DSCP))
                .latencyProbes(fields.optionalMillis(LATENCY_PROBES))
                .latencyPort(fields.optionalWhole(LATENCY_PORT))
                .interval(fields.millis(INTERVAL));
        // a field that is grey in the form, since it has no effect, fails no test
        if (authentication != Authentication.NONE) {
            options.credentials(new Credentials(fields.text(USER), fields.secret(PASSWORD)));
        }
        if (direction.clientTransmits()) {
            options.localTxSpeed(fields.speed(LOCAL_TX_SPEED));
        }
        if (direction.clientReceives()) {
            options.remoteTxSpeed(fields.speed(REMOTE_TX_SPEED));
        }
        if (protocol == Protocol.TCP) {
            if (direction.clientTransmits()) {
                options.congestionControl(fields.text(CONGESTION_CONTROL));
            }
            return fields.checked(options::build);
        }
        if (direction.clientTransmits()) {
            options.localUdpTxSize(fields.whole(LOCAL_UDP_TX_SIZE));
        }
        if (direction.clientReceives()) {
            options.remoteUdpTxSize(fields.whole(REMOTE_UDP_TX_SIZE));
        }
        return fields.checked(options.nat(fields.yesNo(NAT))::build);
    }
}
