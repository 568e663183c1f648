package io.github.jmeterbtest.results;

import java.util.Map;

/**
 * A row of a results file: one sample. What the file does not say is empty or 0.
 *
 * @param label name of the sampler; of an interval, with {@link #INTERVAL_SUFFIX} behind it
 * @param threadName JMeter thread that wrote it; with remote engines, the engine is part of it
 * @param startMillis when it began, epoch ms
 * @param elapsedMillis length, ms
 * @param success whether it passed, assertions included
 * @param responseCode 200, or the kind of the failure
 * @param responseMessage what was measured, or why not
 * @param failureMessage what an assertion said
 * @param latencyMillis time to the first byte, ms; 0 for an interval
 * @param connectMillis time to connect, ms; for an interval that of latency probes, 0 without
 * @param bytes received and in no other row
 * @param sentBytes sent and in no other row
 * @param variables JMeter variables that the file has as columns, by name
 */
public record ResultRow(
        String label,
        String threadName,
        long startMillis,
        long elapsedMillis,
        boolean success,
        String responseCode,
        String responseMessage,
        String failureMessage,
        long latencyMillis,
        long connectMillis,
        long bytes,
        long sentBytes,
        Map<String, String> variables) {

    /** Behind the test's name it makes the label of an interval's sample. */
    public static final String INTERVAL_SUFFIX = ": interval";

    private static final String MEASURED = "rx ";
    private static final String OK = "200";

    /** @return whether it is an interval of a test, or a test that has such a name and passed */
    boolean seemsInterval() {
        return success
                && label.endsWith(INTERVAL_SUFFIX)
                && (responseMessage.isEmpty() || responseMessage.startsWith(MEASURED));
    }

    /** @return name of the test that it is an interval of */
    String nameOfInterval() {
        return label.substring(0, label.length() - INTERVAL_SUFFIX.length());
    }

    /** @return why it failed; what JMeter has of that, the test's own reason before that of an assertion */
    String reason() {
        String own = (responseCode + ": " + responseMessage).strip();
        boolean ran = responseCode.isEmpty() || responseCode.equals(OK);
        return ran || (failureMessage.isBlank() && responseMessage.isBlank()) ? failureMessage.strip() : own;
    }

    /** @return the kind of its failure, for programs */
    String failureType() {
        return responseCode.isEmpty() || responseCode.equals(OK) ? "ASSERTION" : responseCode;
    }

    ResultRow withFailureMessage(String text) {
        return new ResultRow(
                label,
                threadName,
                startMillis,
                elapsedMillis,
                success,
                responseCode,
                responseMessage,
                text,
                latencyMillis,
                connectMillis,
                bytes,
                sentBytes,
                variables);
    }
}
