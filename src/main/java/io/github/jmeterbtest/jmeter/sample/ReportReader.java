package io.github.jmeterbtest.jmeter.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.protocol.Protocol;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.StringUtils;

/**
 * Reads what {@link ReportJson} wrote. Fields that are not known here, as a newer version may write them, are passed
 * over; of the fields that are known only those that tell what was measured have to be there.
 */
final class ReportReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_SHOWN = 40;

    private ReportReader() {}

    /** @throws ReportFormatException if the text is no report of ours */
    static ReportedTest read(String text) throws ReportFormatException {
        Value report = new Value("", parse(text));
        return new ReportedTest(
                protocol(report.field("protocol")),
                report.field("receives").flag(),
                report.field("transmits").flag(),
                instant(report.field("started")),
                rates(report.field("average")),
                rates(report.field("minimum")),
                optionalRates(report.field("maximum")),
                loss(report.field("loss")),
                (int) report.field("highestRemoteCpu").wholeOrUnknown(),
                latencyUnderLoad(report.field("latency")),
                intervals(report.field("intervals")));
    }

    private static JsonNode parse(String text) throws ReportFormatException {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // without the parser's message, which quotes the text: it may be another sampler's, and hold a secret
            throw new ReportFormatException("it is not JSON", e);
        }
        if (!json.isObject()) {
            throw new ReportFormatException("it is not a JSON object");
        }
        return json;
    }

    private static Protocol protocol(Value value) throws ReportFormatException {
        return Arrays.stream(Protocol.values())
                .filter(protocol -> protocol.word().equals(value.json().textValue()))
                .findFirst()
                .orElseThrow(() -> value.isNot("tcp or udp"));
    }

    private static Instant instant(Value value) throws ReportFormatException {
        try {
            return Instant.parse(value.json().asText());
        } catch (DateTimeParseException e) {
            throw value.isNot("a time such as \"2026-01-02T03:04:05Z\"");
        }
    }

    private static ReportedTest.Rates rates(Value object) throws ReportFormatException {
        return new ReportedTest.Rates(
                object.field("rxBitsPerSecond").number(),
                // not "arrived": it leaves out the intervals that the peer did not report, as after the link died
                object.field("deliveredBitsPerSecond").numberOrNaN());
    }

    private static Optional<ReportedTest.Rates> optionalRates(Value object) throws ReportFormatException {
        return object.isKnown() ? Optional.of(rates(object)) : Optional.empty();
    }

    private static Loss loss(Value object) throws ReportFormatException {
        return object.isKnown()
                ? new Loss(
                        object.field("packets").whole(),
                        object.field("lostPackets").whole(),
                        object.field("hostDroppedPackets").wholeOrUnknown())
                : Loss.UNKNOWN;
    }

    private static LatencyUnderLoad latencyUnderLoad(Value object) throws ReportFormatException {
        return object.isKnown()
                ? new LatencyUnderLoad(latency(object.field("idle")), latency(object.field("loaded")))
                : LatencyUnderLoad.NONE;
    }

    private static Latency latency(Value object) throws ReportFormatException {
        return object.isKnown()
                ? new Latency(
                        object.field("answered").whole(),
                        object.field("late").whole(),
                        object.field("lost").whole(),
                        object.field("minimumMs").nanosOrUnknown(),
                        object.field("medianMs").nanosOrUnknown(),
                        object.field("percentile95Ms").nanosOrUnknown(),
                        object.field("maximumMs").nanosOrUnknown())
                : Latency.NONE;
    }

    private static List<ReportedTest.Interval> intervals(Value array) throws ReportFormatException {
        array.require(array.json().isArray(), "a list");
        List<ReportedTest.Interval> intervals = new ArrayList<>();
        for (int i = 0; i < array.json().size(); i++) {
            Value interval =
                    new Value(array.name() + "[" + i + "]", array.json().get(i));
            intervals.add(new ReportedTest.Interval(
                    interval.field("startMs").number(),
                    interval.field("lengthMs").number(),
                    rates(interval),
                    interval.field("lostPackets").whole(),
                    (int) interval.field("remoteCpu").wholeOrUnknown(),
                    (int) interval.field("localCpu").wholeOrUnknown(),
                    latency(interval.field("latency"))));
        }
        return intervals;
    }

    /** A value in the text, with the name that messages give it. */
    private record Value(String name, JsonNode json) {
        Value field(String field) {
            return new Value(name.isEmpty() ? field : name + "." + field, json.path(field));
        }

        boolean isKnown() {
            return !json.isMissingNode() && !json.isNull();
        }

        boolean flag() throws ReportFormatException {
            require(json.isBoolean(), "true or false");
            return json.booleanValue();
        }

        double number() throws ReportFormatException {
            require(json.isNumber() && json.doubleValue() >= 0, "a number of 0 or more");
            return json.doubleValue();
        }

        double numberOrNaN() throws ReportFormatException {
            return isKnown() ? number() : Double.NaN;
        }

        long nanosOrUnknown() throws ReportFormatException {
            return isKnown() ? Math.round(number() * 1e6) : IntervalReport.UNKNOWN;
        }

        long whole() throws ReportFormatException {
            require(
                    json.isIntegralNumber() && json.canConvertToLong() && json.longValue() >= 0,
                    "a whole number of 0 or more");
            return json.longValue();
        }

        long wholeOrUnknown() throws ReportFormatException {
            return isKnown() ? whole() : IntervalReport.UNKNOWN;
        }

        void require(boolean right, String expected) throws ReportFormatException {
            if (!right) {
                throw isNot(expected);
            }
        }

        ReportFormatException isNot(String expected) {
            return new ReportFormatException(
                    json.isMissingNode()
                            ? name + " is missing"
                            : name + " is " + StringUtils.abbreviate(json.toString(), MAX_SHOWN) + ", not " + expected);
        }
    }
}
