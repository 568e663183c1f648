package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuLoadTest {
    private final SimulatedClock clock = new SimulatedClock();
    private double fraction = 0.126;
    private int readings;
    private final CpuLoad load = new CpuLoad(clock, () -> {
        readings++;
        return fraction;
    });

    @Test
    void aReadingServesAllWhoAskWithinHalfASecond() {
        assertThat(load.percent()).isEqualTo(13);
        fraction = 1;
        clock.advance(Duration.ofMillis(500).minusNanos(1));
        assertThat(load.percent()).isEqualTo(13);
        clock.advance(Duration.ofNanos(1));
        assertThat(load.percent()).isEqualTo(100);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void aSystemThatDoesNotTellLeavesItUnknown() {
        fraction = -1;
        assertThat(load.percent()).isEqualTo(CpuLoad.UNKNOWN);
    }
}
