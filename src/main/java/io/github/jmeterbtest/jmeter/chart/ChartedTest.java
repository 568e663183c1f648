package io.github.jmeterbtest.jmeter.chart;

import java.util.Optional;

/** One test, as far as its samples have come. Guarded by the model that keeps it. */
final class ChartedTest {
    static final String RUNNING = "running";
    static final String OK = "OK";

    private final String name;
    private final String thread;
    private final long startMillis;
    private long lastSampleMillis;
    private boolean hasIntervals;
    private Optional<String> result = Optional.empty();
    private boolean averageReported;
    private boolean minimumReported;
    private boolean lostReported;
    private boolean receives;
    private boolean transmits;
    private Optional<ChartSpan> whole = Optional.empty();
    private Optional<ChartRates> current = Optional.empty();
    private Optional<ChartRates> average = Optional.empty();
    private Optional<ChartRates> minimum = Optional.empty();
    private long longestMillis;
    private double rxBits;
    private double txBits;
    private long txKnownMillis;
    private long measuredMillis;
    private long lost;
    private Integer remoteCpu;

    ChartedTest(String name, String thread, long startMillis) {
        this.name = name;
        this.thread = thread;
        this.startMillis = startMillis;
        this.lastSampleMillis = startMillis;
    }

    /** @param cpu percent, null if not known */
    void interval(ChartSpan span, Integer cpu) {
        hasIntervals = true;
        whole = Optional.empty();
        measured(span);
        if (!isEnded()) {
            current = Optional.of(rates(span));
        }
        if (!averageReported) {
            // not a number where nothing is known of what was sent
            average = Optional.of(new ChartRates(rxBits * 1e3 / measuredMillis, txBits * 1e3 / txKnownMillis));
        }
        if (cpu != null) {
            remoteCpu = cpu;
        }
    }

    private void measured(ChartSpan span) {
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
        lost += lostReported ? 0 : span.lostPackets();
        longestMillis = Math.max(longestMillis, span.lengthMillis());
        // a last piece of an interval says little
        if (!minimumReported && span.lengthMillis() * 2 >= longestMillis) {
            minimum =
                    Optional.of(minimum.map(slowest -> slowest.min(rates(span))).orElse(rates(span)));
        }
    }

    private static ChartRates rates(ChartSpan span) {
        return new ChartRates(span.rxBitsPerSecond(), span.txBitsPerSecond());
    }

    /** @param endMillis wall clock, ms */
    void end(long endMillis, ChartSample.Outcome outcome) {
        if (!hasIntervals) {
            outcome.spans().forEach(this::measured);
            whole = outcome.whole();
        }
        lastSampleMillis = Math.max(lastSampleMillis, endMillis);
        result = Optional.of(outcome.result());
        current = Optional.empty();
        average = outcome.average()
                .map(shown -> average.filter(shown::isShownAs).orElse(shown))
                .or(() -> average);
        outcome.exactAverage().ifPresent(exact -> average = Optional.of(exact));
        outcome.minimum().ifPresent(exact -> minimum = Optional.of(exact));
        outcome.lost().ifPresent(all -> lost = all);
        averageReported = outcome.average().or(outcome::exactAverage).isPresent();
        minimumReported = outcome.minimum().isPresent();
        lostReported = outcome.lost().isPresent();
        outcome.receives().ifPresent(does -> receives = does);
        outcome.transmits().ifPresent(does -> transmits = does);
        if (outcome.remoteCpu() != null) {
            remoteCpu = outcome.remoteCpu();
        }
        average.ifPresent(rates -> {
            receives |= rates.rxBitsPerSecond() > 0;
            transmits |= rates.txBitsPerSecond() > 0;
        });
    }

    /** {@return the average over the test's time, as long as nothing more exact is known} */
    Optional<ChartSpan> whole() {
        return whole;
    }

    /** {@return the same, once} */
    Optional<ChartSpan> takeWhole() {
        Optional<ChartSpan> taken = whole;
        whole = Optional.empty();
        return taken;
    }

    boolean isEnded() {
        return result.isPresent();
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

    String thread() {
        return thread;
    }

    Row row(int line) {
        return new Row(
                name,
                thread,
                line,
                startMillis,
                result.orElse(RUNNING),
                receives,
                transmits,
                current.orElse(null),
                average.orElse(null),
                minimum.orElse(null),
                lost,
                remoteCpu);
    }

    /**
     * A test as the table shows it; what is not known is null.
     *
     * @param name label of the sampler
     * @param thread name of JMeter's thread
     * @param line number of its line in the chart
     * @param startMillis wall clock, ms
     * @param result {@link #RUNNING}, {@link #OK} or what went wrong
     * @param receives whether this machine receives
     * @param transmits whether this machine sends
     * @param current rates of the last interval, while it runs
     * @param average of the test
     * @param minimum of its intervals
     * @param lost datagrams
     * @param remoteCpu percent
     */
    record Row(
            String name,
            String thread,
            int line,
            long startMillis,
            String result,
            boolean receives,
            boolean transmits,
            ChartRates current,
            ChartRates average,
            ChartRates minimum,
            long lost,
            Integer remoteCpu) {
        boolean isRunning() {
            return RUNNING.equals(result);
        }
    }
}
