package io.github.jmeterbtest.jmeter.sample;

/** A text is no report of a bandwidth test; the message names the field, its value and what would be right. */
public final class ReportFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    ReportFormatException(String message) {
        super(message);
    }

    ReportFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
