package io.github.jmeterbtest.engine.report;

import java.util.Optional;

/**
 * A bandwidth test that failed: the kind for programs, the message for people (it says what to do next), and what was
 * measured until then.
 */
public class BtestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String option;
    private final transient TestReport report;

    /**
     * @param kind the cause
     * @param message what happened and what to do next; holds no secret
     */
    public BtestException(ErrorKind kind, String message) {
        this(kind, message, null, null, null);
    }

    /** As above, with the exception that led here. */
    public BtestException(ErrorKind kind, String message, Throwable cause) {
        this(kind, message, null, cause, null);
    }

    private BtestException(ErrorKind kind, String message, String option, Throwable cause, TestReport report) {
        super(message, cause);
        this.kind = kind;
        this.option = option;
        this.report = report;
    }

    /**
     * @param option name of the option that is wrong, RouterOS's where it has one
     * @param problem its value and what would be right; the message is the name followed by this
     * @return a failure of kind {@link ErrorKind#INVALID_OPTION}
     */
    public static BtestException invalidOption(String option, String problem) {
        return new BtestException(ErrorKind.INVALID_OPTION, option + " " + problem, option, null, null);
    }

    /**
     * @param e what Java says
     * @return a failure of kind {@link ErrorKind#IO}: no thread, or no memory, for a test
     */
    public static BtestException noThread(OutOfMemoryError e) {
        return new BtestException(
                ErrorKind.IO,
                "this machine cannot start another thread for the test (" + e.getMessage()
                        + "); run fewer tests at the same time, or raise its limits",
                e);
    }

    /** @return name of the option that is wrong; empty if the failure is another one */
    public Optional<String> option() {
        return Optional.ofNullable(option);
    }

    /**
     * @param name the name that users know
     * @return the same failure of an {@link #option}, with this name in the message
     */
    public BtestException withOptionCalled(String name) {
        String problem = getMessage().substring(option.length());
        BtestException copy = new BtestException(kind, name + problem, option, getCause(), report);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** @return the same failure, with what was measured before it */
    public BtestException with(TestReport partial) {
        BtestException copy = new BtestException(kind, getMessage(), option, getCause(), partial);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** @return the cause */
    public ErrorKind kind() {
        return kind;
    }

    /** @return what was measured before the failure; empty if the transfer had not started */
    public Optional<TestReport> report() {
        return Optional.ofNullable(report);
    }
}
