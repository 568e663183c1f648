package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.SampleEmitter;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.jmeter.config.ConfigTestElement;
import org.apache.jmeter.samplers.AbstractSampler;
import org.apache.jmeter.samplers.Entry;
import org.apache.jmeter.samplers.Interruptible;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.testelement.TestElement;
import org.apache.jmeter.testelement.TestStateListener;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jorphan.util.JMeterStopTestException;
import org.apache.jorphan.util.JMeterStopTestNowException;
import org.apache.jorphan.util.JMeterStopThreadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the samplers share: how JMeter runs one test.
 *
 * <p>What JMeter calls, and on which thread:
 *
 * <pre>
 * engine thread          testStarted()                          the first in this process loads the engine
 *                        clone() for each JMeter thread: no-argument constructor, then properties; fields are lost
 * JMeter thread          setThreadContext()                       from here on an interrupt is for the next sample
 *                        sample()
 *                          removes the variables of the previous test
 *                          prepare()                              reads the properties; a wrong one fails the sample
 *                          PreparedTest.run                      the whole test
 *                            SampleEmitter.interval               each interval: sets variables, emits, removes them
 *                          sets the variables of this test
 *                          FinalSample                            returned to JMeter: assertions, listeners
 * another thread         interrupt()                              Stop, or a Sample Timeout: a partial, failed sample;
 *                                                                 after the sample: nothing
 * </pre>
 *
 * JMeter's Shutdown and the thread group's duration interrupt nothing, so a test is shortened to the time that the
 * thread group has left.
 */
abstract class AbstractBandwidthSampler extends AbstractSampler implements Interruptible, TestStateListener {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(AbstractBandwidthSampler.class);
    private static final Set<String> MERGED_CONFIGS = Set.of("org.apache.jmeter.config.gui.SimpleConfigGui");

    // guarded by this
    private transient boolean current;
    private transient Thread preparing;
    private transient PreparedTest running;
    private transient boolean interrupted;

    /** What can begin. */
    interface PreparedTest {
        /** {@return what is tested, without any secret} */
        String request();

        /** {@return what takes its intervals; null if a failure has none of its own} */
        SampleEmitter emitter();

        /** {@return what ends it soon; any thread} */
        Runnable stop();

        /**
         * Runs it to its end.
         *
         * @param label of the sample
         * @return the final sample
         */
        SampleResult run(BtestVariables variables, String label) throws BtestException;
    }

    /**
     * One test.
     *
     * @param request what was tested, without any secret
     * @param emitter takes its intervals
     * @param test runs it, or follows it, to its end
     * @param stop ends it soon; any thread
     */
    record SingleTest(String request, SampleEmitter emitter, Run test, Runnable stop) implements PreparedTest {
        @Override
        public SampleResult run(BtestVariables variables, String label) throws BtestException {
            TestReport report = test.to(emitter::interval);
            variables.set(report);
            return FinalSample.passed(report, emitter, label, request);
        }
    }

    /** Gives every interval to a listener, on the calling thread. */
    interface Run {
        TestReport to(Consumer<IntervalReport> listener) throws BtestException;
    }

    /**
     * Reads the properties and does what comes before a test. It may wait; Stop interrupts the thread then.
     *
     * @return null if the thread group's time was over before there was a test
     * @throws BtestException if there can be no test
     */
    abstract PreparedTest prepare() throws BtestException;

    /**
     * {@return the final sample; null, which JMeter takes for none, if the thread group's time was over before there
     * was a test}
     */
    @Override
    public final SampleResult sample(Entry ignored) {
        FinalSample.Watch watch = new FinalSample.Watch();
        BtestVariables variables = new BtestVariables(getThreadContext().getVariables());
        variables.beginTest();
        PreparedTest test = null;
        try {
            test = begin();
            if (test == null) {
                return null;
            }
            return test.run(variables, getName());
        } catch (BtestException failure) {
            log.warn("{} failed: {}: {}", getName(), failure.kind(), failure.getMessage());
            failure.report().ifPresent(variables::set);
            return FinalSample.failed(
                    failure, test == null ? null : test.emitter(), watch.stop(), getName(), request(test));
        } catch (JMeterStopThreadException | JMeterStopTestException | JMeterStopTestNowException wanted) {
            // a function in one of the fields has nothing more to give, as at the end of a file
            throw wanted;
        } catch (RuntimeException | Error bug) {
            // JMeter would log it and go on without any sample, which would look as if nothing had failed, or lose its
            // thread
            log.error("{} failed because of an internal error", getName(), bug);
            return FinalSample.failed(
                    FinalSample.INTERNAL_ERROR, bug.toString(), watch.stop(), getName(), request(test));
        } finally {
            variables.endTest();
            end();
            // Stop interrupts this thread too; listeners and later samplers must not stumble over it
            Thread.interrupted();
        }
    }

    /** What takes time once is done before the thread groups' time begins. */
    @Override
    public final void testStarted() {
        EngineProperties.apply();
        BandwidthClient.prepare();
    }

    @Override
    public final void testStarted(String host) {
        testStarted();
    }

    @Override
    public final void testEnded() {}

    @Override
    public final void testEnded(String host) {}

    /** JMeter calls it right before each sample, and before anybody can interrupt that. */
    @Override
    public void setThreadContext(JMeterContext context) {
        super.setThreadContext(context);
        synchronized (this) {
            current = true;
            interrupted = false;
        }
    }

    private PreparedTest begin() throws BtestException {
        beginToPrepare(Thread.currentThread());
        PreparedTest test = prepare();
        if (test != null && beginToRun(test)) {
            test.stop().run();
        }
        return test;
    }

    private synchronized void beginToPrepare(Thread thread) {
        current = true;
        preparing = thread;
        if (interrupted) {
            thread.interrupt();
        } else {
            // some elements leave the flag behind; JMeter's Stop tells the sampler as well
            Thread.interrupted();
        }
    }

    /** {@return whether the test is to be stopped at once} */
    private synchronized boolean beginToRun(PreparedTest test) {
        running = test;
        return interrupted;
    }

    private synchronized void end() {
        current = false;
        preparing = null;
        running = null;
        interrupted = false;
    }

    private static String request(PreparedTest test) {
        return test == null ? "" : test.request();
    }

    /** Called under a lock of JMeter's from another thread, so it must not wait. Too late, it has no effect. */
    @Override
    public final boolean interrupt() {
        PreparedTest test;
        synchronized (this) {
            if (!current) {
                return false;
            }
            interrupted = true;
            test = running;
            if (test == null && preparing != null) {
                preparing.interrupt();
            }
        }
        if (test != null) {
            test.stop().run();
        }
        return true;
    }

    /** Other samplers' defaults have nothing to say here. */
    @Override
    public boolean applies(ConfigTestElement config) {
        return MERGED_CONFIGS.contains(config.getPropertyAsString(TestElement.GUI_CLASS));
    }
}
