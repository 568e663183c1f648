package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.BandwidthClient;
import java.util.Properties;
import org.apache.jmeter.util.JMeterUtils;

/** The engine knows system properties only ({@code -D}); users of JMeter also set its own ({@code -J}, {@code -G}). */
final class EngineProperties {
    private EngineProperties() {}

    /** To be called at the start of a run, before anything of the engine. */
    static void apply() {
        apply(JMeterUtils.getJMeterProperties(), System.getProperties());
    }

    /** A system property takes precedence. */
    static void apply(Properties jmeter, Properties system) {
        String batching = jmeter.getProperty(BandwidthClient.BATCHING_PROPERTY);
        if (batching != null) {
            system.putIfAbsent(BandwidthClient.BATCHING_PROPERTY, batching);
        }
    }
}
