package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.jmeter.BandwidthSummariser;
import io.github.jmeterbtest.protocol.Protocol;
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
    private static final String COLUMNS = "  %-14s  %13s  %13s  %10s  %8s  %8s  %10s";
    private static final String NONE = "-";
    /** Where JMeter writes its log: its name, or what the option -j said. */
    private static final String LOG_FILE = "jmeter.logfile";

    private static final double ABOUT = 0.05;

    private final Map<String, Row> rows = new LinkedHashMap<>();
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
        List<String> lines = new ArrayList<>();
        found.forEach(line -> lines.add(begin(name, sample.getEndTime()) + line));
        if (!sample.isSuccessful()) {
            lines.add(failureLine(name, sample));
        }
        return lines;
    }

    private Optional<String> add(BandwidthSample ours) {
        SampleResult sample = ours.sample();
        Row row = row(ours.test());
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
        return begin(test, sample.getEndTime()) + "FAILED  " + Row.failure(sample);
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

    private Row row(String label) {
        String name = rows.containsKey(label) || rows.size() < MAX_ROWS ? label : OTHERS;
        return rows.computeIfAbsent(name, ignored -> new Row());
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

    /** Medians of several tests; of one that is not known, only that there was one. */
    private static final class Latencies {
        private int count;
        private int known;
        private double sum;

        void add(double millis) {
            count++;
            if (!Double.isNaN(millis)) {
                known++;
                sum += millis;
            }
        }

        double average() {
            return sum / known;
        }
    }

    /** What is known of all samples with one label. */
    private static final class Row {
        private final Map<String, Integer> failures = new LinkedHashMap<>();
        private int count;
        private int passed;
        private int measuredCount;
        private int failuresNotShown;
        private boolean receives;
        private boolean transmits;
        private boolean losesDatagrams;
        private long bytes;
        private double rxSum;
        private double txSum;
        private int txKnownCount;
        private long lost;
        private long hostDropped;
        private final Latencies idleRtt = new Latencies();
        private final Latencies loadedRtt = new Latencies();
        private final Latencies increase = new Latencies();
        private double lossSum;
        private int lossKnownCount;
        private long millis;
        private long measuredMillis;

        /** Each byte is in one sample only. */
        void addVolume(SampleResult sample) {
            bytes += sample.getBytesAsLong() + sample.getSentBytes();
        }

        void add(BandwidthSample ours) {
            SampleResult sample = ours.sample();
            count++;
            millis += sample.getTime();
            ours.measured().ifPresent(throughput -> {
                addDirections(sample);
                measuredCount++;
                measuredMillis += sample.getTime();
                rxSum += throughput.rxBitsPerSecond();
                if (!Double.isNaN(throughput.txBitsPerSecond())) {
                    txKnownCount++;
                    txSum += throughput.txBitsPerSecond();
                }
                throughput.rtt().ifPresent(rtt -> {
                    loadedRtt.add(rtt.loadedMillis());
                    rtt.idleMillis().ifPresent(idle -> {
                        idleRtt.add(idle);
                        increase.add(rtt.loadedMillis() - idle);
                    });
                });
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

        private void addDirections(SampleResult sample) {
            Optional<ReportedTest> test = reported(sample);
            // a sample without its JSON does not say what was tested, so everything counts
            receives |= test.map(ReportedTest::receives).orElse(true);
            transmits |= test.map(ReportedTest::transmits).orElse(true);
            losesDatagrams |= test.map(each -> each.receives() && each.protocol() == Protocol.UDP)
                    .orElse(true);
        }

        private static Optional<ReportedTest> reported(SampleResult sample) {
            try {
                return Optional.of(ReportedTest.of(sample));
            } catch (ReportFormatException e) {
                return Optional.empty();
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
            boolean measured = measuredCount > 0;
            lines.add(String.format(
                    Locale.ROOT,
                    format,
                    label,
                    result(),
                    measured && receives ? Rate.format(rxSum / measuredCount) : NONE,
                    measured && transmits ? ThroughputMessage.rate(txSum / txKnownCount) : NONE,
                    Volume.format(bytes),
                    measured && losesDatagrams ? Long.toString(lost) : NONE,
                    lossKnownCount > 0 ? Percent.format(lossSum / lossKnownCount) : NONE,
                    duration()));
            if (hostDropped > 0) {
                lines.add("    this host dropped " + hostDropped + " of the lost datagrams (receive buffer full)");
            }
            if (loadedRtt.count > 0) {
                lines.add("    latency " + Rtt.text(idleRtt.average()) + " idle, " + Rtt.text(loadedRtt.average())
                        + " under load" + increase(increase.average()));
            }
            failures.forEach(
                    (failure, times) -> lines.add("    " + failure + (times == 1 ? "" : " (" + times + " times)")));
            if (failuresNotShown > 0) {
                lines.add("    and " + failuresNotShown + " other failures");
            }
        }

        private static String increase(double millis) {
            double more = Math.max(0, millis);
            return Double.isNaN(millis) ? "" : ": " + Rtt.text(more) + " more, " + Rtt.word(more);
        }

        private String result() {
            if (count == 0) {
                return "NO RESULT";
            }
            int failed = count - passed;
            String all = count == 1 ? "" : " " + count;
            return failed == 0 ? "OK" + all : failed == count ? "FAILED" + all : failed + " of " + count + " FAILED";
        }

        private String duration() {
            if (count == 0) {
                return NONE;
            }
            double average = measuredCount > 0 ? (double) measuredMillis / measuredCount : (double) millis / count;
            return String.format(Locale.ROOT, "%.1f s", average / 1e3);
        }
    }
}
