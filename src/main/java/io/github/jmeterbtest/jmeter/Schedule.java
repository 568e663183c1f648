package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.engine.ClientOptions;
import java.time.Duration;
import org.apache.jmeter.threads.JMeterContext;

/** How long a JMeter thread may still run: at the end of its thread group's duration JMeter starts no sampler, but stops none. */
final class Schedule {
    private Schedule() {
    }

    /** {@return whether the thread group's duration is over} */
    static boolean isOver(JMeterContext context) {
        long end = end(context);
        return end > 0 && System.currentTimeMillis() >= end;
    }

    /** Epoch ms, 0 for never. */
    private static long end(JMeterContext context) {
        return context.getThread() == null ? 0 : context.getThread().getEndTime();
    }

    /** {@return {@code asked}, or what is left of the thread group's duration, but never less than a test can last} */
    static Duration shorten(Duration asked, JMeterContext context) {
        long end = end(context);
        if (end <= 0) {
            return asked;
        }
        Duration left = Duration.ofMillis(end - System.currentTimeMillis());
        Duration shortened = left.compareTo(ClientOptions.MIN_INTERVAL) < 0 ? ClientOptions.MIN_INTERVAL : left;
        return shortened.compareTo(asked) < 0 ? shortened : asked;
    }
}
