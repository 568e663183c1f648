package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.end;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.failure;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.interval;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.jmeter.Transactions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.jmeter.samplers.SampleResult;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartModelTest {
    private static final Offset<Double> EXACTLY = within(1e-6);
    private static final String DONE = "rx 100.0 Mbit/s, tx 0 bit/s, lost 0";

    private final ChartModel model = new ChartModel();

    private ChartSnapshot all() {
        return model.snapshot(ChartModel.MAX_BUCKETS);
    }

    private double[] received(String label) {
        return all().lines().stream()
                .filter(line -> line.name().equals(label))
                .findFirst()
                .orElseThrow()
                .values()
                .rxMbps();
    }

    private double[] sum() {
        return all().sum().orElseThrow().values().rxMbps();
    }

    @Test
    void twoThreadsOf100AreTwoHundred() {
        model.add(second("Uplink", "1-1", T0, 100 * MEGA));
        model.add(second("Uplink", "1-2", T0, 100 * MEGA));
        assertThat(received("Uplink")).containsExactly(new double[] {200}, EXACTLY);
        assertThat(sum()).containsExactly(new double[] {200}, EXACTLY);
    }

    /** As in a file sorted by time: a test begins with its connect, so its final sample stands first. */
    @Test
    void aFinalSampleBeforeItsIntervalsCountsNothingTwice() {
        model.add(end("Uplink", "1-1", T0 - 10, T0 + 2000, "rx 100.0 Mbit/s, tx 0 bit/s, lost 10"));
        model.add(interval("Uplink", "1-1", T0, T0 + 1000, 100 * MEGA, 0, 4));
        model.add(interval("Uplink", "1-1", T0 + 1000, T0 + 2000, 100 * MEGA, 0, 6));
        assertThat(received("Uplink")).containsExactly(new double[] {100, 100}, EXACTLY);
        assertThat(all().tests()).hasSize(1);
        assertThat(all().tests().get(0).lost()).isEqualTo(10);
    }

    @Test
    void ofAFailedTestTheIntervalsTellTheAverageWhereverTheyStand() {
        model.add(failure("Uplink", "1-1", T0 - 10, T0 + 2000, "PEER_LOST"));
        model.add(interval("Uplink", "1-1", T0, T0 + 1000, 100 * MEGA, 0, 4));
        model.add(interval("Uplink", "1-1", T0 + 1000, T0 + 2000, 200 * MEGA, 0, 6));
        ChartRow row = all().tests().get(0);
        assertThat(row.rates().average()).isEqualTo(new ChartRates(150 * MEGA, 0));
        assertThat(row.rates().current()).isNull();
        assertThat(row.lost()).isEqualTo(10);
    }

    @Test
    void twoSamplersOf100AreTwoHundredInTheSumOnly() {
        model.add(second("North", "1-1", T0, 100 * MEGA));
        model.add(second("South", "1-2", T0, 100 * MEGA));
        assertThat(received("North")).containsExactly(new double[] {100}, EXACTLY);
        assertThat(received("South")).containsExactly(new double[] {100}, EXACTLY);
        assertThat(sum()).containsExactly(new double[] {200}, EXACTLY);
    }

    @Test
    void anIntervalIsSharedOutOverTheSecondsItLiesIn() {
        model.add(second("Uplink", "1-1", T0 + 250, 100 * MEGA));
        model.add(second("Uplink", "1-1", T0 + 1250, 300 * MEGA));
        model.add(end("Uplink", "1-1", T0, T0 + 2250, "rx 200.0 Mbit/s, tx 0 bit/s, lost 0"));
        // the first and the last are the rates of the part that was measured
        assertThat(received("Uplink")).containsExactly(new double[] {100, 0.25 * 100 + 0.75 * 300, 300}, EXACTLY);
        assertThat(all().sum().orElseThrow().values().measuredSeconds())
                .containsExactly(new double[] {0.75, 1, 0.25}, EXACTLY);
    }

    @Test
    void threadsThatBeginApartAddUpToTheirSumAsSoonAsBothRun() {
        model.add(second("Uplink", "1-1", T0 + 600, 100 * MEGA));
        model.add(second("Uplink", "1-1", T0 + 1600, 100 * MEGA));
        model.add(second("Uplink", "1-2", T0 + 1000, 100 * MEGA));
        model.add(end("Uplink", "1-1", T0 + 500, T0 + 2600, DONE));
        model.add(end("Uplink", "1-2", T0 + 900, T0 + 2000, DONE));
        assertThat(received("Uplink")).containsExactly(new double[] {100, 200, 100}, EXACTLY);
    }

    @Test
    void shortIntervalsMakeOneSecond() {
        IntStream.range(0, 50)
                .forEach(i -> model.add(interval("Fast", "1-1", T0 + i * 20L, T0 + i * 20L + 20, i * MEGA, 0, 1)));
        assertThat(received("Fast")).containsExactly(new double[] {24.5}, EXACTLY);
        assertThat(all().lines().get(0).values().lostPerSecond()).containsExactly(new double[] {50}, EXACTLY);
    }

    @Test
    void whatNobodyMeasuredIsNoZero() {
        model.add(second("Uplink", "1-1", T0, 0));
        model.add(second("Uplink", "1-1", T0 + 2000, 5 * MEGA));
        assertThat(received("Uplink")).containsExactly(0, Double.NaN, 5);
    }

    @Test
    void bytesGiveTheDigitsThatTheMessageLacks() {
        model.add(interval("Uplink", "1-1", T0, T0 + 1000, 1_042_333_336, 333_336, 0));
        assertThat(received("Uplink")).containsExactly(new double[] {1042.333336}, EXACTLY);
        assertThat(all().lines().get(0).values().txMbps()).containsExactly(new double[] {0.333336}, EXACTLY);
    }

    @Test
    void theMessageIsRightWhereBytesAndNominalTimeAreNot() {
        // woken late: 1.4 s of bytes, stamped as the second that it should have been; and half of what was sent arrived
        SampleResult late = second("Uplink", "1-1", T0, 100 * MEGA);
        late.setResponseMessage("rx 100.0 Mbit/s, tx 20.0 Mbit/s, lost 0");
        late.setBodySize(17_500_000L);
        late.setSentBytes(5_000_000L);
        model.add(late);
        assertThat(received("Uplink")).containsExactly(new double[] {100}, EXACTLY);
        assertThat(all().lines().get(0).values().txMbps()).containsExactly(new double[] {20}, EXACTLY);
    }

    @Test
    void aSecondIsShownOnceAllRunningTestsHaveToldOfIt() {
        for (int i = 0; i < 3; i++) {
            model.add(second("North", "1-1", T0 + i * 1000L, 100 * MEGA));
        }
        model.add(second("South", "1-2", T0, 100 * MEGA));
        assertThat(sum()).as("South will tell").containsExactly(200, Double.NaN, Double.NaN);
        model.add(end("South", "1-2", T0, T0 + 1000, DONE));
        assertThat(sum()).containsExactly(200, 100, 100);
    }

    @Test
    void whoFallsSilentIsNotWaitedFor() {
        model.add(second("South", "1-2", T0, 100 * MEGA));
        IntStream.range(0, 12).forEach(i -> model.add(second("North", "1-1", T0 + i * 1000L, 100 * MEGA)));
        assertThat(sum()[11]).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theOrderInWhichSamplesComeDoesNotMatter(long seed) {
        List<SampleResult> samples = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            for (int i = 0; i < 50; i++) {
                samples.add(second(
                        "test " + thread % 2, "1-" + thread, T0 + i * 1000L + thread * 130L, (i + thread) * MEGA));
            }
        }
        samples.forEach(model::add);
        double[] inOrder = sum();
        model.clear();
        Collections.shuffle(samples, new Random(seed));
        samples.forEach(model::add);
        assertThat(first(sum(), 49)).containsExactly(first(inOrder, 49), EXACTLY);
    }

    private static double[] first(double[] values, int length) {
        return DoubleStream.of(values).limit(length).toArray();
    }

    @Test
    void anIntervalThatComesAfterTheEndOfItsTestIsDrawnButStartsNoTest() {
        model.add(second("Uplink", "1-1", T0, 100 * MEGA));
        model.add(end("Uplink", "1-1", T0 - 10, T0 + 2001, DONE));
        model.add(second("Uplink", "1-1", T0 + 1000, 100 * MEGA));
        assertThat(received("Uplink")).containsExactly(new double[] {100, 100}, EXACTLY);
        assertThat(all().tests()).hasSize(1);
    }

    @Test
    void longTestsAreShownInLongerSteps() {
        IntStream.range(0, 3600).forEach(i -> model.add(second("Uplink", "1-1", T0 + i * 1000L, i % 2 * 200 * MEGA)));
        ChartSnapshot snapshot = all();
        assertThat(snapshot.stepMillis()).isEqualTo(2000);
        assertThat(snapshot.steps()).isEqualTo(1800);
        assertThat(sum()).containsOnly(100);
        ChartSnapshot coarse = model.snapshot(300);
        assertThat(coarse.stepMillis()).isEqualTo(16_000);
        assertThat(coarse.sum().orElseThrow().values().rxMbps()).hasSize(225).containsOnly(100);
    }

    @Test
    void noBitIsLostByMerging() {
        Random random = new Random(4);
        double bits = 0;
        for (int i = 0; i < 5000; i++) {
            double rate = random.nextInt(1000) * MEGA;
            bits += rate;
            model.add(second("Uplink", "1-1", T0 + 345 + i * 1000L, rate));
        }
        model.add(end("Uplink", "1-1", T0, T0 + 5_000_345, DONE));
        ChartLine.Values values = all().sum().orElseThrow().values();
        double drawn = IntStream.range(0, values.rxMbps().length)
                .filter(i -> values.measuredSeconds()[i] > 0)
                .mapToDouble(i -> values.rxMbps()[i] * values.measuredSeconds()[i])
                .sum();
        assertThat(drawn * MEGA).isCloseTo(bits, within(bits * 1e-9));
    }

    @Test
    void passesOverOtherSamplersAndImpossibleTimes() {
        model.add(end("Login page", "1-1", T0, T0 + 100, "OK"));
        model.add(second("Odd", "1-1", -5000, 100 * MEGA));
        model.add(second("Odd", "1-1", Long.MAX_VALUE / 2, 100 * MEGA));
        assertThat(model.version()).isZero();
        assertThat(all().isEmpty()).isTrue();
        assertThat(all().tests()).isEmpty();
    }

    @Test
    void findsTestsInsideATransaction() {
        model.add(Transactions.of(
                end("Uplink", "1-1", T0, T0 + 1000, DONE), failure("Down", "1-1", T0 + 1000, T0 + 2000, "PEER_LOST")));
        assertThat(all().tests())
                .extracting(test -> test.name() + ": " + test.result())
                .containsExactly("Uplink: OK", "Down: PEER_LOST");
    }

    @Test
    void tellsOfEachTest() {
        model.add(interval("Both", "1-1", T0, T0 + 1000, 100 * MEGA, 10 * MEGA, 1));
        model.add(interval("Both", "1-1", T0 + 1000, T0 + 2000, 50 * MEGA, 20 * MEGA, 2));
        model.add(interval("Both", "1-1", T0 + 2000, T0 + 2009, MEGA, MEGA, 0));
        ChartRow running = all().tests().get(0);
        assertThat(running.isRunning()).isTrue();
        assertThat(running.direction()).isEqualTo("both");
        assertThat(running.rates().current()).isEqualTo(new ChartRates(MEGA, MEGA));
        assertThat(running.rates().minimum())
                .as("without the last piece")
                .isEqualTo(new ChartRates(50 * MEGA, 10 * MEGA));
        assertThat(running.rates().average().rxBitsPerSecond())
                .isCloseTo((100 + 50 + 0.009) / 2.009 * MEGA, within(0.01));
        assertThat(running.lost()).isEqualTo(3);
        assertThat(running.remoteCpu()).isNull();

        model.add(end("Both", "1-1", T0 - 20, T0 + 2010, "rx 75.0 Mbit/s, tx 15.0 Mbit/s, lost 4"));
        ChartRow ended = all().tests().get(0);
        assertThat(ended.result()).isEqualTo("OK");
        assertThat(ended.rates().current()).isNull();
        assertThat(ended.rates().average()).isEqualTo(new ChartRates(75 * MEGA, 15 * MEGA));
        assertThat(ended.lost()).isEqualTo(4);
    }

    @Test
    void eachTestOfALoopHasItsRow() {
        for (int i = 0; i < 3; i++) {
            long begin = T0 + i * 1010L;
            model.add(second("Uplink", "1-1", begin + 5, 100 * MEGA));
            model.add(end("Uplink", "1-1", begin, begin + 1010, DONE));
        }
        model.add(failure("Uplink", "1-1", T0 + 3030, T0 + 3031, "CONNECT_REFUSED"));
        assertThat(all().tests()).extracting(ChartRow::result).containsExactly("OK", "OK", "OK", "CONNECT_REFUSED");
        assertThat(all().tests().get(3).rates().average()).isNull();
    }

    @Test
    void clears() {
        model.add(second("Uplink", "1-1", T0, 100 * MEGA));
        long before = model.version();
        model.clear();
        assertThat(model.version()).isNotEqualTo(before);
        assertThat(all().isEmpty()).isTrue();
        assertThat(all().tests()).isEmpty();
        assertThat(model.room()).isZero();
    }

    @Test
    void takesSamplesOfManyThreadsAtOnce() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(t -> new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    IntStream.range(0, 500).forEach(i -> model.add(second("Uplink", "1-" + t, T0 + i * 1000L, MEGA)));
                }))
                .toList();
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(sum()).hasSize(500).containsOnly(8);
    }

    /** A hundred samplers for ten minutes, for an hour and for two: what is kept ends growing after half an hour. */
    @Test
    void anHourOfAHundredSamplersNeedsNoMoreRoomThanHalfAnHour() {
        replay(0, 600);
        assertThat(model.room()).isLessThanOrEqualTo(101 * 1024);
        replay(600, 3600);
        int room = model.room();
        assertThat(room).isLessThanOrEqualTo((ChartLines.MAX_LINES + 1) * ChartModel.MAX_BUCKETS);
        replay(3600, 7200);
        assertThat(model.room()).isLessThanOrEqualTo((ChartLines.MAX_LINES + 1) * ChartModel.MAX_BUCKETS);
        assertThat(all().tests()).hasSize(100);
        assertThat(DoubleStream.of(sum()).filter(value -> !Double.isNaN(value)).average())
                .hasValueCloseTo(500.0, within(1e-3));
    }

    /** Intervals of ten seconds need as much room as ten of one second, and less of the test's time. */
    private void replay(int from, int to) {
        for (int i = from; i < to; i += 10) {
            for (int sampler = 0; sampler < 100; sampler++) {
                long begin = T0 + i * 1000L;
                model.add(interval("router " + sampler, "1-" + sampler, begin, begin + 10_000, 5 * MEGA, 0, 0));
            }
        }
    }

    @Test
    void endlessLabelsAndTestsAreBounded() {
        for (int i = 0; i < 3000; i++) {
            model.add(second("test " + i, "1-1", T0 + i * 1000L, 100 * MEGA));
            model.add(end("test " + i, "1-1", T0 + i * 1000L, T0 + i * 1000L + 1000, DONE));
        }
        ChartSnapshot snapshot = all();
        assertThat(snapshot.lines()).hasSize(ChartLines.MAX_LINES + 1);
        assertThat(snapshot.lines()).last().extracting(ChartLine::name).isEqualTo(ChartLines.OTHERS);
        assertThat(snapshot.tests()).hasSize(ChartModel.MAX_TESTS);
        assertThat(snapshot.tests().get(ChartModel.MAX_TESTS - 1).name()).isEqualTo("test 2999");
        assertThat(snapshot.testsForgotten()).isEqualTo(2000);
        assertThat(sum()).containsOnly(100);
    }

    @Test
    void aStampFromAnotherAgeCostsDetailButNoMemory() {
        model.add(second("Uplink", "1-1", 1, 100 * MEGA));
        model.add(second("Uplink", "1-1", T0, 100 * MEGA));
        assertThat(all().steps()).isLessThanOrEqualTo(ChartModel.MAX_BUCKETS);
        assertThat(model.room()).isLessThanOrEqualTo(2 * ChartModel.MAX_BUCKETS);
    }
}
