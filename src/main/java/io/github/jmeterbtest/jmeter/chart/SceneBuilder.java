package io.github.jmeterbtest.jmeter.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays runs, or tests, over each other on one axis. */
final class SceneBuilder {
    /** Tests with a line of their own. */
    private static final int MAX_TEST_LINES = 100;
    /** Lines over the packet size, the newest first. */
    private static final int MAX_SEARCH_LINES = 100;

    private final ChartChoice choice;
    private final List<ChartCurve> sums = new ArrayList<>();
    private final List<ChartCurve> lines = new ArrayList<>();
    private final List<SizeCurve> searches = new ArrayList<>();
    private final List<ChartScene.ShownTest> tests = new ArrayList<>();
    private ChartExtent extent = ChartExtent.NOTHING;
    private long stepMillis = 1000;
    private long testsForgotten;

    private SceneBuilder(ChartChoice choice) {
        this.choice = choice;
    }

    /** @param runs the newest last */
    static ChartScene of(List<ChartRun> runs, ChartChoice choice, int maxSteps) {
        SceneBuilder scene = new SceneBuilder(choice);
        Map<String, Integer> ages = ages(runs, choice.axis());
        runs.forEach(run -> scene.add(run, ages.get(run.name()), maxSteps));
        if (choice.axis() == ChartAxis.PACKET_SIZE) {
            scene.addSearches(runs, ages);
        }
        if (choice.axis() == ChartAxis.TEST) {
            scene.addTests(runs, ages);
        }
        return scene.build(runs.stream().map(ChartRun::name).toList());
    }

    /** A run without any line makes no other one older. */
    private static Map<String, Integer> ages(List<ChartRun> runs, ChartAxis axis) {
        Map<String, Integer> ages = new HashMap<>();
        int newer = 0;
        for (int i = runs.size() - 1; i >= 0; i--) {
            ages.put(runs.get(i).name(), newer);
            ChartModel model = runs.get(i).model();
            newer += (axis == ChartAxis.PACKET_SIZE ? model.hasSearches() : model.hasLines()) ? 1 : 0;
        }
        return ages;
    }

    private void add(ChartRun run, int age, int maxSteps) {
        ChartSnapshot snapshot = run.model().snapshot(maxSteps, this::windowOf);
        snapshot.tests().forEach(row -> tests.add(new ChartScene.ShownTest(run.name(), row)));
        testsForgotten += snapshot.testsForgotten();
        if (!isOfRuns() || snapshot.isEmpty()) {
            return;
        }
        long first = snapshot.firstMillis() - origin(snapshot.beganMillis());
        stepMillis = Math.max(stepMillis, snapshot.stepMillis());
        extent = extent.with(new ChartExtent(
                Math.max(first, choice.axis() == ChartAxis.RUN ? 0 : Long.MIN_VALUE),
                first + snapshot.steps() * snapshot.stepMillis()));
        snapshot.lines().forEach(line -> lines.add(ChartCurve.of(line, run.name(), age, first, snapshot.stepMillis())));
        if (snapshot.lines().size() > 1) {
            // where only one line is there, that one is the sum
            snapshot.sum()
                    .ifPresent(sum -> sums.add(ChartCurve.of(sum, run.name(), age, first, snapshot.stepMillis())));
        }
    }

    /** {@return the part of a run that is shown, on the clock} */
    private ChartExtent windowOf(ChartExtent run) {
        return !isOfRuns()
                ? run
                : choice.window()
                        .map(window -> window.earlier(-origin(run.firstMillis())))
                        .orElse(run);
    }

    /** {@return whether the times are those of runs} */
    private boolean isOfRuns() {
        return choice.axis() == ChartAxis.RUN || choice.axis() == ChartAxis.CLOCK;
    }

    /** {@return the moment on the clock at which the axis has 0} */
    private long origin(long beganMillis) {
        return choice.axis() == ChartAxis.RUN ? beganMillis : 0;
    }

    private void addSearches(List<ChartRun> runs, Map<String, Integer> ages) {
        for (ChartRun run : runs) {
            Optional<Integer> age = runs.size() > 1 ? Optional.of(ages.get(run.name())) : Optional.empty();
            searches.addAll(run.model().sizeCurves(run.name(), age));
        }
    }

    /** The sum of tests that did not run at the same time would tell nothing. */
    private void addTests(List<ChartRun> runs, Map<String, Integer> ages) {
        List<RunsTest> all = new ArrayList<>();
        for (ChartRun run : runs) {
            run.model().testLines(MAX_TEST_LINES).forEach(line -> all.add(new RunsTest(run.name(), line)));
        }
        all.sort(Comparator.comparingLong((RunsTest test) -> test.line().startMillis())
                .reversed());
        Map<String, Integer> newer = new HashMap<>();
        all.stream().limit(MAX_TEST_LINES).forEach(test -> {
            ChartModel.TestLine line = test.line();
            TestSeries.Steps steps = line.steps();
            ChartCurve curve = ChartCurve.of(
                    new ChartLine(line.name(), line.number(), steps.values()),
                    test.run(),
                    runs.size() > 1 ? ages.get(test.run()) : newer.merge(line.name(), 1, Integer::sum) - 1,
                    steps.firstMillis(),
                    steps.stepMillis());
            lines.add(curve);
            stepMillis = Math.max(stepMillis, steps.stepMillis());
            extent = extent.with(new ChartExtent(0, steps.firstMillis() + steps.stepMillis() * curve.times().length));
        });
    }

    private record RunsTest(String run, ChartModel.TestLine line) {}

    private ChartScene build(List<String> runs) {
        List<ChartCurve> curves = new ArrayList<>(sums);
        curves.addAll(lines);
        ChartExtent shown =
                choice.window().filter(window -> !extent.isNothing()).orElse(extent);
        tests.sort(Comparator.comparingLong(test -> test.row().startMillis()));
        return new ChartScene(
                choice.axis(),
                shown,
                runs,
                List.copyOf(curves),
                searches.stream()
                        .sorted(Comparator.comparingInt(SizeCurve::age))
                        .limit(MAX_SEARCH_LINES)
                        .toList(),
                stepMillis,
                List.copyOf(tests),
                testsForgotten);
    }
}
