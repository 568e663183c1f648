package io.github.jmeterbtest.jmeter.chart;

import static io.github.jmeterbtest.jmeter.chart.ChartSamples.MEGA;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.T0;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.end;
import static io.github.jmeterbtest.jmeter.chart.ChartSamples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.jmeterbtest.jmeter.FormTestJMeter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several runs in one chart. */
class ChartRunsTest {
    private static final String HERE = "local";
    private static final String DONE = "rx 100.0 Mbit/s, tx 0 bit/s, lost 0";
    private static final long LATER = T0 + 3_600_000;

    private final ChartRuns runs = new ChartRuns();

    @BeforeAll
    static void startJMeter() {
        FormTestJMeter.start();
    }

    private void run(long start, int seconds, double megabits, String... names) {
        runs.runStarted(HERE);
        measure(start, seconds, megabits, names);
        runs.runEnded(HERE);
    }

    private void measure(long start, int seconds, double megabits, String... names) {
        for (String name : names) {
            for (int i = 0; i < seconds; i++) {
                runs.add(second(name, "1-" + name, start + i * 1000L, megabits * MEGA));
            }
            runs.add(end(name, "1-" + name, start - 10, start + seconds * 1000L, DONE));
        }
    }

    private ChartScene scene(ChartAxis axis) {
        return runs.scene(new ChartChoice(axis, Optional.empty(), Optional.empty()), 300);
    }

