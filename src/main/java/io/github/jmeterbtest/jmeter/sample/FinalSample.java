package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.jmeter.samplers.SampleResult;

/**
 * The sample that a sampler returns at the end of a test, good or bad. It carries only the bytes that no interval
 * sample has carried, so that the sum over all samples counts each byte once.
 */
public final class FinalSample {
    /** Response code of a failure that is nobody's but ours. */
    public static final String INTERNAL_ERROR = "INTERNAL_ERROR";

    private static final Set<String> FAILURES = failures();

    private FinalSample() {}

    private static Set<String> failures() {
        Set<String> codes = Arrays.stream(ErrorKind.values()).map(Enum::name).collect(Collectors.toSet());
        codes.add(INTERNAL_ERROR);
        return codes;
    }

    /** {@return whether the sample is that of a failed test, as its response code tells} */
    public static boolean isFailed(SampleResult sample) {
        return isFailure(sample.getResponseCode());
    }

    /** {@return whether a response code is that of a failed test or server of ours} */
    public static boolean isFailure(String responseCode) {
        return FAILURES.contains(responseCode);
    }

    /** @param request what was tested, without any secret */
    public static SampleResult passed(TestReport report, SampleEmitter emitter, String label, String request) {
        SampleResult sample = sample(Span.of(report), label, request);
        sample.setSuccessful(true);
        sample.setResponseCodeOK();
        sample.setResponseMessage(ThroughputMessage.of(report).format());
        measured(sample, report, emitter, ReportJson.of(report));
        return sample;
    }

    /**
     * @param emitter null if there was nothing to emit
     * @param tried how long it was tried, for a test that never began
     */
    public static SampleResult failed(
            BtestException failure, SampleEmitter emitter, Span tried, String label, String request) {
        SampleResult sample = failed(
                failure.kind().name(),
                failure.getMessage(),
                failure.report().map(Span::of).orElse(tried),
                label,
                request);
        failure.report().ifPresent(report -> measured(sample, report, emitter, ReportJson.of(report, failure)));
        return sample;
    }

    /**
     * {@return the sample of a failed test, without what it measured}
     *
     * @param code response code
     * @param message what happened and what to do
     * @param request what was tested, without any secret
     */
    public static SampleResult failed(String code, String message, Span span, String label, String request) {
        SampleResult sample = sample(span, label, request);
        sample.setSuccessful(false);
        sample.setResponseCode(code);
        sample.setResponseMessage(message);
        return sample;
    }

    static SampleResult sample(Span span, String label, String request) {
        SampleResult sample = SampleResult.createTestSample(span.startMillis(), span.endMillis());
        sample.setSampleLabel(label);
        sample.setDataType(SampleResult.TEXT);
        sample.setSamplerData(request);
        return sample;
    }

    private static void measured(SampleResult sample, TestReport report, SampleEmitter emitter, byte[] json) {
        sample.setConnectTime(TimeUnit.NANOSECONDS.toMillis(report.connectNanos()));
        if (report.firstPayloadNanos() != IntervalReport.UNKNOWN) {
            sample.setLatency(latencyMillis(report.firstPayloadNanos()));
        }
        SampleNumbers.put(sample, report);
        sample.setResponseData(json);
        sample.setDataEncoding(StandardCharsets.UTF_8.name());
        sample.setContentType("application/json");
        setBytes(sample, report.rxBytes() - emitter.reportedRxBytes());
        sample.setSentBytes(report.txBytes() - emitter.reportedTxBytes());
        for (SampleResult interval : emitter.kept()) {
            // unlike addSubResult, this adds no bytes and no time, which the final sample has already
            sample.storeSubResult(interval, false);
        }
    }

    /** Rounded up: only an interval has a latency of 0, which tells it from a test, whatever their names. */
    private static long latencyMillis(long firstPayloadNanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(firstPayloadNanos + 999_999));
    }

    /**
     * A body of no bytes would count as long as its JSON text, which never was on the wire; the "headers" take that
     * off.
     */
    static void setBytes(SampleResult sample, long rxBytes) {
        if (rxBytes > 0) {
            sample.setBodySize(rxBytes);
        } else {
            int textLength = sample.getResponseData().length;
            sample.setBodySize((long) textLength);
            sample.setHeadersSize(-textLength);
        }
    }

    /**
     * From when to when a sample lasted.
     *
     * @param startMillis wall clock, ms
     * @param endMillis wall clock, ms, not before the start
     */
    public record Span(long startMillis, long endMillis) {
        /** From the connect (client) or the accept (server) to the end of the transfer. */
        static Span of(TestReport report) {
            long began = report.started().toEpochMilli();
            return new Span(
                    began - TimeUnit.NANOSECONDS.toMillis(report.handshakeNanos()),
                    began + TimeUnit.NANOSECONDS.toMillis(report.transferNanos()));
        }
    }

    /** A running watch: wall clock for the stamp, monotonic clock for the length. */
    public static final class Watch {
        private final long startMillis = System.currentTimeMillis();
        private final long startNanos = System.nanoTime();

        /** {@return from when the watch was made until now; may be called again} */
        public Span stop() {
            return new Span(startMillis, startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
        }
    }
}
