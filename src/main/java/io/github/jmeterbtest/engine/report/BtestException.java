package io.github.jmeterbtest.engine.report;

import java.util.Optional;

/**
 * A bandwidth test that failed: the kind for programs, the message for people (it says what to do next), and what was
 * measured until then.
 */
public class BtestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final transient TestReport report;

    /**
     * @param kind why
     * @param message what happened and what to do next; holds no secret
     */
    public BtestException(ErrorKind kind, String message) {
        this(kind, message, null, null);
    }

    /** As above, with the exception that led here. */
    public BtestException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, cause, null);
    }

    private BtestException(ErrorKind kind, String message, Throwable cause, TestReport report) {
        super(message, cause);
        this.kind = kind;
        this.report = report;
    }

    /** @return the same failure, with what was measured before it */
    public BtestException with(TestReport partial) {
        BtestException copy = new BtestException(kind, getMessage(), getCause(), partial);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** @return why */
    public ErrorKind kind() {
        return kind;
    }

    /** @return what was measured before the failure; empty if the transfer had not begun */
    public Optional<TestReport> report() {
        return Optional.ofNullable(report);
    }
}
