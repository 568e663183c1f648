package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import io.github.jmeterbtest.jmeter.form.FormRules;
import io.github.jmeterbtest.jmeter.sample.PacketSize;
import java.time.Duration;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.testelement.TestElement;

/**
 * The form of {@link ThroughputSearchSampler}; what is empty in it, a {@link BandwidthTestDefaults} element may give.
 */
public class ThroughputSearchSamplerGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "throughputSearch";

    static {
        ElementIcon.register(ThroughputSearchSamplerGui.class, ElementIcon.Drawing.SEARCH);
    }

    /** Builds the form. */
    public ThroughputSearchSamplerGui() {
        super(
                Place.SAMPLER,
                ThroughputSearchSampler::new,
                ThroughputSearchSampler.FIELDS,
                rules().required(BandwidthTestSampler.SERVER));
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

    private static FormRules rules() {
        FieldCheck speed = FieldCheck.speedAboveZero(ClientOptions.MAX_SPEED);
        FieldCheck trial = FieldCheck.seconds(ThroughputSearchSampler.MIN_TRIAL, ThroughputSearchSampler.MAX_TRIAL);
        return new FormRules(ThroughputSearchSampler.FIELDS)
                .emptyIsUnknown()
                .check(BandwidthTestSampler.SERVER, FieldCheck.HOST)
                .check(BandwidthTestSampler.LOCAL_ADDRESS, FieldCheck.HOST)
                .check(BandwidthTestSampler.PORT, FieldCheck.wholeNumber(1, ClientOptions.MAX_PORT))
                .check(ThroughputSearchSampler.PACKET_SIZES, PacketSize.CHECK)
                .check(ThroughputSearchSampler.ACCEPTED_LOSS, FieldCheck.listOf(FieldCheck.PERCENT))
                .check(ThroughputSearchSampler.LOWEST_RATE, speed)
                .check(ThroughputSearchSampler.HIGHEST_RATE, speed)
                .check(
                        ThroughputSearchSampler.PRECISION,
                        FieldCheck.decimal(
                                ThroughputSearchSampler.MIN_PRECISION, ThroughputSearchSampler.MAX_PRECISION))
                .check(ThroughputSearchSampler.SHORT_TRIAL, trial)
                .check(ThroughputSearchSampler.FINAL_TRIAL, trial)
                .check(
                        ThroughputSearchSampler.PAUSE,
                        FieldCheck.seconds(Duration.ZERO, ThroughputSearchSampler.MAX_PAUSE))
                .check(
                        ThroughputSearchSampler.MAX_TRIALS,
                        FieldCheck.wholeNumber(1, ThroughputSearchSampler.MAX_TRIALS_LIMIT))
                .check(BandwidthTestSampler.DSCP, FieldCheck.DSCP)
                .check(ThroughputSearchSampler.MIN_RATE, FieldCheck.rate(Fields.MAX_RATE))
                .check(
                        BandwidthTestSampler.CONNECT_TIMEOUT,
                        FieldCheck.millis(ClientOptions.MIN_TIMEOUT, ClientOptions.MAX_TIMEOUT))
                .check(
                        BandwidthTestSampler.LOST_PEER_TIME,
                        FieldCheck.seconds(ClientOptions.MIN_LOST_PEER_TIME, ClientOptions.MAX_LOST_PEER_TIME))
                .check(
                        BandwidthTestSampler.INTERVAL,
                        FieldCheck.millis(ClientOptions.MIN_INTERVAL, ClientOptions.MAX_INTERVAL))
                .appliesFor(BandwidthTestSampler.USER, BandwidthTestSampler.AUTHENTICATION, "auto", "md5", "ec-srp5")
                .appliesFor(
                        BandwidthTestSampler.PASSWORD, BandwidthTestSampler.AUTHENTICATION, "auto", "md5", "ec-srp5");
    }
}
