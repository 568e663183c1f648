package io.github.jmeterbtest.jmeter.dashboard;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.Rtt;
import io.github.jmeterbtest.jmeter.sample.SearchText;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import io.github.jmeterbtest.results.Judgement;
import io.github.jmeterbtest.results.ResultRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * All tests of a results file as JSON: what that file says and nothing else. What it does not say is left out. Rates
 * are bit/s, times are seconds, latencies are milliseconds.
 */
final class RunJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Of a test, as in the JSON of its final sample; those of a longer test are merged. */
    private static final int MAX_INTERVALS = 3600;
    /** Of a run: more no browser shows in time. */
    private static final int MAX_INTERVALS_OF_RUN = 200_000;
    /** Of a test, however many there are. */
    private static final int MIN_INTERVALS = 60;

    private final JsonGenerator json;

    private RunJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * @param source name of the results file
     * @param tests all of them
     * @param searches whose message has a table
     * @return the text in UTF-8
     */
    static byte[] of(String source, List<Judgement.Test<RunInterval>> tests, List<Judgement.Test<RunInterval>> searches)
            throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(text, JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            new RunJson(json).write(source, tests, searches);
        }
        return text.toByteArray();
    }

    private void write(
            String source, List<Judgement.Test<RunInterval>> tests, List<Judgement.Test<RunInterval>> searches)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("source", source);
        writeTime(
                "started",
                tests.stream()
                        .mapToLong(RunJson::start)
                        .filter(time -> time > 0)
                        .min()
                        .orElse(0));
        writeTime("ended", tests.stream().mapToLong(RunJson::end).max().orElse(0));
        json.writeArrayFieldStart("tests");
        int most = mostIntervals(tests.size());
        for (Judgement.Test<RunInterval> test : tests) {
            write(test, most);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("searches");
        for (Judgement.Test<RunInterval> search : searches) {
            writeSearch(search);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Judgement.Test<RunInterval> test, int mostIntervals) throws IOException {
        ResultRow row = test.row();
        List<RunInterval> intervals = RunInterval.drawn(test.intervals());
        Optional<ThroughputMessage> average =
                test.ended() ? ThroughputMessage.parse(row.responseMessage()) : Optional.empty();
        json.writeStartObject();
        json.writeStringField("name", test.name());
        json.writeBooleanField("passed", test.passed());
        if (!test.passed()) {
            json.writeStringField("reason", test.failure());
        }
        if (test.trial()) {
            json.writeBooleanField("trial", true);
        }
        json.writeStringField("thread", row.threadName());
        writeTime("started", start(test));
        json.writeNumberField("seconds", (end(test) - start(test)) / 1e3);
        // the variables stay until the thread's next test begins, so they may be those of the one before
        if (average.isPresent()) {
            writeVariable("protocol", row, BtestVariables.PROTOCOL);
            writeVariable("direction", row, BtestVariables.DIRECTION);
            writeVariable("congestionControl", row, BtestVariables.CONGESTION_CONTROL);
            writeMeasured(row, average.get());
        }
        writeExtremes("Rx", intervals, RunInterval::rxBitsPerSecond);
        writeExtremes("Tx", intervals, RunInterval::txBitsPerSecond);
        json.writeNumberField("rxBytes", bytes(test, RunInterval::rxBytes, ResultRow::bytes));
        json.writeNumberField("txBytes", bytes(test, RunInterval::txBytes, ResultRow::sentBytes));
        writeIntervals(RunInterval.merged(intervals, mostIntervals));
        json.writeEndObject();
    }

    private void writeSearch(Judgement.Test<RunInterval> search) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", search.name());
        json.writeBooleanField("passed", search.passed());
        if (!search.passed()) {
            json.writeStringField("reason", search.failure());
        }
        json.writeArrayFieldStart("rates");
        for (SearchText.Found found : SearchText.parse(search.row().responseMessage())) {
            json.writeStartObject();
            json.writeNumberField("size", found.size());
            json.writeStringField("name", found.name());
            if (found.bitsPerSecond().isPresent()) {
                json.writeNumberField("rate", found.bitsPerSecond().getAsLong());
            }
            if (!found.note().isEmpty()) {
                json.writeStringField("note", found.note());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeMeasured(ResultRow row, ThroughputMessage average) throws IOException {
        writeRate("rx", RunInterval.rate(row, BtestVariables.AVERAGE_RX_MBPS).orElse(average.rxBitsPerSecond()));
        writeRate("tx", RunInterval.rate(row, BtestVariables.AVERAGE_TX_MBPS).orElse(average.txBitsPerSecond()));
        json.writeNumberField("lost", average.lostPackets());
        if (!Double.isNaN(average.lossPercent())) {
            json.writeNumberField("lossPercent", average.lossPercent());
        }
        if (average.rtt().isPresent()) {
            writeLatency(row, average.rtt().get());
        }
        if (average.hostDropped() > 0) {
            json.writeNumberField("hostDropped", average.hostDropped());
        }
        if (average.cpuLimited()) {
            json.writeBooleanField("cpuLimited", true);
        }
    }

    private void writeLatency(ResultRow row, Rtt rtt) throws IOException {
        writeMillis(
                "idleRttMs",
                RunInterval.number(row, BtestVariables.RTT_IDLE_MILLIS)
                        .orElse(rtt.idleMillis().orElse(Double.NaN)));
        writeMillis(
                "rttMs",
                RunInterval.number(row, BtestVariables.RTT_LOADED_MILLIS).orElse(rtt.loadedMillis()));
    }

    /** A last interval that is shorter than half of the others says little. */
    private void writeExtremes(String direction, List<RunInterval> intervals, ToDoubleFunction<RunInterval> rate)
            throws IOException {
        long longest = intervals.stream().mapToLong(RunInterval::millis).max().orElse(0);
        double[] known = intervals.stream()
                .filter(interval -> interval.millis() * 2 >= longest)
                .mapToDouble(rate)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (known.length > 0) {
            writeRate("min" + direction, known[0]);
            writeRate("max" + direction, known[known.length - 1]);
        }
    }

    private void writeIntervals(List<RunInterval> intervals) throws IOException {
        json.writeArrayFieldStart("intervals");
        for (RunInterval interval : intervals) {
            json.writeStartObject();
            json.writeNumberField("start", interval.startMillis() / 1e3);
            json.writeNumberField("seconds", interval.millis() / 1e3);
            writeRate("rx", interval.rxBitsPerSecond());
            writeRate("tx", interval.txBitsPerSecond());
            json.writeNumberField("lost", interval.lost());
            writeMillis("rttMs", interval.rttMillis());
            if (interval.cpuLimited()) {
                json.writeBooleanField("cpuLimited", true);
            }
            writePercent("localCpu", interval.localCpu());
            writePercent("remoteCpu", interval.remoteCpu());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** {@return how many intervals of each test are written} */
    static int mostIntervals(int tests) {
        return Math.max(MIN_INTERVALS, Math.min(MAX_INTERVALS, MAX_INTERVALS_OF_RUN / Math.max(1, tests)));
    }

    /** Each byte is in one row. */
    private static long bytes(
            Judgement.Test<RunInterval> test, ToLongFunction<RunInterval> ofInterval, ToLongFunction<ResultRow> ofRow) {
        return test.intervals().stream().mapToLong(ofInterval).sum()
                + (test.ended() ? ofRow.applyAsLong(test.row()) : 0);
    }

    private static long start(Judgement.Test<RunInterval> test) {
        return test.ended() ? test.row().startMillis() : test.intervals().get(0).startMillis();
    }

    private static long end(Judgement.Test<RunInterval> test) {
        return test.row().startMillis() + test.row().elapsedMillis();
    }

    /** One decimal is a tenth of a bit. */
    private void writeRate(String name, double bitsPerSecond) throws IOException {
        if (!Double.isNaN(bitsPerSecond)) {
            json.writeNumberField(name, Math.round(bitsPerSecond * 10) / 10.0);
        }
    }

    /** To the microsecond. */
    private void writeMillis(String name, double millis) throws IOException {
        if (!Double.isNaN(millis)) {
            json.writeNumberField(name, Math.round(millis * 1e3) / 1e3);
        }
    }

    private void writeTime(String name, long epochMillis) throws IOException {
        if (epochMillis > 0) {
            json.writeStringField(name, Instant.ofEpochMilli(epochMillis).toString());
        }
    }

    private void writeVariable(String name, ResultRow row, String variable) throws IOException {
        String value = row.variables().getOrDefault(variable, "");
        // JMeter writes "null" for one that is not set
        if (!value.isEmpty() && !value.equals("null")) {
            json.writeStringField(name, value);
        }
    }

    private void writePercent(String name, int percent) throws IOException {
        if (percent != RunInterval.UNKNOWN) {
            json.writeNumberField(name, percent);
        }
    }
}
