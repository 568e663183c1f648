package io.github.jmeterbtest.jmeter;

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
}
