package io.github.jmeterbtest.jmeter.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.jmeter.samplers.SampleResult;

/**
 * What a throughput chart knows. Any thread may add samples, in any order; the lock is held for microseconds. Memory is
 * bounded: by a number of lines, of buckets in each and of tests.
 */
public final class ChartModel {
    /** Buckets of one line, so that half an hour has one for each second; then two become one. */
    public static final int MAX_BUCKETS = 1800;

    static final int MAX_TESTS = 1000;

    private static final long FINEST_MILLIS = 1000;
    /** Intervals are 5 s at most; a test without a sample for so long is not waited for. */
    private static final long SILENT_MILLIS = 10_000;

    private final ChartLines lines = new ChartLines();
    private final Set<ChartedTest> tests = new LinkedHashSet<>();
    private final Map<Slot, ChartedTest> latest = new LinkedHashMap<>();
    private long bucketMillis = FINEST_MILLIS;
    private ChartExtent extent = ChartExtent.NOTHING;
    private long testsForgotten;
    private long version;

    private record Slot(String name, String thread) {}

    /** Adds what a sample says, if it is one of ours. */
    public void add(SampleResult sample) {
        // reading is the longer part and needs no lock
        List<ChartSample> read = ChartSample.of(sample).toList();
        if (!read.isEmpty()) {
            synchronized (this) {
                read.forEach(this::add);
                version++;
            }
        }
    }

    /** Forgets all samples and tests. */
    public synchronized void clear() {
        lines.clear();
        tests.clear();
        latest.clear();
        bucketMillis = FINEST_MILLIS;
        extent = ChartExtent.NOTHING;
        testsForgotten = 0;
        version++;
    }

    /** {@return another number whenever there is something new} */
    public synchronized long version() {
        return version;
    }

    private void add(ChartSample sample) {
        ChartedTest test = test(sample);
        if (sample.interval().isPresent()) {
            test.interval(sample.interval().get(), sample.cpu());
            draw(sample.test(), sample.interval().get());
            return;
        }
        boolean drawn = test.hasIntervals();
        test.end(sample.end(), sample.outcome());
        if (!drawn) {
            sample.outcome().spans().forEach(span -> draw(sample.test(), span));
            test.whole().ifPresent(span -> lines.begin(sample.test()));
        }
    }

    /** No intervals of it will come any more. */
    private void drawWhole(ChartedTest test) {
        test.takeWhole().ifPresent(span -> draw(test.name(), span));
    }

    /**
     * One thread runs one test after the other. What comes late, after the end of its test, still belongs to that one.
     */
    private ChartedTest test(ChartSample sample) {
        Slot slot = new Slot(sample.test(), sample.thread());
        ChartedTest test = latest.get(slot);
        // the middle, since stamps can be a millisecond off
        boolean sameTest = test != null
                && (test.isEnded()
                        ? (sample.start() + sample.end()) / 2 < test.lastSampleMillis()
                        : sample.start() - test.lastSampleMillis() < SILENT_MILLIS);
        return sameTest ? test : begin(slot, sample.start());
    }

    private ChartedTest begin(Slot slot, long startMillis) {
        if (tests.size() == MAX_TESTS) {
            ChartedTest oldest = tests.stream()
                    .filter(ChartedTest::isEnded)
                    .findFirst()
                    .orElse(tests.iterator().next());
            tests.remove(oldest);
            latest.remove(new Slot(oldest.name(), oldest.thread()), oldest);
            drawWhole(oldest);
            testsForgotten++;
        }
        // a file has one test of a thread behind the other
        Optional.ofNullable(latest.get(slot)).ifPresent(this::drawWhole);
        ChartedTest test = new ChartedTest(slot.name(), slot.thread(), startMillis);
        tests.add(test);
        latest.put(slot, test);
        return test;
    }

    private void draw(String label, ChartSpan span) {
        extent = extent.with(span);
        makeRoomFor(extent);
        lines.add(label, span, bucketMillis);
    }

    private void makeRoomFor(ChartExtent all) {
        while (all.steps(bucketMillis) > MAX_BUCKETS) {
            lines.coarsen(bucketMillis);
            bucketMillis *= 2;
        }
    }

    /** @param maxSteps how many points a line may have, at least 1 */
    public synchronized ChartSnapshot snapshot(int maxSteps) {
        List<String> names = lines.names();
        List<ChartedTest.Row> rows = new ArrayList<>();
        tests.forEach(test -> rows.add(test.row(names.indexOf(lines.nameOf(test.name())))));
        if (lines.isEmpty()) {
            return new ChartSnapshot(0, bucketMillis, 0, List.of(), Optional.empty(), rows, testsForgotten);
        }
        List<ChartedTest> wholes =
                tests.stream().filter(test -> test.whole().isPresent()).toList();
        ChartExtent all = extent;
        for (ChartedTest test : wholes) {
            all = all.with(test.whole().orElseThrow());
        }
        makeRoomFor(all);
        return snapshot(all, withWholes(wholes), maxSteps, rows);
    }

    /**
     * {@return the lines, with those tests of which only the whole is known} They are not drawn for good, since in a
     * CSV file the intervals inside a final sample stand behind it.
     */
    private ChartLines withWholes(List<ChartedTest> wholes) {
        if (wholes.isEmpty()) {
            return lines;
        }
        ChartLines all = lines.copy(wholes.stream().map(ChartedTest::name).toList());
        wholes.forEach(test -> all.add(test.name(), test.whole().orElseThrow(), bucketMillis));
        return all;
    }

    private ChartSnapshot snapshot(ChartExtent all, ChartLines shown, int maxSteps, List<ChartedTest.Row> rows) {
        int width = 1;
        while (all.steps(bucketMillis * width) > maxSteps) {
            width *= 2;
        }
        int buckets = width;
        long step = bucketMillis * width;
        long from = all.firstStep(step);
        int steps = (int) all.steps(step);
        long until = knownUntil() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.floorDiv(knownUntil(), step);
        Function<RateSeries, ChartLine.Values> values = line -> line.values(from, steps, buckets, until, bucketMillis);
        List<ChartLine> drawn = shown.drawn(values);
        ChartLine.Values sum = ChartSum.of(drawn.stream().map(ChartLine::values).toList(), steps);
        return new ChartSnapshot(
                from * step, step, steps, drawn, Optional.of(new ChartLine("", -1, sum)), rows, testsForgotten);
    }

    /**
     * The sum would drop at its end, again and again, if a second were shown that a running test has not reported yet.
     */
    private long knownUntil() {
        return tests.stream()
                .filter(test -> !test.isEnded() && test.lastSampleMillis() > extent.endMillis() - SILENT_MILLIS)
                .mapToLong(ChartedTest::lastSampleMillis)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** {@return how many buckets all lines together keep room for} */
    synchronized int room() {
        return lines.room();
    }
}
