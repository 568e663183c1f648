package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import io.github.jmeterbtest.jmeter.form.FormRules;

/** The form of {@link BandwidthServerConfig}. */
public class BandwidthServerConfigGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthServer";
    /** What the fields of a server take; the ranges are the engine's. */
    static final FormRules RULES = new FormRules(BandwidthServerConfig.FIELDS)
            .required(BandwidthServerConfig.USER)
            .check(BandwidthServerConfig.PORT, FieldCheck.wholeNumber(0, ClientOptions.MAX_PORT))
            .check(BandwidthServerConfig.UDP_PORTS_FROM, FieldCheck.wholeNumber(1, ServerOptions.MAX_UDP_PORTS_FROM))
            .check(BandwidthServerConfig.DSCP, FieldCheck.DSCP)
            .check(BandwidthServerConfig.MAX_SESSIONS, FieldCheck.wholeNumber(1, ServerOptions.MAX_SESSIONS))
            .check(
                    BandwidthServerConfig.MAX_DURATION,
                    FieldCheck.seconds(ClientOptions.MIN_DURATION, ClientOptions.MAX_DURATION))
            .check(
                    BandwidthServerConfig.LOST_PEER_TIME,
                    FieldCheck.seconds(ClientOptions.MIN_LOST_PEER_TIME, ClientOptions.MAX_LOST_PEER_TIME))
            .appliesFor(BandwidthServerConfig.USER, BandwidthServerConfig.AUTHENTICATION, "md5", "ec-srp5")
            .appliesFor(BandwidthServerConfig.PASSWORD, BandwidthServerConfig.AUTHENTICATION, "md5", "ec-srp5")
            .appliesFor(BandwidthServerConfig.EC_SRP5_SECRET, BandwidthServerConfig.AUTHENTICATION, "ec-srp5")
            .appliesFor(BandwidthServerConfig.EC_SRP5_BLINDING, BandwidthServerConfig.AUTHENTICATION, "ec-srp5");

    static {
        ElementIcon.register(BandwidthServerConfigGui.class, ElementIcon.Drawing.SERVER);
    }

    /** Builds the form. */
    public BandwidthServerConfigGui() {
        super(Place.CONFIG_ELEMENT, BandwidthServerConfig::new, BandwidthServerConfig.FIELDS, RULES);
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }
}