    private static ChartCurve curve(ChartScene scene, String name, boolean earlier) {
        return scene.curves().stream()
                .filter(curve -> curve.name().equals(name) && curve.earlier() == earlier)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachStartIsARunAndBothBeginAtZero() {
        run(T0 + 250, 10, 100, "North");
        run(LATER + 700, 10, 50, "North");
        ChartScene scene = scene(ChartAxis.RUN);
        assertThat(scene.runs()).hasSize(2);
        assertThat(scene.extent().firstMillis()).isZero();
        assertThat(scene.extent().endMillis()).as("not an hour").isBetween(10_000L, 11_000L);
        assertThat(curve(scene, "North", true).values().rxMbps()[4]).isCloseTo(100, within(1e-6));
        assertThat(curve(scene, "North", false).values().rxMbps()[4]).isCloseTo(50, within(1e-6));
        assertThat(curve(scene, "North", true).times()[0]).isCloseTo(375, within(1e-6));
        assertThat(curve(scene, "North", false).times()[0]).isCloseTo(150, within(1e-6));
    }

    @Test
    void theTimeOfDayKeepsThemApart() {
        run(T0, 10, 100, "North");
        run(LATER, 10, 50, "North");
        ChartScene scene = scene(ChartAxis.CLOCK);
        assertThat(scene.extent()).isEqualTo(new ChartExtent(T0, LATER + 10_000));
    }

    @Test
    void oneRunCanBeSeenAlone() {
        run(T0, 10, 100, "North");
        run(LATER, 5, 50, "South");
        String first = runs.names().get(0);
        ChartScene scene = runs.scene(new ChartChoice(ChartAxis.RUN, Optional.of(first), Optional.empty()), 300);
        assertThat(scene.runs()).containsExactly(first);
        assertThat(scene.curves()).extracting(ChartCurve::name).containsExactly("North");
        assertThat(scene.tests()).extracting(test -> test.row().name()).containsExactly("North");
    }

    @Test
    void aNameHasItsColourInEveryRun() {
        run(T0, 3, 100, "North", "South", "West");
        run(LATER, 3, 100, "West", "East", "South", "North");
        ChartScene scene = scene(ChartAxis.RUN);
        for (String name : List.of("North", "South", "West")) {
            assertThat(curve(scene, name, true).number())
                    .as(name)
                    .isEqualTo(curve(scene, name, false).number());
        }
        assertThat(scene.curves().stream()
                        .filter(curve -> !curve.isSum() && !curve.earlier())
                        .map(ChartCurve::number))
                .doesNotHaveDuplicates();
        runs.clear();
        run(LATER, 3, 100, "West");
        assertThat(scene(ChartAxis.RUN).curves().get(0).number())
                .isEqualTo(curve(scene, "West", false).number());
    }

    @Test
    void eachTestBeginsAtZeroAndHasNoSum() {
        runs.runStarted(HERE);
        measure(T0, 10, 100, "North");
        measure(T0 + 60_000, 20, 50, "North", "South");
        ChartScene scene = scene(ChartAxis.TEST);
        assertThat(scene.extent()).isEqualTo(new ChartExtent(0, 20_000));
        assertThat(scene.curves()).hasSize(3).noneMatch(ChartCurve::isSum);
        assertThat(curve(scene, "North", false).times()).hasSize(20);
        assertThat(curve(scene, "North", true).times()).hasSize(10).startsWith(500);
    }

    @Test
    void aLongTestHasCoarserStepsButLosesNothing() {
        runs.runStarted(HERE);
        measure(T0, 1000, 80, "North");
        ChartCurve curve = scene(ChartAxis.TEST).curves().get(0);
        assertThat(curve.times()).hasSizeLessThanOrEqualTo(TestSeries.MAX_BUCKETS);
        assertThat(curve.values().rxMbps()).containsOnly(80);
    }

    @Test
    void enginesOfOneStartMakeOneRun() {
        runs.runStarted("10.0.0.1");
        measure(T0, 3, 100, "North");
        runs.runStarted("10.0.0.2");
        measure(T0, 3, 100, "South");
        runs.runEnded("10.0.0.1");
        runs.runEnded("10.0.0.2");
        assertThat(runs.names()).hasSize(1);
        runs.runStarted("10.0.0.1");
        measure(LATER, 3, 100, "North");
        assertThat(runs.names()).hasSize(2);
    }

    @Test
    void anEngineThatDiedDoesNotKeepItsRunOpen() {
        runs.runStarted("10.0.0.1");
        measure(T0, 3, 100, "North");
        runs.runStarted("10.0.0.1");
        measure(LATER, 3, 100, "North");
        assertThat(runs.names()).hasSize(2);
    }

    @Test
    void aStartWithoutABandwidthTestMakesNoRun() {
        run(T0, 3, 100, "North");
        runs.runStarted(HERE);
        runs.runEnded(HERE);
        assertThat(runs.names()).hasSize(1);
    }

    @Test
    void aFileIsARunAndReplacesItselfOnly() {
        run(T0, 3, 100, "North");
        for (int i = 0; i < 2; i++) {
            runs.load(Path.of("a/results.jtl"), () -> measure(LATER, 3, 100, "North"));
        }
        runs.load(Path.of("b/results.jtl"), () -> measure(LATER, 3, 100, "North"));
        assertThat(runs.names().subList(1, 3))
                .containsExactly(
                        Path.of("a/results.jtl").toString(),
                        Path.of("b/results.jtl").toString());
        assertThat(scene(ChartAxis.RUN).tests()).hasSize(3);
    }

    @Test
    void aFileAloneNeedsNoPath() {
        runs.load(Path.of("a/results.jtl"), () -> measure(LATER, 3, 100, "North"));
        assertThat(runs.names()).containsExactly("results.jtl");
    }

    @Test
    void aFileWithoutATestIsNoRun() {
        run(T0, 3, 100, "North");
        assertThat(runs.load(Path.of("routers.csv"), () -> {})).isFalse();
        assertThat(runs.load(Path.of("after.jtl"), () -> measure(LATER, 3, 100, "North")))
                .isTrue();
        assertThat(runs.names()).hasSize(2).doesNotContain("routers.csv");
    }

    @Test
    void aRunWithoutALineMakesNoOtherOneOlder() {
        run(T0, 3, 100, "North");
        run(LATER, 3, 50, "North");
        runs.load(
                Path.of("dead.jtl"),
                () -> runs.add(ChartSamples.failure("North", "1-1", LATER, LATER + 10, "CONNECT_REFUSED")));
        ChartScene scene = scene(ChartAxis.RUN);
        assertThat(curve(scene, "North", false).values().rxMbps()[1]).isCloseTo(50, within(1e-6));
        assertThat(scene.runs()).hasSize(3);
        assertThat(scene.runs().stream().map(scene::ageOf))
                .containsExactly(OptionalInt.of(1), OptionalInt.of(0), OptionalInt.empty());
    }

    /** Else two loops of the newest run would look like two runs. */
    @Test
    void whereEachTestHasALineTheRunsAreToldApartIfThereAreSeveral() {
        run(T0, 3, 100, "North");
        runs.runStarted(HERE);
        measure(LATER, 3, 60, "North");
        measure(LATER + 60_000, 3, 50, "North");
        assertThat(scene(ChartAxis.TEST).curves()).extracting(ChartCurve::age).containsExactly(0, 0, 1);
        ChartChoice newest =
                new ChartChoice(ChartAxis.TEST, Optional.of(runs.names().get(1)), Optional.empty());
        assertThat(runs.scene(newest, 300).curves()).extracting(ChartCurve::age).containsExactly(0, 1);
    }

    @Test
    void whatIsToBeComparedStandsTogether() {
        run(T0, 3, 100, "North");
        run(T0 + 60_000, 3, 70, "South");
        run(LATER, 3, 50, "North", "South");
        assertThat(ChartHover.valuesAt(scene(ChartAxis.TEST), 1_500))
                .extracting(value -> value.curve().name() + " " + value.rxMbps())
                .containsExactly("North 50.0", "North 100.0", "South 50.0", "South 70.0");
    }

    @Test
    void whatIsMeasuredWhileAFileIsReadIsNotInIt() throws InterruptedException {
        runs.runStarted(HERE);
        measure(T0, 2, 100, "North");
        Thread sampling = new Thread(() -> measure(T0 + 2000, 2, 100, "South"));
        runs.load(Path.of("results.jtl"), () -> {
            measure(LATER, 3, 100, "West");
            sampling.start();
            try {
                sampling.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(scene(ChartAxis.RUN).tests())
                .filteredOn(test -> test.run().equals("results.jtl"))
                .extracting(test -> test.row().name())
                .containsExactly("West");
    }

    @Test
    void theOldestOfManyIsForgotten() {
        IntStream.range(0, ChartRuns.MAX_RUNS + 2).forEach(i -> run(T0 + i * 100_000L, 2, 100, "North"));
        assertThat(runs.names()).hasSize(ChartRuns.MAX_RUNS);
        assertThat(runs.names().get(0)).startsWith("Run 3,");
    }

    @Test
    void aPartOfTheTimeIsShownInFinerSteps() {
        run(T0, 1200, 100, "North");
        ChartChoice part = ChartChoice.ALL.zoomed(new ChartExtent(600_000, 660_000));
        ChartScene scene = runs.scene(part, 300);
        assertThat(scene(ChartAxis.RUN).stepMillis()).isEqualTo(4000);
        assertThat(scene.stepMillis()).isEqualTo(1000);
        assertThat(scene.extent()).isEqualTo(new ChartExtent(600_000, 660_000));
        assertThat(scene.curves().get(0).times()).hasSize(60).startsWith(600_500);
        assertThat(runs.scene(part.unzoomed(), 300).extent().endMillis()).isEqualTo(1_200_000);
    }

    @Test
    void aMomentTellsTheValuesOfAllLinesTheSumFirst() {
        runs.runStarted(HERE);
        measure(T0, 10, 30, "North");
        measure(T0, 5, 50, "South");
        List<ChartHover.Value> values = ChartHover.valuesAt(scene(ChartAxis.RUN), 2_500);
        assertThat(values).extracting(ChartHover.Value::name).containsExactly("Sum", "South", "North");
        assertThat(values).extracting(ChartHover.Value::rxMbps).containsExactly(80.0, 50.0, 30.0);
        assertThat(ChartHover.valuesAt(scene(ChartAxis.RUN), 7_500))
                .extracting(ChartHover.Value::name)
                .containsExactly("Sum", "North");
    }

    @Test
    void lossIsShownOnlyWhereDatagramsCanBeLost() {
        run(T0, 3, 100, "North");
        assertThat(scene(ChartAxis.RUN).canLose()).isFalse();
        runs.add(ChartSamples.interval("South", "1-2", T0, T0 + 1000, MEGA, 0, 1));
        assertThat(scene(ChartAxis.RUN).canLose()).isTrue();
    }

    @Test
    void filesDoNotPushOutTheRunThatGoesOn() {
        runs.runStarted(HERE);
        measure(T0, 2, 100, "North");
        for (int i = 0; i < ChartRuns.MAX_RUNS; i++) {
            runs.load(Path.of(i + ".jtl"), () -> measure(LATER, 2, 100, "West"));
        }
        measure(T0 + 2000, 2, 100, "South");
        assertThat(runs.names()).hasSize(ChartRuns.MAX_RUNS).doesNotContain("0.jtl");
        assertThat(scene(ChartAxis.RUN).tests())
                .extracting(test -> test.row().name())
                .contains("North", "South");
    }

    @Test
    void anEngineThatStartsAgainWithoutTheOneThatDiedBeginsARun() {
        runs.runStarted("10.0.0.1");
        runs.runStarted("10.0.0.2");
        measure(T0, 3, 100, "North");
        runs.runEnded("10.0.0.2");
        runs.runStarted("10.0.0.2");
        measure(LATER, 3, 100, "North");
        assertThat(runs.names()).hasSize(2);
    }
}
