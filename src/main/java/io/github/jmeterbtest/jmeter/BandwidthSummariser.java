package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.jmeter.sample.SummaryTable;
import java.io.Serializable;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.samplers.Remoteable;
import org.apache.jmeter.samplers.SampleEvent;
import org.apache.jmeter.samplers.SampleListener;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.testelement.TestStateListener;

/**
 * MikroTik Bandwidth Summary: prints a line for each interval as it comes, and a table of results at the test's end, to
 * standard output, for consoles and build logs. Other samplers' samples it passes over.
 *
 * <p>One object hears all threads of the plan; with remote engines the controller has one for each of them, as JMeter
 * clones the plan for each, so there is a table for each.
 */
public class BandwidthSummariser extends AbstractTestElement
        implements SampleListener, TestStateListener, NoThreadClone, Remoteable, Serializable {
    private static final long serialVersionUID = 1L;

    private transient SummaryTable table;
    private transient int enginesRunning;

    @Override
    public synchronized void sampleOccurred(SampleEvent event) {
        table().add(event.getResult()).forEach(System.out::println);
    }

    @Override
    public void sampleStarted(SampleEvent event) {
        // nothing to say until it ends
    }

    @Override
    public void sampleStopped(SampleEvent event) {
        // JMeter never calls it
    }

    @Override
    public void testStarted() {
        testStarted("");
    }

    @Override
    public synchronized void testStarted(String host) {
        enginesRunning++;
    }

    @Override
    public void testEnded() {
        testEnded("");
    }

    @Override
    public synchronized void testEnded(String host) {
        enginesRunning--;
        if (enginesRunning <= 0) {
            table().lines().forEach(System.out::println);
            System.out.flush();
            table = null;
            enginesRunning = 0;
        }
    }

    /** Not made with the object, since deserialisation and JMeter's clone would leave it out. */
    private SummaryTable table() {
        if (table == null) {
            table = new SummaryTable();
        }
        return table;
    }
}
