package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.jmeter.BandwidthSummariser;
import io.github.jmeterbtest.protocol.Rate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.jmeter.assertions.AssertionResult;
import org.apache.jmeter.samplers.SampleResult;

/**
 * Adds up samples for {@link BandwidthSummariser}, a row for each label, and lays out its lines. Memory is bounded: by
 * a number of rows, and of different failures in each.
 */
public final class SummaryTable {
    static final int MAX_ROWS = 1000;
    static final int MAX_FAILURES_SHOWN = 5;
    private static final int MAX_FAILURE_LENGTH = 500;
    private static final String OTHERS = "(more tests)";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int MAX_PADDING = 40;
    private static final String COLUMNS = "  %-14s  %13s  %13s  %8s  %8s  %10s";

    private static final double ABOUT = 0.05;

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Long> lengths = new HashMap<>();
    private int labelWidth = 28;

    /** {@return lines to print at once: those of intervals} */
    public List<String> add(SampleResult sample) {
        return BandwidthSample.in(sample).flatMap(ours -> add(ours).stream()).toList();
    }

    private Optional<String> add(BandwidthSample ours) {
        SampleResult sample = ours.sample();
        if (ours.interval()) {
            return ours.measured()
                    .map(throughput -> intervalLine(ours.test(), sample.getEndTime(), throughput)
                            + length(ours.test(), sample.getTime()));
        }
        row(ours.test()).add(sample, ours.measured());
        return Optional.empty();
    }

    private String intervalLine(String test, long endMillis, ThroughputMessage throughput) {
        labelWidth = Math.max(labelWidth, Math.min(test.length(), MAX_PADDING));
        return String.format(
                Locale.ROOT,
                "%s  %-" + labelWidth + "s  rx %13s  tx %13s  lost %d%s",
                CLOCK.format(Instant.ofEpochMilli(endMillis)),
                test,
                ThroughputMessage.rate(throughput.rxBitsPerSecond()),
                ThroughputMessage.rate(throughput.txBitsPerSecond()),
                throughput.lostPackets(),
                (throughput.hostDropped() > 0 ? "  HOST " + throughput.hostDropped() : "")
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

    private Row row(String label) {
        String name = rows.containsKey(label) || rows.size() < MAX_ROWS ? label : OTHERS;
        return rows.computeIfAbsent(name, ignored -> new Row());
    }

    /** {@return the table, with the failures below the rows they belong to} */
    public List<String> lines() {
        if (rows.isEmpty()) {
            return List.of("No bandwidth test has finished.");
        }
        int width = Math.max(
                4, rows.keySet().stream().mapToInt(String::length).max().orElse(0));
        String format = "%-" + width + "s" + COLUMNS;
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT, format, "test", "result", "rx average", "tx average", "lost", "loss", "duration"));
        rows.forEach((label, row) -> row.addLines(lines, label, format));
        return lines;
    }

    /** What is known of all samples with one label. */
    private static final class Row {
        private final Map<String, Integer> failures = new LinkedHashMap<>();
        private int count;
        private int passed;
        private int measuredCount;
        private int failuresNotShown;
        private double rxSum;
        private double txSum;
        private int txKnownCount;
        private long lost;
        private long hostDropped;
        private double lossSum;
        private int lossKnownCount;
        private long millis;
        private long measuredMillis;

        void add(SampleResult sample, Optional<ThroughputMessage> measured) {
            count++;
            millis += sample.getTime();
            measured.ifPresent(throughput -> {
                measuredCount++;
                measuredMillis += sample.getTime();
                rxSum += throughput.rxBitsPerSecond();
                if (!Double.isNaN(throughput.txBitsPerSecond())) {
                    txKnownCount++;
                    txSum += throughput.txBitsPerSecond();
                }
                lost += throughput.lostPackets();
                hostDropped += throughput.hostDropped();
                if (!Double.isNaN(throughput.lossPercent())) {
                    lossKnownCount++;
                    lossSum += throughput.lossPercent();
                }
            });
            if (sample.isSuccessful()) {
                passed++;
            } else {
                addFailure(failure(sample));
            }
        }

        /** A test that measured well can still have failed an assertion, and its message is not changed by that. */
        private static String failure(SampleResult sample) {
            if (!sample.isResponseCodeOK()) {
                return sample.getResponseCode() + ": " + sample.getResponseMessage();
            }
            String messages = Arrays.stream(sample.getAssertionResults())
                    .filter(result -> result.isFailure() || result.isError())
                    .map(AssertionResult::getFailureMessage)
                    .filter(message -> message != null && !message.isBlank())
                    .collect(Collectors.joining("; "));
            return messages.isEmpty()
                    ? "an assertion failed"
                    : "an assertion failed: "
                            + StringUtils.abbreviate(StringUtils.normalizeSpace(messages), MAX_FAILURE_LENGTH);
        }

        private void addFailure(String failure) {
            if (failures.containsKey(failure) || failures.size() < MAX_FAILURES_SHOWN) {
                failures.merge(failure, 1, Integer::sum);
            } else {
                failuresNotShown++;
            }
        }

        void addLines(List<String> lines, String label, String format) {
            int failed = count - passed;
            String all = count == 1 ? "" : " " + count;
            String result =
                    failed == 0 ? "OK" + all : failed == count ? "FAILED" + all : failed + " of " + count + " FAILED";
            boolean measured = measuredCount > 0;
            lines.add(String.format(
                    Locale.ROOT,
                    format,
                    label,
                    result,
                    measured ? Rate.format(rxSum / measuredCount) : "-",
                    measured ? ThroughputMessage.rate(txSum / txKnownCount) : "-",
                    measured ? Long.toString(lost) : "-",
                    lossKnownCount > 0 ? Percent.format(lossSum / lossKnownCount) : "-",
                    String.format(
                            Locale.ROOT,
                            "%.1f s",
                            (measured ? (double) measuredMillis / measuredCount : (double) millis / count) / 1e3)));
            if (hostDropped > 0) {
                lines.add("    this host dropped " + hostDropped + " of the lost datagrams (receive buffer full)");
            }
            failures.forEach(
                    (failure, times) -> lines.add("    " + failure + (times == 1 ? "" : " (" + times + " times)")));
            if (failuresNotShown > 0) {
                lines.add("    and " + failuresNotShown + " other failures");
            }
        }
    }
}
