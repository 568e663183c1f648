package io.github.jmeterbtest.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class SharedReadingTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final SimulatedClock clock = new SimulatedClock();
    private long worked;
    private long cost = MILLI;
    private long heldUp;
    private int readings;
    private final SharedReading<Integer> shared = new SharedReading<>(
            () -> {
                worked += cost;
                clock.advance(Duration.ofNanos(cost + heldUp));
                return ++readings;
            },
            clock,
            () -> worked);

    @Test
    void whoAsksNowAndThenGetsAFreshOne() {
        for (int i = 1; i <= 1000; i++) {
            assertThat(shared.get()).isEqualTo(i);
            clock.advance(Duration.ofNanos(25 * cost));
        }
    }

    /** Three hundred tests that are cut each second, for a minute: 18,000 readings of 10 ms would be three CPUs. */
    @ParameterizedTest
    @ValueSource(ints = {10, 100, 300})
    void hundredsShareSoThatATwentiethOfACpuGoesIntoIt(int millis) {
        cost = millis * MILLI;
        int asked = 0;
        while (clock.elapsed() < 60_000 * MILLI) {
            shared.get();
            clock.advance(Duration.ofNanos(1000 * MILLI / 300));
            asked++;
        }
        assertThat(asked).isGreaterThan(10_000);
        // a twentieth of a minute, and the credit at the begin
        assertThat(readings * cost / MILLI).isBetween(2_900L, 3_500L);
    }

    /** As on a virtual thread. Of a reading that was held up for long, 100 ms count. */
    @ParameterizedTest
    @CsvSource({"10, 10", "100, 100", "400, 100"})
    void whereTheCpuTimeIsNotKnownTheTimeThatPassedCounts(int millis, int counted) {
        SharedReading<Integer> byTime = new SharedReading<>(
                () -> {
                    clock.advance(Duration.ofMillis(millis));
                    return ++readings;
                },
                clock,
                () -> CpuWatch.UNKNOWN);
        while (clock.elapsed() < 60_000 * MILLI) {
            byTime.get();
            clock.advance(Duration.ofMillis(3));
        }
        assertThat(readings * counted).isBetween(2_900, 3_500);
    }

    /** A thread that waits for this one would hold a carrier of virtual threads in some Javas. */
    @Test
    void whoAsksDuringAReadingGetsTheLastOne() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        SharedReading<Integer> slow = new SharedReading<>(
                () -> {
                    if (++readings == 2) {
                        reading.countDown();
                        awaitQuietly(over);
                    }
                    return readings;
                },
                clock,
                () -> 0);
        assertThat(slow.get()).isEqualTo(1);
        CompletableFuture<Integer> second = CompletableFuture.supplyAsync(slow::get);
        reading.await();
        assertThat(CompletableFuture.supplyAsync(slow::get).get(10, TimeUnit.SECONDS))
                .isEqualTo(1);
        over.countDown();
        assertThat(second.get()).isEqualTo(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onesThatWereHeldUpDoNotMakeOthersShare() {
        heldUp = 2_000 * MILLI;
        for (int i = 1; i <= 100; i++) {
            assertThat(shared.get()).isEqualTo(i);
            clock.advance(Duration.ofMillis(400));
        }
    }
}
