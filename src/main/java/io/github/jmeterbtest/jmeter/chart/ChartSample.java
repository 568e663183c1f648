package io.github.jmeterbtest.jmeter.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.jmeter.sample.BandwidthSample;
import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.jmeter.samplers.SampleResult;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterVariables;

/**
 * What a chart takes from one sample of ours. Label, times, message and bytes are enough, as they are all that a CSV
 * file has; the response data of a final sample tells more, where it is there.
 *
 * @param test name of the test
 * @param thread name of the thread
 * @param start wall clock, ms
 * @param end wall clock, ms
 * @param interval what an interval sample measured; empty for a final one
 * @param outcome what a final sample says; null for an interval
 * @param cpu load of the remote side, percent; null if not known
 */
record ChartSample(
        String test, String thread, long start, long end, Optional<ChartSpan> interval, Outcome outcome, Integer cpu) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PERCENT = Pattern.compile("\\d{1,3}"); // anybody can set a variable

    /**
     * How a test ended; what is not known is empty, or null.
     *
     * @param verdict {@link ChartedTest#OK} or the response code
     * @param average as the message tells it, so to few digits
     * @param exactAverage without the omitted time
     * @param minimum of the intervals
     * @param lost datagrams in all
     * @param receives whether this machine received
     * @param transmits whether this machine sent
     * @param spans the intervals, as far as the sample itself tells of them; for a test whose intervals were no samples
     * @param whole the average over the time since the first payload, if the sample carries bytes and no intervals
     * @param remoteCpu percent, at the end
     */
    record Outcome(
            String verdict,
            Optional<ChartRates> average,
            Optional<ChartRates> exactAverage,
            Optional<ChartRates> minimum,
            Optional<Long> lost,
            Optional<Boolean> receives,
            Optional<Boolean> transmits,
            List<ChartSpan> spans,
            Optional<ChartSpan> whole,
            Integer remoteCpu) {}

    /** {@return what is to be charted, in order; nothing for other samplers' samples} */
    static Stream<ChartSample> of(SampleResult sample) {
        return BandwidthSample.in(sample).flatMap(ChartSample::of);
    }

    private static Stream<ChartSample> of(BandwidthSample heard) {
        SampleResult sample = heard.sample();
        if (heard.interval()) {
            return span(sample)
                    .map(span -> new ChartSample(
                            heard.test(),
                            thread(sample),
                            span.startMillis(),
                            span.endMillis(),
                            Optional.of(span),
                            null,
                            currentCpu()))
                    .stream();
        }
        return Stream.of(new ChartSample(
                heard.test(),
                thread(sample),
                sample.getStartTime(),
                sample.getEndTime(),
                Optional.empty(),
                outcome(sample, heard.measured()),
                null));
    }

    private static String thread(SampleResult sample) {
        return Objects.requireNonNullElse(sample.getThreadName(), "");
    }

    private static Optional<ChartSpan> span(SampleResult sample) {
        return ThroughputMessage.measured(sample)
                .map(message -> new ChartSpan(
                        sample.getStartTime(),
                        sample.getEndTime(),
                        ChartRates.refine(message.rxBitsPerSecond(), sample.getBytesAsLong(), sample.getTime()),
                        ChartRates.refine(message.txBitsPerSecond(), sample.getSentBytes(), sample.getTime()),
                        message.lostPackets()))
                .filter(ChartSpan::isPlausible);
    }

    /** While an interval sample is sent, its variables stand; from a file or a remote engine there are none. */
    private static Integer currentCpu() {
        JMeterVariables variables = JMeterContextService.getContext().getVariables();
        String cpu = variables == null ? null : variables.get(BtestVariables.REMOTE_CPU);
        return cpu != null && PERCENT.matcher(cpu).matches() ? Integer.valueOf(cpu) : null;
    }

    private static Outcome outcome(SampleResult sample, Optional<ThroughputMessage> measured) {
        JsonNode json = json(sample);
        Optional<ChartRates> average =
                measured.map(told -> new ChartRates(told.rxBitsPerSecond(), told.txBitsPerSecond()));
        List<JsonNode> intervals = StreamSupport.stream(json.path("intervals").spliterator(), false)
                .toList();
        Integer cpu = intervals.stream()
                .map(interval -> interval.path("remoteCpu"))
                .filter(JsonNode::isInt)
                .reduce((earlier, later) -> later)
                .map(JsonNode::intValue)
                .orElse(null);
        List<ChartSpan> spans = spans(sample, json, intervals);
        return new Outcome(
                verdict(sample),
                average,
                rates(json.path("average")),
                rates(json.path("minimum")),
                measured.map(ThroughputMessage::lostPackets).or(() -> whole(json.at("/loss/lostPackets"))),
                flag(json.path("receives")),
                flag(json.path("transmits")),
                spans,
                spans.isEmpty() ? whole(sample, measured) : Optional.empty(),
                cpu);
    }

    private static String verdict(SampleResult sample) {
        if (sample.isSuccessful()) {
            return ChartedTest.OK;
        }
        return sample.isResponseCodeOK() ? "assertion failed" : sample.getResponseCode();
    }

    /** The JSON has all digits, but joins the intervals of a long test; those inside the sample have messages only. */
    private static List<ChartSpan> spans(SampleResult sample, JsonNode json, List<JsonNode> intervals) {
        List<ChartSpan> kept = Arrays.stream(sample.getSubResults())
                .flatMap(sub -> span(sub).stream())
                .toList();
        Optional<Long> started = instant(json.path("started"));
        if (started.isEmpty() || intervals.size() < kept.size()) {
            return kept;
        }
        return intervals.stream()
                .map(interval -> span(started.get(), interval))
                .filter(ChartSpan::isPlausible)
                .toList();
    }

    private static Optional<ChartSpan> whole(SampleResult sample, Optional<ThroughputMessage> measured) {
        // without bytes of its own it only closes a test whose intervals were samples
        return sample.getBytesAsLong() + sample.getSentBytes() == 0
                ? Optional.empty()
                : measured.map(told -> new ChartSpan(
                                sample.getStartTime() + sample.getLatency(),
                                sample.getEndTime(),
                                told.rxBitsPerSecond(),
                                told.txBitsPerSecond(),
                                told.lostPackets()))
                        .filter(ChartSpan::isPlausible);
    }

    private static ChartSpan span(long started, JsonNode interval) {
        double start = interval.path("startMs").asDouble();
        double length = interval.path("lengthMs").asDouble();
        return new ChartSpan(
                started + Math.round(start),
                started + Math.round(start + length),
                interval.path("rxBitsPerSecond").asDouble(),
                interval.path("deliveredBitsPerSecond").asDouble(Double.NaN),
                interval.path("lostPackets").asLong());
    }

    private static JsonNode json(SampleResult sample) {
        String text = sample.getResponseDataAsString();
        if (text.startsWith("{")) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return JSON.missingNode(); // cut off or not ours; the message says enough
            }
        }
        return JSON.missingNode();
    }

    private static Optional<ChartRates> rates(JsonNode json) {
        JsonNode rx = json.path("rxBitsPerSecond");
        JsonNode tx = json.path("deliveredBitsPerSecond");
        return rx.isNumber() && (tx.isNumber() || tx.isNull())
                ? Optional.of(new ChartRates(rx.asDouble(), tx.asDouble(Double.NaN)))
                : Optional.empty();
    }

    private static Optional<Long> whole(JsonNode json) {
        return json.isIntegralNumber() ? Optional.of(json.longValue()) : Optional.empty();
    }

    private static Optional<Boolean> flag(JsonNode json) {
        return json.isBoolean() ? Optional.of(json.booleanValue()) : Optional.empty();
    }

    private static Optional<Long> instant(JsonNode json) {
        try {
            return json.isTextual()
                    ? Optional.of(Instant.parse(json.textValue()).toEpochMilli())
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
