package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other tests rely on. */
@Timeout(20)
class ManualClockTest {
    private final ManualClock clock = new ManualClock();
    private final BlockingQueue<String> awake = new LinkedBlockingQueue<>();

    private Thread start(String name, Runnable work) {
        Thread thread = new Thread(() -> {
            work.run();
            awake.add(name);
        });
        thread.start();
        return thread;
    }

    private String next() throws InterruptedException {
        return awake.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void aParkedThreadWakesWhenTheTimePassesItsDeadline() throws Exception {
        start("second", () -> clock.parkNanos(2_000_000_000));
        start("first", () -> clock.parkNanos(1_000_000_000));
        clock.awaitWaiting(2);
        clock.advance(Duration.ofSeconds(1).minusNanos(1));
        clock.awaitWaiting(2);
        assertThat(awake).isEmpty();
        clock.advance(Duration.ofNanos(1));
        assertThat(next()).isEqualTo("first");
        clock.advance(Duration.ofHours(1));
        assertThat(next()).isEqualTo("second");
    }

    @Test
    void orWhenItIsUnparkedBeforeOrAfterwards() throws Exception {
        Thread thread = start("unparked", () -> clock.parkNanos(Long.MAX_VALUE / 2));
        clock.awaitWaiting(1);
        clock.unpark(thread);
        assertThat(next()).isEqualTo("unparked");
        clock.unpark(Thread.currentThread());
        clock.parkNanos(1);
    }

    @Test
    void orWhenItIsInterrupted() throws Exception {
        Thread thread = start("interrupted", () -> {
            clock.parkNanos(1);
            assertThat(Thread.interrupted()).isTrue();
        });
        clock.awaitWaiting(1);
        thread.interrupt();
        assertThat(next()).isEqualTo("interrupted");
    }

    @Test
    void aThreadThatWaitsForAMonitorWakesByTimeOrNotification() throws Exception {
        Object monitor = new Object();
        for (int i = 0; i < 2; i++) {
            start("monitor", () -> {
                synchronized (monitor) {
                    try {
                        clock.waitNanos(monitor, 5);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            });
            clock.awaitWaiting(1);
            if (i == 0) {
                clock.advance(Duration.ofNanos(5));
            } else {
                synchronized (monitor) {
                    monitor.notifyAll();
                }
            }
            assertThat(next()).isEqualTo("monitor");
        }
    }
}
