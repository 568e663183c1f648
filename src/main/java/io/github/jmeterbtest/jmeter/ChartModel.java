package io.github.jmeterbtest.jmeter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jmeter.samplers.SampleResult;

/**
 * What a throughput chart knows. Any thread may add samples, in any order; the lock is held for microseconds. Memory is
 * bounded: by a number of lines, of buckets in each and of tests.
 */
final class ChartModel {
    /** Buckets of one line, so that half an hour has one for each second; then two become one. */
    static final int MAX_BUCKETS = 1800;
    /** Labels with a line of their own. */
    static final int MAX_LINES = 100;
    static final int MAX_TESTS = 1000;
    /** The line of all other labels. */
    static final String OTHERS = "(more tests)";

    private static final long FINEST_MILLIS = 1000;
    /** Intervals are 5 s at most; who has not been heard of for so long is not waited for any more. */
    private static final long SILENT_MILLIS = 10_000;

    private final Map<String, RateSeries> lines = new LinkedHashMap<>();
    private final RateSeries sum = new RateSeries();
    private final Set<ChartedTest> tests = new LinkedHashSet<>();
    private final Map<Slot, ChartedTest> latest = new LinkedHashMap<>();
    private long bucketMillis = FINEST_MILLIS;
    private long firstMillis = Long.MAX_VALUE;
    private long endMillis = Long.MIN_VALUE;
    private long testsForgotten;
    private long version;

    private record Slot(String name, String thread) {
    }

    /** Takes what a sample tells, if it is one of ours. */
    void add(SampleResult sample) {
        // reading is the longer part and needs no lock
        List<ChartSample> read = ChartSample.of(sample).toList();
        if (!read.isEmpty()) {
            synchronized (this) {
                read.forEach(this::add);
                version++;
            }
        }
    }

    synchronized void clear() {
        lines.clear();
        sum.clear();
        tests.clear();
        latest.clear();
        bucketMillis = FINEST_MILLIS;
        firstMillis = Long.MAX_VALUE;
        endMillis = Long.MIN_VALUE;
        testsForgotten = 0;
        version++;
    }

    /** {@return another number whenever there is something new} */
    synchronized long version() {
        return version;
    }

    private void add(ChartSample sample) {
        ChartedTest test = test(sample);
        if (sample.interval().isPresent()) {
            test.interval(sample.interval().get(), sample.cpu());
            draw(sample.test(), sample.interval().get());
            return;
        }
        boolean drawn = test.intervalsHeard();
        test.end(sample.end(), sample.outcome().verdict(), sample.outcome());
        if (!drawn) {
            sample.outcome().spans().forEach(span -> draw(sample.test(), span));
        }
    }

    /** One thread runs one test after the other. What comes late, after the end of its test, still belongs to that one. */
    private ChartedTest test(ChartSample sample) {
        Slot slot = new Slot(sample.test(), sample.thread());
        ChartedTest test = latest.get(slot);
        // the middle, since stamps can be a millisecond off
        boolean sameTest = test != null && (test.isEnded() ? (sample.start() + sample.end()) / 2 < test.heardUntil()
                : sample.start() - test.heardUntil() < SILENT_MILLIS);
        return sameTest ? test : begin(slot, sample.start());
    }

    private ChartedTest begin(Slot slot, long startMillis) {
        if (tests.size() == MAX_TESTS) {
            ChartedTest oldest = tests.stream().filter(ChartedTest::isEnded).findFirst().orElse(tests.iterator().next());
            tests.remove(oldest);
            latest.remove(new Slot(oldest.name(), oldest.thread()), oldest);
            testsForgotten++;
        }
        ChartedTest test = new ChartedTest(slot.name(), slot.thread(), startMillis);
        tests.add(test);
        latest.put(slot, test);
        return test;
    }

    private void draw(String label, ChartSpan span) {
        firstMillis = Math.min(firstMillis, span.startMillis());
        endMillis = Math.max(endMillis, span.endMillis());
        while (Math.floorDiv(endMillis - 1, bucketMillis) - Math.floorDiv(firstMillis, bucketMillis) >= MAX_BUCKETS) {
            lines.values().forEach(line -> line.coarsen(bucketMillis));
            sum.coarsen(bucketMillis);
            bucketMillis *= 2;
        }
        String name = lineName(label);
        lines.computeIfAbsent(name, ignored -> new RateSeries()).add(span, bucketMillis);
        sum.add(span, bucketMillis);
    }

    private String lineName(String label) {
        return lines.containsKey(label) || lines.size() < MAX_LINES ? label : OTHERS;
    }

    /** @param maxSteps how many points a line may have, at least 1 */
    synchronized ChartSnapshot snapshot(int maxSteps) {
        List<String> names = List.copyOf(lines.keySet());
        List<ChartedTest.Row> rows = new ArrayList<>();
        tests.forEach(test -> rows.add(test.row(names.indexOf(lineName(test.name())))));
        if (lines.isEmpty()) {
            return new ChartSnapshot(0, bucketMillis, 0, List.of(), Optional.empty(), rows, testsForgotten);
        }
        int width = 1;
        while (steps(width) > maxSteps) {
            width *= 2;
        }
        long step = bucketMillis * width;
        long from = Math.floorDiv(firstMillis, step);
        int steps = steps(width);
        long until = knownUntil() == Long.MAX_VALUE ? Long.MAX_VALUE : Math.floorDiv(knownUntil(), step);
        List<ChartLine> drawn = new ArrayList<>();
        for (String name : names) {
            drawn.add(new ChartLine(name, drawn.size(), lines.get(name).values(from, steps, width, until, bucketMillis)));
        }
        ChartLine all = new ChartLine("", -1, sum.values(from, steps, width, until, bucketMillis));
        return new ChartSnapshot(from * step, step, steps, drawn, Optional.of(all), rows, testsForgotten);
    }

    private int steps(int width) {
        long step = bucketMillis * width;
        return (int) (Math.floorDiv(endMillis - 1, step) - Math.floorDiv(firstMillis, step) + 1);
    }

    /** The sum would fall at its end, again and again, if a second were shown that not all running tests have told of. */
    private long knownUntil() {
        return tests.stream().filter(test -> !test.isEnded() && test.heardUntil() > endMillis - SILENT_MILLIS)
                .mapToLong(ChartedTest::heardUntil).min().orElse(Long.MAX_VALUE);
    }

    /** {@return how many buckets all lines together keep room for} */
    synchronized int room() {
        return sum.room() + lines.values().stream().mapToInt(RateSeries::room).sum();
    }
}
