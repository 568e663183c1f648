package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jmeter.threads.JMeterContextService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final JMeterContext context = JMeterContextService.getContext();

    @AfterEach
    void leaveNoThreadBehind() {
        context.clear();
    }

    @Test
    void withoutADurationThereIsNoEnd() {
        assertThat(Schedule.left(context)).isEmpty();
        Listening.threadEndsAt(context, 0);
        assertThat(Schedule.left(context)).isEmpty();
    }

    @Test
    void theEndComesNearerAndPasses() {
        Listening.threadEndsAt(context, System.currentTimeMillis() + 60_000);
        assertThat(Schedule.left(context).orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        Listening.threadEndsAt(context, System.currentTimeMillis() - 5_000);
        assertThat(Schedule.left(context).orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(-5));
    }
}
