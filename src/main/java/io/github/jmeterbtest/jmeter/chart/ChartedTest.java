package io.github.jmeterbtest.jmeter.chart;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.jmeter.sample.LiveInterval;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import io.github.jmeterbtest.protocol.Protocol;
import java.util.Optional;

/** One test, as far as its samples have come. Guarded by the model that keeps it. */
final class ChartedTest {
    private final String name;
    private final String thread;
    private final long startMillis;
    private final TestSeries series = new TestSeries();
    private final RecentRates recent = new RecentRates();
    private long lastSampleMillis;
    private boolean hasIntervals;
    private Optional<ChartOutcome> outcome = Optional.empty();
    private Protocol protocol;
    private boolean receives;
    private boolean transmits;
    private Optional<ChartSpan> whole = Optional.empty();
    private Optional<ChartRates> current = Optional.empty();
    private Optional<ChartRates> average = Optional.empty();
    private Optional<ChartRates> minimum = Optional.empty();
    private Optional<ChartRates> maximum = Optional.empty();
    private double currentRtt = Double.NaN;
    private long longestMillis;
    private double rxBits;
    private double txBits;
    private long txKnownMillis;
    private long measuredMillis;
    private long rxBytes;
    private long txBytes;
    private long rxPackets;
    private long lost;
    private Integer localCpu;
    private Integer remoteCpu;
    private Long leftMillis;

    ChartedTest(String name, String thread, long startMillis) {
        this.name = name;
        this.thread = thread;
        this.startMillis = startMillis;
        this.lastSampleMillis = startMillis;
    }

    /** @param sample that of an interval */
    void interval(ChartSample sample) {
        ChartSpan span = sample.interval().orElseThrow();
        hasIntervals = true;
        whole = Optional.empty();
        count(sample);
        measured(span);
        if (!isEnded()) {
            current = Optional.of(ChartRates.of(span));
            currentRtt = span.rttMillis();
        }
        if (!isAverageReported()) {
            // not a number where nothing is known of what was sent
            average = Optional.of(new ChartRates(rxBits * 1e3 / measuredMillis, txBits * 1e3 / txKnownMillis));
        }
        sample.live().ifPresent(this::live);
    }

    private void count(ChartSample sample) {
        // each byte is in one sample, be it an interval or the final one
        rxBytes += sample.rxBytes();
        txBytes += sample.txBytes();
    }

    private void live(LiveInterval live) {
        protocol = live.protocol();
        rxPackets += live.rxPackets();
        localCpu = known(live.localCpu(), localCpu);
        remoteCpu = known(live.remoteCpu(), remoteCpu);
        leftMillis = live.leftMillis().orElse(null);
    }

    private static Integer known(int percent, Integer before) {
        return percent == IntervalReport.UNKNOWN ? before : Integer.valueOf(percent);
    }

    private void measured(ChartSpan span) {
        series.add(span);
        recent.add(span);
        lastSampleMillis = Math.max(lastSampleMillis, span.endMillis());
        receives |= span.rxBitsPerSecond() > 0;
        // a peer has to report only what was sent to it
        transmits |= span.txBitsPerSecond() > 0 || !span.isTxKnown();
        rxBits += span.rxBitsPerSecond() * span.lengthMillis() / 1e3;
        measuredMillis += span.lengthMillis();
        if (span.isTxKnown()) {
            txBits += span.txBitsPerSecond() * span.lengthMillis() / 1e3;
            txKnownMillis += span.lengthMillis();
        }
        // where the final sample comes first, as in a file sorted by time, it has counted them already
        lost += outcome.flatMap(ChartOutcome::lost).isPresent() ? 0 : span.lostPackets();
        longestMillis = Math.max(longestMillis, span.lengthMillis());
        // a last piece of an interval says little
        if (span.lengthMillis() * 2 >= longestMillis) {
            ChartRates rates = ChartRates.of(span);
            if (outcome.flatMap(ChartOutcome::minimum).isEmpty()) {
                minimum = Optional.of(minimum.map(slowest -> slowest.min(rates)).orElse(rates));
            }
            if (outcome.flatMap(ChartOutcome::maximum).isEmpty()) {
                maximum = Optional.of(maximum.map(fastest -> fastest.max(rates)).orElse(rates));
            }
        }
    }

