package io.github.jmeterbtest.jmeter;

import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.AUTHENTICATION;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.CONGESTION_CONTROL;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.CONNECTION_COUNT;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.CONNECT_TIMEOUT;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.DIRECTION;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.DSCP;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.DURATION;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.INTERVAL;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.LATENCY_PORT;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.LATENCY_PROBES;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.LOCAL_ADDRESS;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.LOCAL_TX_SPEED;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.LOCAL_UDP_TX_SIZE;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.LOST_PEER_TIME;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.MAX_BYTES;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.NAT;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.OMIT;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.PASSWORD;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.PORT;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.PROTOCOL;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.REMOTE_TX_SPEED;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.REMOTE_UDP_TX_SIZE;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.SERVER;
import static io.github.jmeterbtest.jmeter.BandwidthTestSampler.USER;

import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import io.github.jmeterbtest.jmeter.form.FormRules;
import java.time.Duration;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.testelement.TestElement;

/** The form of {@link BandwidthTestSampler}; what is empty in it, a {@link BandwidthTestDefaults} element may give. */
public class BandwidthTestSamplerGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthTest";

    static {
        ElementIcon.register(BandwidthTestSamplerGui.class, ElementIcon.Drawing.TEST);
    }

    /** Builds the form. */
    public BandwidthTestSamplerGui() {
        super(Place.SAMPLER, BandwidthTestSampler::new, BandwidthTestSampler.FIELDS, rules().required(SERVER));
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }

    @Override
    protected String inherited(TestElement element, String property) {
        GuiPackage jmeter = GuiPackage.getInstance();
        return jmeter == null ? "" : DefaultsInScope.value(jmeter.getNodeOf(element), property);
    }

    /** What the fields of a bandwidth test take, and for which protocol and direction; the ranges are the engine's. */
    static FormRules rules() {
        FieldCheck speed = FieldCheck.speed(ClientOptions.MAX_SPEED);
        FieldCheck udpSize = FieldCheck.wholeNumber(ClientOptions.MIN_UDP_TX_SIZE, ClientOptions.MAX_UDP_TX_SIZE);
        return new FormRules(BandwidthTestSampler.FIELDS)
                .emptyIsUnknown()
                .check(SERVER, FieldCheck.HOST)
                .check(LOCAL_ADDRESS, FieldCheck.HOST)
                .check(PORT, FieldCheck.wholeNumber(1, ClientOptions.MAX_PORT))
                .check(DURATION, FieldCheck.seconds(ClientOptions.MIN_DURATION, ClientOptions.MAX_DURATION))
                .check(MAX_BYTES, FieldCheck.VOLUME)
                .check(OMIT, FieldCheck.seconds(Duration.ZERO, ClientOptions.MAX_DURATION))
                .check(CONNECTION_COUNT, FieldCheck.wholeNumber(1, ClientOptions.MAX_CONNECTION_COUNT))
                .check(LOCAL_TX_SPEED, speed)
                .check(REMOTE_TX_SPEED, speed)
                .check(DSCP, FieldCheck.DSCP)
                .check(CONGESTION_CONTROL, FieldCheck.CONGESTION_CONTROL)
                .check(LOCAL_UDP_TX_SIZE, udpSize)
                .check(REMOTE_UDP_TX_SIZE, udpSize)
                .check(CONNECT_TIMEOUT, FieldCheck.millis(ClientOptions.MIN_TIMEOUT, ClientOptions.MAX_TIMEOUT))
                .check(
                        LOST_PEER_TIME,
                        FieldCheck.seconds(ClientOptions.MIN_LOST_PEER_TIME, ClientOptions.MAX_LOST_PEER_TIME))
                .check(
                        LATENCY_PROBES,
                        FieldCheck.millis(ClientOptions.MIN_LATENCY_PROBES, ClientOptions.MAX_LATENCY_PROBES))
                .check(LATENCY_PORT, FieldCheck.wholeNumber(1, ClientOptions.MAX_PORT))
                .check(INTERVAL, FieldCheck.millis(ClientOptions.MIN_INTERVAL, ClientOptions.MAX_INTERVAL))
                .appliesFor(USER, AUTHENTICATION, "auto", "md5", "ec-srp5")
                .appliesFor(PASSWORD, AUTHENTICATION, "auto", "md5", "ec-srp5")
                .appliesFor(LOCAL_TX_SPEED, DIRECTION, "transmit", "both")
                .appliesFor(REMOTE_TX_SPEED, DIRECTION, "receive", "both")
                .appliesFor(CONGESTION_CONTROL, PROTOCOL, "tcp")
                .appliesFor(CONGESTION_CONTROL, DIRECTION, "transmit", "both")
                .appliesFor(LOCAL_UDP_TX_SIZE, PROTOCOL, "udp")
                .appliesFor(LOCAL_UDP_TX_SIZE, DIRECTION, "transmit", "both")
                .appliesFor(REMOTE_UDP_TX_SIZE, PROTOCOL, "udp")
                .appliesFor(REMOTE_UDP_TX_SIZE, DIRECTION, "receive", "both")
                .appliesFor(NAT, PROTOCOL, "udp");
    }
}
