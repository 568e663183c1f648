package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.time.Duration;
import java.util.Optional;
import org.apache.jmeter.threads.JMeterContext;

/**
 * How long a JMeter thread may still run: at the end of its thread group's duration JMeter starts no sampler, but stops
 * none.
 */
final class Schedule {
    private Schedule() {}

    /** {@return how long is left, 0 or less if the time is over; nothing without a duration} */
    static Optional<Duration> left(JMeterContext context) {
        long end = context.getThread() == null ? 0 : context.getThread().getEndTime();
        return end <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(end - System.currentTimeMillis()));
    }

    /** Else JMeter would ask for the next sample, again and again. */
    static void awaitEnd(Duration left) throws BtestException {
        try {
            Thread.sleep(Math.max(0, left.toMillis() + 1));
        } catch (InterruptedException e) {
            throw new BtestException(ErrorKind.STOPPED, "stopped at the end of the Thread Group's duration", e);
        }
    }
}
