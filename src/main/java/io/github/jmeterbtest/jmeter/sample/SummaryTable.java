package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.jmeter.BandwidthSummariser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.jmeter.samplers.SampleResult;

/**
 * Adds up samples for {@link BandwidthSummariser}, a row for each label, and lays out its lines. Memory is bounded: by
 * a number of rows, and of different failures in each.
 */
public final class SummaryTable {
    static final int MAX_ROWS = 1000;
    private static final String OTHERS = "(more tests)";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int MAX_PADDING = 40;
    private static final String COLUMNS = "  %-14s  %13s  %13s  %10s  %8s  %8s  %10s";
    /** Where JMeter writes its log: its name, or what the option -j said. */
    private static final String LOG_FILE = "jmeter.logfile";

    private static final double ABOUT = 0.05;

    private final Map<String, SummaryRow> rows = new LinkedHashMap<>();
    private final Map<String, Long> lengths = new HashMap<>();
    private int labelWidth = 28;
    private boolean cpuLimited;

    /** {@return lines to print at once: those of intervals, and of tests that failed} */
    public List<String> add(SampleResult sample) {
        List<String> found = SearchText.lines(sample.getResponseMessage());
        if (!found.isEmpty()) {
            return searchLines(sample, found);
        }
        return BandwidthSample.in(sample).flatMap(ours -> add(ours).stream()).toList();
    }

    private List<String> searchLines(SampleResult sample, List<String> found) {
        String name = sample.getSampleLabel();
        row(name).addSearch(sample, found);
        List<String> lines = new ArrayList<>();
        found.forEach(line -> lines.add(begin(name, sample.getEndTime()) + line));
        if (!sample.isSuccessful()) {
            lines.add(failureLine(name, sample));
        }
        return lines;
    }

    private Optional<String> add(BandwidthSample ours) {
        SampleResult sample = ours.sample();
        SummaryRow row = row(ours.test());
        row.addVolume(sample);
        if (ours.interval()) {
            return ours.measured()
                    .map(throughput -> intervalLine(ours.test(), sample.getEndTime(), throughput)
                            + length(ours.test(), sample.getTime()));
        }
        row.add(ours);
        return sample.isSuccessful() ? Optional.empty() : Optional.of(failureLine(ours.test(), sample));
    }

    private String failureLine(String test, SampleResult sample) {
        return begin(test, sample.getEndTime()) + "FAILED  " + SummaryRow.failure(sample);
    }

    private String begin(String test, long endMillis) {
        labelWidth = Math.max(labelWidth, Math.min(test.length(), MAX_PADDING));
        return String.format(
                Locale.ROOT, "%s  %-" + labelWidth + "s  ", CLOCK.format(Instant.ofEpochMilli(endMillis)), test);
    }

    private String intervalLine(String test, long endMillis, ThroughputMessage throughput) {
        cpuLimited |= throughput.cpuLimited();
        return begin(test, endMillis)
                + String.format(
                        Locale.ROOT,
                        "rx %13s  tx %13s  lost %d%s",
                        ThroughputMessage.rate(throughput.rxBitsPerSecond()),
                        ThroughputMessage.rate(throughput.txBitsPerSecond()),
                        throughput.lostPackets(),
                        throughput.rtt().map(rtt -> "  " + rtt.format()).orElse("")
                                + (throughput.hostDropped() > 0 ? "  HOST " + throughput.hostDropped() : "")
                                + (throughput.cpuLimited() ? "  CPU" : ""));
    }

    /**
     * The rate of a last piece of an interval says little, so its length stands beside it, as that of the first unless
     * it is a second.
     */
    private String length(String test, long millis) {
        long usual = lengths.getOrDefault(test, 1000L);
        if (lengths.size() < MAX_ROWS || lengths.containsKey(test)) {
            lengths.put(test, millis);
        }
        return Math.abs(millis - usual) <= usual * ABOUT ? "" : "  in " + millis + " ms";
    }

    private SummaryRow row(String label) {
        String name = rows.containsKey(label) || rows.size() < MAX_ROWS ? label : OTHERS;
        return rows.computeIfAbsent(name, ignored -> new SummaryRow());
    }

    /** {@return the table, with the failures below the rows they belong to} */
    public List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("No bandwidth test has run. The reason is in " + System.getProperty(LOG_FILE, "jmeter.log")
                    + ": search it for ERROR and WARN.");
        }
        int width = Math.max(
                4, rows.keySet().stream().mapToInt(String::length).max().orElse(0));
        String format = "%-" + width + "s" + COLUMNS;
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("MikroTik Bandwidth Summary");
        lines.add(String.format(
                Locale.ROOT,
                format,
                "test",
                "result",
                "rx average",
                "tx average",
                "volume",
                "lost",
                "loss",
                "duration"));
        rows.forEach((label, row) -> row.addLines(lines, label, format));
        if (cpuLimited) {
            lines.add("CPU: this machine's CPU was the limit in that interval; the link may be faster.");
        }
        return lines;
    }
}
