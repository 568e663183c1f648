package io.github.jmeterbtest.jmeter.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lays runs, or tests, over each other on one axis. */
final class SceneBuilder {
    /** Tests with a line of their own. */
    private static final int MAX_TEST_LINES = 100;

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
        for (int i = 0; i < runs.size(); i++) {
            scene.add(runs.get(i), i < runs.size() - 1, maxSteps);
        }
        if (choice.axis() == ChartAxis.TEST) {
            scene.addTests(runs);
        }
        return scene.build(runs.stream().map(ChartRun::name).toList());
    }

    private void add(ChartRun run, boolean earlier, int maxSteps) {
        ChartSnapshot snapshot = run.model().snapshot(maxSteps, this::windowOf);
        snapshot.tests().forEach(row -> tests.add(new ChartScene.ShownTest(run.name(), row)));
        testsForgotten += snapshot.testsForgotten();
        searches.addAll(run.model().sizeCurves(run.name(), earlier));
        if (!isOfRuns() || snapshot.isEmpty()) {
            return;
        }
        long first = snapshot.firstMillis() - origin(snapshot.beganMillis());
        stepMillis = Math.max(stepMillis, snapshot.stepMillis());
        extent = extent.with(new ChartExtent(
                Math.max(first, choice.axis() == ChartAxis.RUN ? 0 : Long.MIN_VALUE),
                first + snapshot.steps() * snapshot.stepMillis()));
        snapshot.lines()
                .forEach(line -> lines.add(ChartCurve.of(line, run.name(), earlier, first, snapshot.stepMillis())));
        if (snapshot.lines().size() > 1) {
            // where only one line is there, that one is the sum
            snapshot.sum()
                    .ifPresent(sum -> sums.add(ChartCurve.of(sum, run.name(), earlier, first, snapshot.stepMillis())));
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

    /** The sum of tests that did not run at the same time would tell nothing. */
    private void addTests(List<ChartRun> runs) {
        List<RunsTest> all = new ArrayList<>();
        for (ChartRun run : runs) {
            run.model().testLines(MAX_TEST_LINES).forEach(line -> all.add(new RunsTest(run.name(), line)));
        }
        all.sort(Comparator.comparingLong((RunsTest test) -> test.line().startMillis())
                .reversed());
        Set<String> names = new HashSet<>();
        all.stream().limit(MAX_TEST_LINES).forEach(test -> {
            ChartModel.TestLine line = test.line();
            TestSeries.Steps steps = line.steps();
            ChartCurve curve = ChartCurve.of(
                    new ChartLine(line.name(), line.number(), steps.values()),
                    test.run(),
                    !names.add(line.name()),
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
                List.copyOf(searches),
                stepMillis,
                List.copyOf(tests),
                testsForgotten);
    }
}
