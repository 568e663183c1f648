package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;

/** The form of {@link BandwidthTestDefaults}: the sampler's fields. */
public class BandwidthTestDefaultsGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "bandwidthTestDefaults";

    static {
        ElementIcon.register(BandwidthTestDefaultsGui.class, ElementIcon.Drawing.DEFAULTS);
    }

    /** Builds the form. */
    public BandwidthTestDefaultsGui() {
        super(
                Place.CONFIG_ELEMENT,
                BandwidthTestDefaults::new,
                BandwidthTestSampler.FIELDS,
                BandwidthTestSamplerGui.rules());
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }
}
