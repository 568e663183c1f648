package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.field.Fields;
import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import io.github.jmeterbtest.jmeter.form.FormRules;

/** The form of {@link BandwidthAssertion}. */
public class BandwidthAssertionGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthAssertion";

    private static final FieldCheck RATE = FieldCheck.rate(Fields.MAX_RATE);
    /** What the fields of an assertion take. */
    static final FormRules RULES = new FormRules(BandwidthAssertion.FIELDS)
            .check(BandwidthAssertion.MIN_RX_SPEED, RATE)
            .check(BandwidthAssertion.MIN_TX_SPEED, RATE)
            .check(BandwidthAssertion.MIN_INTERVAL_RX_SPEED, RATE)
            .check(BandwidthAssertion.MIN_INTERVAL_TX_SPEED, RATE)
            .check(BandwidthAssertion.MAX_LOSS, FieldCheck.PERCENT)
            .check(BandwidthAssertion.MAX_REMOTE_CPU, FieldCheck.PERCENT)
            .check(BandwidthAssertion.MAX_LOADED_LATENCY, FieldCheck.LATENCY)
            .check(BandwidthAssertion.MAX_LATENCY_INCREASE, FieldCheck.LATENCY);

    static {
        ElementIcon.register(BandwidthAssertionGui.class, ElementIcon.Drawing.ASSERTION);
    }

    /** Builds the form. */
    public BandwidthAssertionGui() {
        super(Place.ASSERTION, BandwidthAssertion::new, BandwidthAssertion.FIELDS, RULES);
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }
}
