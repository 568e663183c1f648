package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.field.ClientFilter;
import io.github.jmeterbtest.jmeter.field.FieldCheck;
import io.github.jmeterbtest.jmeter.form.ElementGui;
import io.github.jmeterbtest.jmeter.form.ElementIcon;
import io.github.jmeterbtest.jmeter.form.FormRules;
import java.time.Duration;

/** The form of {@link ServerSessionSampler}. */
public class ServerSessionSamplerGui extends ElementGui {
    private static final long serialVersionUID = 1L;
    /** Key of this element's name in the bundle. */
    static final String LABEL = "serverSession";
    /** What the fields of a server session take. */
    static final FormRules RULES = new FormRules(ServerSessionSampler.FIELDS)
            .check(ServerSessionSampler.TIMEOUT, FieldCheck.seconds(Duration.ZERO, ServerSessionSampler.MAX_TIMEOUT))
            .check(ServerSessionSampler.CLIENT_ADDRESS, ClientFilter::problem);

    static {
        ElementIcon.register(ServerSessionSamplerGui.class, ElementIcon.Drawing.SESSION);
    }

    /** Builds the form. */
    public ServerSessionSamplerGui() {
        super(Place.SAMPLER, ServerSessionSampler::new, ServerSessionSampler.FIELDS, RULES);
    }

    @Override
    public String getLabelResource() {
        return LABEL;
    }
}
