package io.github.jmeterbtest.jmeter.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentRatesTest {
    private final RecentRates recent = new RecentRates();

    private double received() {
        return recent.average().orElseThrow().rxBitsPerSecond();
    }

    @Test
    void aRoundedTimeLeavesNoIntervalOut() {
        recent.add(new ChartSpan(1000, 2001, 1e6, 0, 0));
        recent.add(new ChartSpan(2000, 3001, 3e6, 0, 0));
        assertThat(received()).isEqualTo(2e6);
    }

    @Test
    void whatIsOlderThanTheLastOneIsPassedOver() {
        recent.add(new ChartSpan(2000, 3000, 3e6, 0, 0));
        recent.add(new ChartSpan(1000, 2000, 1e6, 0, 0));
        assertThat(received()).isEqualTo(3e6);
    }
}
