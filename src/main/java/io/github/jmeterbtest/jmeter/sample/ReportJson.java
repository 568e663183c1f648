package io.github.jmeterbtest.jmeter.sample;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.engine.report.TcpPath;
import io.github.jmeterbtest.engine.report.TestReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.ToDoubleFunction;

/**
 * A test's report as JSON, the response body of the final sample. What is not known is null. Everything but the list of
 * intervals, which is bounded, is computed from all of them.
 */
public final class ReportJson {
    /** Entries of the intervals: an hour of seconds, about 2 MB of text. */
    static final int MAX_INTERVALS = 3600;

    private static final JsonFactory FACTORY = new JsonFactory();

    private ReportJson() {}

    static byte[] of(TestReport report) {
        return of(report, null);
    }

    /**
     * @param failure what ended the test, null if it ended well
     * @return the text in UTF-8
     */
    static byte[] of(TestReport report, BtestException failure) {
        MergedIntervals merged = MergedIntervals.of(report.intervals(), MAX_INTERVALS);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(text, JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField(
                    "result", failure == null ? "OK" : failure.kind().name());
            json.writeStringField(
                    "message", failure == null ? ThroughputMessage.of(report).format() : failure.getMessage());
            writeTest(json, report);
            writeTimes(json, report, merged);
            writeTotals(json, report);
            writeLoss(json, report.loss());
            writeLatency(json, report.latency());
            writeTcp(json, report);
            writeRates(
                    json,
                    "average",
                    report.averageRxBitsPerSecond(),
                    report.averageTxBitsPerSecond(),
                    report.averageArrivedBitsPerSecond().orElse(Double.NaN),
                    report.averageDeliveredBitsPerSecond());
            writeRates(json, "minimum", report::minimum);
            writeRates(json, "maximum", report::maximum);
            writeRates(json, "standardDeviation", report::standardDeviation);
            json.writeArrayFieldStart("intervals");
            for (IntervalReport interval : merged.intervals()) {
                writeInterval(json, interval);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array throws none
        }
        return text.toByteArray();
    }

    private static void writeTest(JsonGenerator json, TestReport report) throws IOException {
        json.writeStringField("protocol", report.protocol().word());
        json.writeStringField("direction", report.direction().word());
        json.writeBooleanField("receives", report.receives());
        json.writeBooleanField("transmits", report.transmits());
        json.writeBooleanField("randomData", report.randomData());
        json.writeStringField("authentication", report.authentication().word());
        json.writeStringField("user", report.user());
        json.writeStringField("local", address(report.local()));
        json.writeStringField("peer", address(report.peer()));
        writePort(json, "localUdpPort", report.localUdpPort());
        writePort(json, "remoteUdpPort", report.remoteUdpPort());
        json.writeNumberField("connectionsRequested", report.requestedConnections());
        json.writeNumberField("connections", report.connections());
        writeKnown(json, "congestionControl", report.congestionControl());
        json.writeBooleanField("batched", report.batched());
        writeKnown(json, "receiveBufferBytes", report.receiveBuffer());
        json.writeStringField(
                "arrivedUnit",
                report.arrivedUnit() == null ? null : report.arrivedUnit().word());
    }

    private static void writeTimes(JsonGenerator json, TestReport report, MergedIntervals merged) throws IOException {
        json.writeStringField("started", report.started().toString());
        writeMillis(json, "connectMs", report.connectNanos());
        writeMillis(json, "handshakeMs", report.handshakeNanos());
        writeMillis(json, "firstPayloadMs", report.firstPayloadNanos());
        writeMillis(json, "durationMs", report.transferNanos());
        json.writeNumberField("intervalMs", report.interval().toMillis());
        json.writeNumberField("intervalsMerged", merged.each());
        writeMillis(json, "maxGapMs", report.longestGapNanos());
        writeMillis(json, "jitterMs", report.jitterNanos());
        json.writeBooleanField("cpuLimited", report.cpuLimited());
        writeKnown(json, "highestRemoteCpu", report.highestRemoteCpu());
    }

    private static void writeTotals(JsonGenerator json, TestReport report) throws IOException {
        json.writeObjectFieldStart("total");
        json.writeNumberField("rxBytes", report.rxBytes());
        json.writeNumberField("txBytes", report.txBytes());
        writeKnown(json, "arrivedBytes", report.arrivedBytes());
        json.writeNumberField("rxPackets", report.sum(IntervalReport::rxPackets));
        json.writeNumberField("txPackets", report.sum(IntervalReport::txPackets));
        json.writeNumberField("lostPackets", report.lostPackets());
        writeKnown(
                json,
                "hostDroppedPackets",
                IntervalReport.sumOfKnown(report.intervals(), IntervalReport::hostDroppedPackets));
        json.writeNumberField("reorderedPackets", report.sum(IntervalReport::reorderedPackets));
        json.writeNumberField("duplicatePackets", report.sum(IntervalReport::duplicatePackets));
        writeKnown(json, "tcpRetransmits", report.tcpRetransmits());
        json.writeEndObject();
    }

    private static void writeLoss(JsonGenerator json, Loss loss) throws IOException {
        if (!loss.isKnown()) {
            json.writeNullField("loss");
            return;
        }
        json.writeObjectFieldStart("loss");
        json.writeNumberField("packets", loss.packets());
        json.writeNumberField("lostPackets", loss.lostPackets());
        writeKnown(json, "hostDroppedPackets", loss.hostDroppedPackets());
        json.writeNumberField("percent", loss.percent());
        json.writeNumberField("linkPercent", loss.linkPercent());
        json.writeEndObject();
    }

    private static void writeTcp(JsonGenerator json, TestReport report) throws IOException {
        if (report.tcpRetransmits() == IntervalReport.UNKNOWN) {
            json.writeNullField("tcp");
            return;
        }
        writeTcp(json, report.tcp());
    }

    private static void writeTcp(JsonGenerator json, TcpPath tcp) throws IOException {
        if (!tcp.isKnown()) {
            json.writeNullField("tcp");
            return;
        }
        json.writeObjectFieldStart("tcp");
        writeMillis(json, "rttMs", tcp.rttNanos());
        writeMillis(json, "maximumRttMs", tcp.maxRttNanos());
        json.writeNumberField("retransmits", tcp.retransmits());
        json.writeEndObject();
    }

    private static void writeLatency(JsonGenerator json, LatencyUnderLoad latency) throws IOException {
        if (!latency.isMeasured()) {
            json.writeNullField("latency");
            return;
        }
        json.writeObjectFieldStart("latency");
        writeLatency(json, "idle", latency.idle());
        writeLatency(json, "loaded", latency.loaded());
        writeMillis(json, "increaseMs", latency.increaseNanos().orElse(IntervalReport.UNKNOWN));
        json.writeEndObject();
    }

    private static void writeLatency(JsonGenerator json, String name, Latency latency) throws IOException {
        if (!latency.isProbed()) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeNumberField("answered", latency.answered());
        json.writeNumberField("late", latency.late());
        json.writeNumberField("lost", latency.lost());
        writeMillis(json, "minimumMs", latency.minimumNanos());
        writeMillis(json, "medianMs", latency.medianNanos());
        writeMillis(json, "percentile95Ms", latency.percentile95Nanos());
        writeMillis(json, "maximumMs", latency.maximumNanos());
        json.writeEndObject();
    }

    private static void writeRates(
            JsonGenerator json, String name, ToDoubleFunction<ToDoubleFunction<IntervalReport>> of) throws IOException {
        writeRates(
                json,
                name,
                of.applyAsDouble(IntervalReport::rxBitsPerSecond),
                of.applyAsDouble(IntervalReport::txBitsPerSecond),
                of.applyAsDouble(IntervalReport::arrivedBitsPerSecond),
                of.applyAsDouble(IntervalReport::deliveredBitsPerSecond));
    }

    private static void writeRates(
            JsonGenerator json, String name, double rx, double tx, double arrived, double delivered)
            throws IOException {
        json.writeObjectFieldStart(name);
        writeRate(json, "rxBitsPerSecond", rx);
        writeRate(json, "txBitsPerSecond", tx);
        writeRate(json, "arrivedBitsPerSecond", arrived);
        writeRate(json, "deliveredBitsPerSecond", delivered);
        json.writeEndObject();
    }

    private static void writeInterval(JsonGenerator json, IntervalReport interval) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", interval.index());
        writeMillis(json, "startMs", interval.startNanos());
        writeMillis(json, "lengthMs", interval.lengthNanos());
        writeRate(json, "rxBitsPerSecond", interval.rxBitsPerSecond());
        writeRate(json, "txBitsPerSecond", interval.txBitsPerSecond());
        writeRate(json, "deliveredBitsPerSecond", interval.deliveredBitsPerSecond());
        json.writeNumberField("rxBytes", interval.rxBytes());
        json.writeNumberField("txBytes", interval.txBytes());
        json.writeNumberField("rxPackets", interval.rxPackets());
        json.writeNumberField("txPackets", interval.txPackets());
        json.writeNumberField("lostPackets", interval.lostPackets());
        writeKnown(json, "hostDroppedPackets", interval.hostDroppedPackets());
        json.writeNumberField("reorderedPackets", interval.reorderedPackets());
        json.writeNumberField("duplicatePackets", interval.duplicatePackets());
        writeMillis(json, "jitterMs", interval.jitterNanos());
        writeKnown(json, "remoteRxBytes", interval.remoteRxBytes());
        writeKnown(json, "remoteCpu", interval.remoteCpu());
        writeKnown(json, "localCpu", interval.localCpu());
        json.writeBooleanField("cpuLimited", interval.cpuLimited());
        json.writeBooleanField("omitted", interval.omitted());
        writeLatency(json, "latency", interval.latency());
        writeTcp(json, interval.tcp());
        json.writeEndObject();
    }

    private static void writePort(JsonGenerator json, String name, int port) throws IOException {
        writeKnown(json, name, port == 0 ? IntervalReport.UNKNOWN : port);
    }

    private static void writeKnown(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, text.isEmpty() ? null : text);
    }

    private static void writeKnown(JsonGenerator json, String name, long number) throws IOException {
        if (number == IntervalReport.UNKNOWN) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, number);
        }
    }

    /** {@code bitsPerSecond} is not a number where it is not known. */
    private static void writeRate(JsonGenerator json, String name, double bitsPerSecond) throws IOException {
        if (Double.isNaN(bitsPerSecond)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Math.round(bitsPerSecond));
        }
    }

    /** To the microsecond. */
    private static void writeMillis(JsonGenerator json, String name, long nanos) throws IOException {
        if (nanos == IntervalReport.UNKNOWN) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, Math.round(nanos / 1e3) / 1e3);
        }
    }

    /** {@return {@code 192.0.2.1:2000} or {@code [2001:db8::1]:2000}} */
    public static String address(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + address.getPort();
    }
}
