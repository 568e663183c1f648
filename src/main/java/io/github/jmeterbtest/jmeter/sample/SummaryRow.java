package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Rate;
import java.util.Arrays;
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
 * What {@link SummaryTable} knows of all samples with one label. Memory is bounded by a number of different failures.
 */
final class SummaryRow {
    private static final int MAX_FAILURES_SHOWN = 5;
    private static final int MAX_FAILURE_LENGTH = 500;
    private static final String NONE = "-";

    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private List<String> found = List.of();
    private int count;
    private int passed;
    private int measuredCount;
    private int failuresNotShown;
    private boolean receives;
    private boolean transmits;
    private boolean losesDatagrams;
    private long bytes;
    private double rxSum;
    private int rxKnownCount;
    private double txSum;
    private int txKnownCount;
    private long lost;
    private long hostDropped;
    private final Latencies idleRtt = new Latencies();
    private final Latencies loadedRtt = new Latencies();
    private final Latencies increase = new Latencies();
    private long lateProbes;
    private long lostProbes;
    private double lossSum;
    private int lossKnownCount;
    private long millis;
    private long measuredMillis;

    /** Each byte is in one sample only. */
    void addVolume(SampleResult sample) {
        bytes += sample.getBytesAsLong() + sample.getSentBytes();
    }

    /** Of several searches with one name, the last one's rates are shown. */
    void addSearch(SampleResult sample, List<String> rates) {
        found = rates;
        addResult(sample);
    }

    void add(BandwidthSample ours) {
        SampleResult sample = ours.sample();
        addResult(sample);
        ours.measured().ifPresent(throughput -> {
            measuredCount++;
            measuredMillis += sample.getTime();
            addRates(throughput, reported(sample));
            throughput.rtt().ifPresent(rtt -> {
                loadedRtt.add(rtt.loadedMillis());
                lateProbes += rtt.late();
                lostProbes += rtt.lost();
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
    }

    private void addResult(SampleResult sample) {
        count++;
        millis += sample.getTime();
        if (sample.isSuccessful()) {
            passed++;
        } else {
            addFailure(failure(sample));
        }
    }

    /** A sample without its JSON does not say what was tested, so everything counts. */
    private void addRates(ThroughputMessage throughput, Optional<ReportedTest> test) {
        if (test.map(ReportedTest::receives).orElse(true)) {
            receives = true;
            rxKnownCount++;
            rxSum += throughput.rxBitsPerSecond();
        }
        if (test.map(ReportedTest::transmits).orElse(true)) {
            transmits = true;
            if (!Double.isNaN(throughput.txBitsPerSecond())) {
                txKnownCount++;
                txSum += throughput.txBitsPerSecond();
            }
        }
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
    static String failure(SampleResult sample) {
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
                measured && receives ? Rate.format(rxSum / rxKnownCount) : NONE,
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
                    + " under load"
                    + (lateProbes + lostProbes == 0 ? "" : " (" + Rtt.missed(lateProbes, lostProbes) + ")")
                    + increase(increase.average()));
        }
        found.forEach(line -> lines.add("    " + line));
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
}
