package io.github.jmeterbtest.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.IntervalReport;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalGapTest {
    @Test
    void ofOneDatagramNoGapIsKnown() {
        ArrivalGap gap = new ArrivalGap(null);
        gap.received(-5);
        assertThat(gap.longest()).isEqualTo(IntervalReport.UNKNOWN);
        gap.received(5);
        assertThat(gap.longest()).isEqualTo(10);
        gap.received(6);
        assertThat(gap.longest()).isEqualTo(10);
    }

    /** One stream ends, another has a gap later; and what comes for one ends the gap of both. */
    @Test
    void severalReceiversMeasureTheTimeBetweenAnyTwo() {
        AtomicLong lastAt = new AtomicLong(ArrivalGap.NONE);
        ArrivalGap one = new ArrivalGap(lastAt);
        ArrivalGap two = new ArrivalGap(lastAt);
        one.received(0);
        two.received(10);
        one.received(20);
        two.received(520);
        assertThat(one.longest()).isEqualTo(10);
        assertThat(two.longest()).isEqualTo(500);
    }
}
