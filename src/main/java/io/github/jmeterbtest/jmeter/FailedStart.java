package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.jmeter.sample.FinalSample;
import io.github.jmeterbtest.jmeter.sample.SampleEmitter;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.util.JMeterUtils;
import org.apache.jorphan.util.JMeterStopTestNowException;

/**
 * Why an element could not start. Tells the user at once, on the console or in a dialog. To throw in
 * {@code testStarted} would tell the log alone, and GUI and remote controller would wait for a test that never ends; so
 * the run ends at the first sampler, where the listeners are known that shall see why.
 */
final class FailedStart {
    private final String name;
    private final BtestException reason;
    private boolean reported;

    /** @param name of the element */
    FailedStart(String name, BtestException reason) {
        this.name = name;
        this.reason = reason;
        JMeterUtils.reportErrorToUser(message());
    }

    /** Leaves a failed sample with the element's name, and ends the run. Called on a JMeter thread that samples. */
    void endRun() {
        report();
        throw new JMeterStopTestNowException(message());
    }

    /** Other threads may come here before the run has ended; one row is enough. */
    private synchronized void report() {
        if (!reported) {
            reported = true;
            SampleEmitter.send(
                    FinalSample.failed(reason, null, new FinalSample.Watch().stop(), name, ""),
                    JMeterContextService.getContext());
        }
    }

    private String message() {
        return name + " cannot start: " + reason.getMessage();
    }
}
