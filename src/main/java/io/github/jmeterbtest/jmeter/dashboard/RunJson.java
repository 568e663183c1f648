package io.github.jmeterbtest.jmeter.dashboard;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jmeterbtest.jmeter.sample.BtestVariables;
import io.github.jmeterbtest.jmeter.sample.ThroughputMessage;
import io.github.jmeterbtest.results.Judgement;
import io.github.jmeterbtest.results.ResultRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * All tests of a results file as JSON: what that file says and nothing else. What it does not say is left out. Rates
 * are bit/s, times are seconds.
 */
final class RunJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private RunJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * @param source name of the results file
     * @param tests all of them
     * @return the text in UTF-8
     */
    static byte[] of(String source, List<Judgement.Test> tests) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(text, JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            new RunJson(json).write(source, tests);
        }
        return text.toByteArray();
    }

    private void write(String source, List<Judgement.Test> tests) throws IOException {
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
        for (Judgement.Test test : tests) {
            write(test);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Judgement.Test test) throws IOException {
        ResultRow row = test.row();
        json.writeStartObject();
        json.writeStringField("name", test.name());
        json.writeBooleanField("passed", test.passed());
        if (!test.passed()) {
            json.writeStringField("reason", test.failure());
        }
        json.writeStringField("thread", row.threadName());
        writeTime("started", start(test));
        json.writeNumberField("seconds", (end(test) - start(test)) / 1e3);
        writeVariable("protocol", row, BtestVariables.PROTOCOL);
        writeVariable("direction", row, BtestVariables.DIRECTION);
        Optional<ThroughputMessage> average = row.isInterval() ? Optional.empty() : measured(row);
        if (average.isPresent()) {
            writeMeasured(average.get());
        }
        List<ThroughputMessage> rates = test.intervals().stream()
                .flatMap(interval -> interval(interval).stream())
                .toList();
        writeExtremes("Rx", rates, ThroughputMessage::rxBitsPerSecond);
        writeExtremes("Tx", rates, ThroughputMessage::txBitsPerSecond);
        json.writeNumberField("rxBytes", bytes(test, true));
        json.writeNumberField("txBytes", bytes(test, false));
        writeIntervals(test);
        json.writeEndObject();
    }

    private void writeMeasured(ThroughputMessage average) throws IOException {
        writeRate("rx", average.rxBitsPerSecond());
        writeRate("tx", average.txBitsPerSecond());
        json.writeNumberField("lost", average.lostPackets());
        if (!Double.isNaN(average.lossPercent())) {
            json.writeNumberField("lossPercent", average.lossPercent());
        }
        if (average.hostDropped() > 0) {
            json.writeNumberField("hostDropped", average.hostDropped());
        }
        if (average.cpuLimited()) {
            json.writeBooleanField("cpuLimited", true);
        }
    }

    private void writeExtremes(String direction, List<ThroughputMessage> rates, ToDoubleFunction<ThroughputMessage> of)
            throws IOException {
        double[] known = rates.stream()
                .mapToDouble(of)
                .filter(rate -> !Double.isNaN(rate))
                .sorted()
                .toArray();
        if (known.length > 0) {
            writeRate("min" + direction, known[0]);
            writeRate("max" + direction, known[known.length - 1]);
        }
    }

    private void writeIntervals(Judgement.Test test) throws IOException {
        json.writeArrayFieldStart("intervals");
        List<ResultRow> inOrder = test.intervals().stream()
                .sorted(Comparator.comparingLong(ResultRow::startMillis))
                .toList();
        for (ResultRow row : inOrder) {
            Optional<ThroughputMessage> rates = interval(row);
            if (rates.isEmpty()) {
                continue;
            }
            json.writeStartObject();
            json.writeNumberField("start", row.startMillis() / 1e3);
            json.writeNumberField("seconds", row.elapsedMillis() / 1e3);
            writeRate("rx", rates.get().rxBitsPerSecond());
            writeRate("tx", rates.get().txBitsPerSecond());
            json.writeNumberField("lost", rates.get().lostPackets());
            if (rates.get().cpuLimited()) {
                json.writeBooleanField("cpuLimited", true);
            }
            writeNumber("localCpu", row, BtestVariables.LOCAL_CPU);
            writeNumber("remoteCpu", row, BtestVariables.REMOTE_CPU);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static Optional<ThroughputMessage> measured(ResultRow row) {
        return ThroughputMessage.parse(row.responseMessage());
    }

    private static Optional<ThroughputMessage> interval(ResultRow row) {
        return measured(row).map(rates -> rates.refined(row.bytes(), row.sentBytes(), row.elapsedMillis()));
    }

    private static long bytes(Judgement.Test test, boolean received) {
        long ofIntervals = test.intervals().stream()
                .mapToLong(row -> received ? row.bytes() : row.sentBytes())
                .sum();
        boolean unfinished = test.row().isInterval();
        return ofIntervals
                + (unfinished ? 0 : received ? test.row().bytes() : test.row().sentBytes());
    }

    private static long start(Judgement.Test test) {
        return test.row().isInterval()
                ? test.intervals().get(0).startMillis()
                : test.row().startMillis();
    }

    private static long end(Judgement.Test test) {
        return test.row().startMillis() + test.row().elapsedMillis();
    }

    /** One decimal is a tenth of a bit. */
    private void writeRate(String name, double bitsPerSecond) throws IOException {
        if (!Double.isNaN(bitsPerSecond)) {
            json.writeNumberField(name, Math.round(bitsPerSecond * 10) / 10.0);
        }
    }

    private void writeTime(String name, long epochMillis) throws IOException {
        if (epochMillis > 0) {
            json.writeStringField(name, Instant.ofEpochMilli(epochMillis).toString());
        }
    }

    private void writeVariable(String name, ResultRow row, String variable) throws IOException {
        String value = row.variables().getOrDefault(variable, "");
        if (isSet(value)) {
            json.writeStringField(name, value);
        }
    }

    private void writeNumber(String name, ResultRow row, String variable) throws IOException {
        String value = row.variables().getOrDefault(variable, "");
        if (value.matches("\\d{1,3}")) {
            json.writeNumberField(name, Integer.parseInt(value));
        }
    }

    /** JMeter writes "null" for a variable that is not set. */
    private static boolean isSet(String value) {
        return !value.isEmpty() && !value.equals("null");
    }
}
