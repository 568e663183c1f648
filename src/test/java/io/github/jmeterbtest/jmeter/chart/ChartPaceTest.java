package io.github.jmeterbtest.jmeter.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChartPaceTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // a clock may begin anywhere
    private final ChartPace pace = new ChartPace(now::get);

    @Test
    void aTwentiethOfTheTimeIsForWork() {
        assertThat(pace.isReady()).isTrue();
        pace.worked(100);
        now.addAndGet(1899);
        assertThat(pace.isReady()).isFalse();
        now.incrementAndGet();
        assertThat(pace.isReady()).isTrue();
    }

    @Test
    void butNobodyWaitsLongerThanTenSeconds() {
        pace.worked(TimeUnit.SECONDS.toNanos(3));
        now.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(pace.isReady()).isTrue();
    }
}