    /** @param sample the final one */
    void end(ChartSample sample) {
        ChartOutcome ended = sample.outcome();
        count(sample);
        if (!hasIntervals) {
            ended.spans().forEach(this::measured);
            whole = ended.whole();
        }
        lastSampleMillis = Math.max(lastSampleMillis, sample.end());
        outcome = Optional.of(ended);
        current = Optional.empty();
        leftMillis = null;
        average = ended.average()
                .map(shown -> average.filter(shown::isShownAs).orElse(shown))
                .or(() -> average);
        ended.exactAverage().ifPresent(exact -> average = Optional.of(exact));
        ended.minimum().ifPresent(exact -> minimum = Optional.of(exact));
        ended.maximum().ifPresent(exact -> maximum = Optional.of(exact));
        ended.lost().ifPresent(all -> lost = all);
        ended.protocol().ifPresent(carrier -> protocol = carrier);
        ended.receives().ifPresent(does -> receives = does);
        ended.transmits().ifPresent(does -> transmits = does);
        localCpu = known(ended.localCpu(), localCpu);
        remoteCpu = known(ended.remoteCpu(), remoteCpu);
        average.ifPresent(rates -> {
            receives |= rates.rxBitsPerSecond() > 0;
            transmits |= rates.txBitsPerSecond() > 0;
        });
    }

    private boolean isAverageReported() {
        return outcome.flatMap(ended -> ended.average().or(ended::exactAverage)).isPresent();
    }

    /** {@return the average over the test's time, as long as nothing more exact is known} */
    Optional<ChartSpan> whole() {
        return whole;
    }

    /** {@return the same, once} */
    Optional<ChartSpan> takeWhole() {
        Optional<ChartSpan> taken = whole;
        taken.ifPresent(series::add);
        whole = Optional.empty();
        return taken;
    }

    boolean isEnded() {
        return outcome.isPresent();
    }

    boolean hasIntervals() {
        return hasIntervals;
    }

    /** {@return wall clock, ms: the end of its last sample} */
    long lastSampleMillis() {
        return lastSampleMillis;
    }

    String name() {
        return name;
    }

    /** {@return wall clock, ms} */
    long startMillis() {
        return startMillis;
    }

    String thread() {
        return thread;
    }

    /** {@return whether anything was measured} */
    boolean hasLine() {
        return whole.isPresent() || !series.isEmpty();
    }

    /** {@return its rates over the time since its first interval} */
    Optional<TestSeries.Steps> steps() {
        if (whole.isEmpty()) {
            return series.steps();
        }
        TestSeries average = new TestSeries();
        average.add(whole.get());
        return average.steps();
    }

    ChartRow row(int line) {
        return new ChartRow(
                name,
                thread,
                line,
                startMillis,
                lastSampleMillis,
                outcome.map(ChartOutcome::result).orElse(ChartRow.RUNNING),
                outcome.map(ChartOutcome::reason).orElse(""),
                protocol,
                receives,
                transmits,
                new ChartRow.Rates(
                        current.orElse(null),
                        recent.average().orElse(null),
                        average.orElse(null),
                        minimum.orElse(null),
                        maximum.orElse(null)),
                rxBytes,
                txBytes,
                lost,
                lossPercent(),
                rtt(),
                localCpu,
                remoteCpu,
                leftMillis);
    }

    private Optional<Rtt> rtt() {
        return outcome.isPresent()
                ? outcome.get().rtt()
                : Optional.of(currentRtt)
                        .filter(millis -> !Double.isNaN(millis))
                        .map(millis -> new Rtt(millis, Optional.empty()));
    }

    /** Of a final sample that counts what was lost, its own word; the intervals also have the omitted time. */
    private double lossPercent() {
        return outcome.filter(ended -> ended.lost().isPresent())
                .map(ChartOutcome::lossPercent)
                .orElseGet(() -> rxPackets == 0 ? Double.NaN : 100.0 * lost / (rxPackets + lost));
    }
}
