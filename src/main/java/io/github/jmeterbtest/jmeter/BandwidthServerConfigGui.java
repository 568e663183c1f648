package io.github.jmeterbtest.jmeter;

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
            .check(BandwidthServerConfig.PORT, FieldCheck.wholeNumber(0, 65535))
            .check(BandwidthServerConfig.UDP_PORTS_FROM, FieldCheck.wholeNumber(1, 65279))
            .check(BandwidthServerConfig.MAX_SESSIONS, FieldCheck.wholeNumber(1, 10_000))
            .check(BandwidthServerConfig.MAX_DURATION, FieldCheck.decimal("0.02", "604800"))
            .check(BandwidthServerConfig.LOST_PEER_TIME, FieldCheck.decimal("1", "600"))
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
