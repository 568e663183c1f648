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
 * @param connectMillis time to connect, ms; 0 for an interval
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

    /**
     * @return whether it is an interval of a test. A test may have a name that ends like the label of an interval: then
     *     its latency tells
     */
    public boolean isInterval() {
        return success
                && label.endsWith(INTERVAL_SUFFIX)
                && latencyMillis == 0
                && connectMillis == 0
                && (responseMessage.isEmpty() || responseMessage.startsWith(MEASURED));
    }

    /** @return name of the test: the label, without what an interval has behind it */
    public String testName() {
        return isInterval() ? label.substring(0, label.length() - INTERVAL_SUFFIX.length()) : label;
    }

    /** @return why it failed; what JMeter has of that */
    public String reason() {
        return failureMessage.isBlank() ? (responseCode + " " + responseMessage).strip() : failureMessage.strip();
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
