package io.github.jmeterbtest.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.jmeter.control.LoopController;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterThread;
import org.apache.jmeter.threads.ListenerNotifier;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jorphan.collections.ListedHashTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private final JMeterContext context = JMeterContextService.getContext();

    @AfterEach
    void leaveNoThreadBehind() {
        context.clear();
    }

    private void threadEndsIn(long millis) {
        ListedHashTree tree = new ListedHashTree();
        tree.add(new LoopController());
        JMeterThread thread = new JMeterThread(tree, new ThreadGroup(), new ListenerNotifier());
        thread.setEndTime(System.currentTimeMillis() + millis);
        context.setThread(thread);
    }

    @Test
    void withoutScheduleATestLastsAsLongAsAsked() {
        assertThat(Schedule.shorten(Duration.ofSeconds(9), context)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aTestIsNoLongerThanTheThreadGroupLasts() {
        threadEndsIn(60_000);
        assertThat(Schedule.shorten(Duration.ofSeconds(9), context)).isEqualTo(Duration.ofSeconds(9));
        assertThat(Schedule.shorten(Duration.ofHours(1), context)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
    }

    @Test
    void whatIsTooShortForATestIsMadeJustLongEnough() {
        threadEndsIn(-5_000);
        assertThat(Schedule.shorten(Duration.ofSeconds(9), context)).isEqualTo(Duration.ofMillis(20));
    }
}
