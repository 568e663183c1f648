package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedReadingTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private long now = -5 * MILLI;
    private long cost = MILLI;
    private int readings;
    private final SharedReading<Integer> shared = new SharedReading<>(() -> {
        now += cost;
        return ++readings;
    }, () -> now);

    @Test
    void whoAsksNowAndThenGetsAFreshOne() {
        for (int i = 1; i <= 1000; i++) {
            assertThat(shared.get()).isEqualTo(i);
            now += 25 * cost;
        }
    }

    /** Three hundred tests that are cut each second, for a minute: 18,000 readings of 10 ms would be three CPUs. */
    @Test
    void hundredsShareSoThatATwentiethOfACpuGoesIntoIt() {
        cost = 10 * MILLI;
        long begin = now;
        int asked = 0;
        while (now - begin < 60_000 * MILLI) {
            shared.get();
            now += 1000 * MILLI / 300;
            asked++;
        }
        assertThat(asked).isGreaterThan(10_000);
        assertThat(readings).isBetween(290, 330);
    }

    @Test
    void onesThatWereHeldUpDoNotMakeOthersShare() {
        cost = 2_000 * MILLI;
        for (int i = 1; i <= 100; i++) {
            assertThat(shared.get()).isEqualTo(i);
            now += 400 * MILLI;
        }
    }
}
