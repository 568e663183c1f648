package io.github.jmeterbtest.jmeter.sample;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jmeterbtest.engine.search.GoalResult;
import io.github.jmeterbtest.engine.search.SearchSettings;
import io.github.jmeterbtest.engine.search.Trial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;

/** What a search has found as JSON, the response body of its sample. What is not known is null. */
final class SearchJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private SearchJson() {}

    /**
     * @param code OK or the kind of the failure
     * @param message as the sample has it
     * @return the text in UTF-8
     */
    static byte[] of(SearchReport report, String code, String message) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(text, JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("result", code);
            json.writeStringField("message", message);
            json.writeBooleanField("finished", report.finished());
            json.writeStringField("server", report.server());
            json.writeStringField("direction", report.direction().word());
            json.writeStringField("started", report.started().toString());
            json.writeNumberField("trials", report.trials());
            write(json, report.settings());
            json.writeArrayFieldStart("sizes");
            for (SearchReport.OfSize size : report.sizes()) {
                write(json, size);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array throws none
        }
        return text.toByteArray();
    }

    private static void write(JsonGenerator json, SearchSettings settings) throws IOException {
        json.writeObjectFieldStart("settings");
        json.writeNumberField("lowestBitsPerSecond", settings.lowestBitsPerSecond());
        json.writeNumberField("highestBitsPerSecond", settings.highestBitsPerSecond());
        json.writeNumberField("precisionPercent", percent(settings.precision()));
        json.writeNumberField("shortTrialSeconds", settings.shortTrial().toMillis() / 1e3);
        json.writeNumberField("finalTrialSeconds", settings.finalTrial().toMillis() / 1e3);
        json.writeNumberField("maxTrials", settings.maxTrials());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SearchReport.OfSize found) throws IOException {
        json.writeStartObject();
        json.writeNumberField("size", found.size().bytes());
        json.writeStringField("sizeOf", found.size().layer().word());
        json.writeNumberField("ipBytes", found.size().ipBytes());
        json.writeNumberField("seconds", Math.round(found.seconds() * 1e3) / 1e3);
        json.writeBooleanField("finished", found.finished());
        json.writeStringField(
                "error", found.problem().map(SearchReport.Problem::message).orElse(null));
        json.writeArrayFieldStart("goals");
        for (GoalResult goal : found.result().goals()) {
            write(json, goal, found.size());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("trials");
        for (Trial trial : found.result().trials()) {
            write(json, trial);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, GoalResult goal, PacketSize size) throws IOException {
        OptionalDouble rate = goal.throughputBitsPerSecond();
        json.writeStartObject();
        json.writeStringField("name", SearchText.name(goal.acceptedLoss()));
        json.writeNumberField("acceptedLossPercent", percent(goal.acceptedLoss()));
        writeRounded(json, "bitsPerSecond", rate);
        writeRounded(
                json,
                "packetsPerSecond",
                rate.isPresent()
                        ? OptionalDouble.of(SearchText.packets(rate.getAsDouble(), size))
                        : OptionalDouble.empty());
        if (goal.loss().isPresent()) {
            json.writeNumberField("lossPercent", percent(goal.loss().getAsDouble()));
        } else {
            json.writeNullField("lossPercent");
        }
        writeRounded(json, "lowerBitsPerSecond", goal.lowerBitsPerSecond());
        writeRounded(json, "upperBitsPerSecond", goal.upperBitsPerSecond());
        json.writeNumberField("trialSeconds", goal.length().toMillis() / 1e3);
        json.writeStringField(
                "limitedBy", goal.limit().map(limit -> limit.word()).orElse(null));
        json.writeBooleanField("finished", goal.finished());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Trial trial) throws IOException {
        json.writeStartObject();
        json.writeNumberField("wantedBitsPerSecond", Math.round(trial.wantedBitsPerSecond()));
        json.writeNumberField("offeredBitsPerSecond", Math.round(trial.seen().offeredBitsPerSecond()));
        json.writeNumberField("arrivedBitsPerSecond", Math.round(trial.seen().arrivedBitsPerSecond()));
        json.writeNumberField("seconds", trial.length().toMillis() / 1e3);
        json.writeNumberField("lossPercent", percent(trial.seen().maxLoss()));
        json.writeNumberField("linkLossPercent", percent(trial.seen().minLoss()));
        json.writeEndObject();
    }

    private static double percent(double share) {
        return Math.round(share * 1e8) / 1e6;
    }

    private static void writeRounded(JsonGenerator json, String name, OptionalDouble number) throws IOException {
        if (number.isPresent()) {
            json.writeNumberField(name, Math.round(number.getAsDouble()));
        } else {
            json.writeNullField(name);
        }
    }
}
