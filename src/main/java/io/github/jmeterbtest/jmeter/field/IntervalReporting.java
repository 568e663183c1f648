package io.github.jmeterbtest.jmeter.field;

import java.util.Arrays;
import java.util.Locale;

/** How the intervals of a test reach JMeter's listeners. */
public enum IntervalReporting {
    /** As samples of their own, while the test runs. */
    LIVE,
    /** Inside the final sample. */
    SUB_RESULTS,
    /** Not at all. */
    NONE;

    /** {@return {@code live}, {@code sub-results} or {@code none}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The form field that both samplers have. */
    public static FormField field(String property) {
        return FormField.choice(
                "reporting",
                property,
                LIVE.word(),
                Arrays.stream(values()).map(IntervalReporting::word).toList());
    }
}
