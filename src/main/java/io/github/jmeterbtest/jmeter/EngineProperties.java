package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.BandwidthClient;
import java.util.Properties;
import org.apache.jmeter.util.JMeterUtils;

/** The engine knows system properties only ({@code -D}); users of JMeter also set its own ({@code -J}, {@code -G}). */
final class EngineProperties {
    private static final EngineProperties OF_THIS_JVM = new EngineProperties(System.getProperties());

    private final Properties system;
    /** What {@link #take} has set, so that a later run can set something else; null if it is the user's. */
    private String taken;

    EngineProperties(Properties system) {
        this.system = system;
    }

    /** To be called at the start of a run, before anything of the engine. */
    static void apply() {
        OF_THIS_JVM.take(JMeterUtils.getJMeterProperties());
    }

    /** A system property of the user's takes precedence. */
    synchronized void take(Properties jmeter) {
        String batching = jmeter.getProperty(BandwidthClient.BATCHING_PROPERTY);
        String before = system.getProperty(BandwidthClient.BATCHING_PROPERTY);
        if (batching != null && (before == null || before.equals(taken))) {
            system.setProperty(BandwidthClient.BATCHING_PROPERTY, batching);
            taken = batching;
        }
    }
}
