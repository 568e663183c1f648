package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.report.BtestException;
import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.engine.util.NoConfigMerge;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.gui.GuiPackage;
import org.apache.jmeter.samplers.SampleMonitor;
import org.apache.jmeter.samplers.Sampler;
import org.apache.jmeter.testelement.TestStateListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A config element that starts with the run and may fail to. There is one for the whole plan.
 *
 * <p>Life: {@code testStarted} on the engine's thread, before there are threads, starts it; {@code testEnded} on the
 * engine's thread ends it. Both for local runs without an argument, on a remote engine with its host. If it cannot
 * start, {@code sampleStarting} on the first JMeter thread leaves a failed sample with this element's name and ends the
 * run: only there the listeners are known that shall see why. JMeter calls that before all samplers if this is a child
 * of the Test Plan, else only before those of the Thread Group that it is in.
 */
abstract class StartedElement extends ConfigTestElement
        implements TestStateListener, SampleMonitor, NoThreadClone, NoConfigMerge {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(StartedElement.class);

    private transient volatile FailedStart failure;

    /** @throws BtestException if it cannot start; then {@link #end} follows all the same */
    abstract void start() throws BtestException;

    /** Ends what has started, if anything has. */
    abstract void end();

    @Override
    public final void testStarted() {
        failure = null;
        try {
            start();
        } catch (BtestException e) {
            failure = new FailedStart(getName(), e);
        }
    }

    @Override
    public final void testStarted(String host) {
        testStarted();
    }

    @Override
    public final void testEnded() {
        failure = null;
        end();
    }

    @Override
    public final void testEnded(String host) {
        testEnded();
    }

    @Override
    public final void sampleStarting(Sampler sampler) {
        FailedStart reason = failure;
        if (reason != null) {
            reason.endRun();
        }
    }

    @Override
    public final void sampleEnded(Sampler sampler) {
        // only the start matters
    }

    /** {@return whether the start has failed, so that the run is about to end} */
    final boolean hasFailed() {
        return failure != null;
    }

    /** To the console too, where there is no form to look at: whoever waits to connect waits for such a line. */
    static void announce(String message) {
        log.info(message);
        if (GuiPackage.getInstance() == null) {
            System.out.println(message);
        }
    }
}
