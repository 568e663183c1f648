package io.github.jmeterbtest.jmeter;

import java.util.Set;
import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.samplers.Interruptible;
import org.apache.jmeter.testelement.TestElement;

/** What both samplers share towards JMeter. */
abstract class AbstractBandwidthSampler extends AbstractSampler implements Interruptible {
    private static final long serialVersionUID = 1L;
    private static final Set<String> MERGED_CONFIGS = Set.of("org.apache.jmeter.config.gui.SimpleConfigGui");

    /** Other samplers' defaults have nothing to say here. */
    @Override
    public boolean applies(ConfigTestElement config) {
        return MERGED_CONFIGS.contains(config.getPropertyAsString(TestElement.GUI_CLASS));
    }
}
