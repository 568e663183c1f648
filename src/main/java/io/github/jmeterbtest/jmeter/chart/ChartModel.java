package io.github.jmeterbtest.jmeter.chart;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.jmeter.samplers.SampleResult;

/**
 * What a throughput chart knows. Any thread may add samples, in any order; the lock is held for microseconds. Memory is
 * bounded: by a number of lines, of buckets in each, of tests and of searches.
 */
public final class ChartModel {
    /** Buckets of one line, so that half an hour has one for each second; then two become one. */
    public static final int MAX_BUCKETS = 1800;

    static final int MAX_TESTS = 1000;

    private static final long FINEST_MILLIS = 1000;
    /** Intervals are 5 s at most; a test without a sample for so long is not waited for. */
    private static final long SILENT_MILLIS = 10_000;

    private final LineNumbers numbers;
    private final LineNumbers searchNumbers;
    private final ChartLines lines = new ChartLines();
    private final Set<ChartedTest> tests = new LinkedHashSet<>();
    private final Map<Slot, ChartedTest> latest = new LinkedHashMap<>();
    private final ChartSearches searches = new ChartSearches();
    private long bucketMillis = FINEST_MILLIS;
    private ChartExtent extent = ChartExtent.NOTHING;
    private long testsForgotten;
    private long version;

    /** A model whose lines have colours of their own. */
    public ChartModel() {
        this(new LineNumbers(), new LineNumbers());
    }

    /**
     * Numbers tell colours, and are shared with other models.
     *
     * @param numbers of the lines over time
     * @param searchNumbers of those over the packet size, which are never seen beside the others
     */
    ChartModel(LineNumbers numbers, LineNumbers searchNumbers) {
        this.numbers = numbers;
        this.searchNumbers = searchNumbers;
    }

    private record Slot(String name, String thread) {}

    /** {@return whether the sample is one of ours, whose words were added} */
    public boolean add(SampleResult sample) {
        // reading is the longer part and needs no lock
        List<SampleResult> ofSearches = ChartSearch.samplesIn(sample).toList();
        List<ChartSample> read = Stream.concat(
                        ChartSample.of(sample), ofSearches.stream().flatMap(ChartSample::ofSearch))
                .toList();
        List<ChartSearch> found = ofSearches.stream().map(ChartSearch::of).toList();
        boolean ours = !read.isEmpty() || !found.isEmpty();
        if (ours) {
            synchronized (this) {
                read.forEach(this::add);
                found.forEach(searches::add);
                version++;
            }
        }
        return ours;
    }

    /** Forgets all samples and tests. */
    public synchronized void clear() {
        lines.clear();
        searches.clear();
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
            test.interval(sample);
            draw(sample.test(), sample.interval().get());
            return;
        }
        boolean drawn = test.hasIntervals();
        test.end(sample);
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

    /** {@return the whole time} As {@link #snapshot(int, UnaryOperator)}. */
    public ChartSnapshot snapshot(int maxSteps) {
        return snapshot(maxSteps, all -> all);
    }

    /**
     * {@return what there is to show}
     *
     * @param maxSteps how many points a line may have, at least 1
     * @param window the part to be shown of the time that the model knows; may be nothing
     */
    synchronized ChartSnapshot snapshot(int maxSteps, UnaryOperator<ChartExtent> window) {
        List<ChartRow> rows = rows();
        List<ChartedTest> wholes =
                tests.stream().filter(test -> test.whole().isPresent()).toList();
        ChartExtent all = extent;
        for (ChartedTest test : wholes) {
            all = all.with(test.whole().orElseThrow());
        }
        if (all.isNothing()) {
            return ChartSnapshot.empty(rows, testsForgotten);
        }
        makeRoomFor(all);
        ChartExtent shown = window.apply(all).within(all);
        return shown.isNothing()
                ? ChartSnapshot.empty(rows, testsForgotten)
                : snapshot(shown, all.firstMillis(), withWholes(wholes), maxSteps, rows);
    }

    private List<ChartRow> rows() {
        return tests.stream()
                .map(test -> test.row(test.hasLine() ? number(test) : ChartLine.NONE))
                .toList();
    }

    private int number(ChartedTest test) {
        return numbers.of(lines.nameOf(test.name()));
    }

    /**
     * {@return the newest tests, each as a line over the time since its own start}
     *
     * @param maxTests how many at most
     */
    synchronized List<TestLine> testLines(int maxTests) {
        return tests.stream()
                .skip(Math.max(0, tests.size() - maxTests))
                .flatMap(test -> test.steps().stream()
                        .map(steps -> new TestLine(lines.nameOf(test.name()), number(test), test.startMillis(), steps)))
                .toList();
    }

    /** {@return the lines over the packet size} As {@link ChartSearches#curves}. */
    synchronized List<SizeCurve> sizeCurves(String run, Optional<Integer> age) {
        return searches.curves(run, age, searchNumbers);
    }

    /** {@return whether there is a line over time} A run of nothing but failed tests has none. */
    synchronized boolean hasLines() {
        return !extent.isNothing()
                || tests.stream().anyMatch(test -> test.whole().isPresent());
    }

    synchronized boolean hasTests() {
        return !tests.isEmpty() || !searches.isEmpty();
    }

    synchronized boolean hasSearches() {
        return !searches.isEmpty();
    }

    /**
     * The line of one test.
     *
     * @param name that of its line in the chart
     * @param number of that line
     * @param startMillis when the test began, wall clock, ms
     * @param steps its rates since then
     */
    record TestLine(String name, int number, long startMillis, TestSeries.Steps steps) {}

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

    private ChartSnapshot snapshot(
            ChartExtent part, long beganMillis, ChartLines shown, int maxSteps, List<ChartRow> rows) {
        int width = 1;
        while (part.steps(bucketMillis * width) > maxSteps) {
            width *= 2;
        }
        int buckets = width;
        long step = bucketMillis * width;
        long from = part.firstStep(step);
        int steps = (int) part.steps(step);
        long until = knownUntil() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.floorDiv(knownUntil(), step);
        Function<RateSeries, ChartLine.Values> values = line -> line.values(from, steps, buckets, until, bucketMillis);
        List<ChartLine> drawn = shown.drawn(values, numbers);
        ChartLine.Values sum = ChartSum.of(drawn.stream().map(ChartLine::values).toList(), steps);
        return new ChartSnapshot(
                beganMillis,
                from * step,
                step,
                steps,
                drawn,
                Optional.of(new ChartLine("", ChartLine.SUM, sum)),
                rows,
                testsForgotten);
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
