package io.github.jmeterbtest.engine.search;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Repeats a trial once that could not be measured: after a trial that flooded the link, even the connection for the
 * next one may fail.
 */
public final class RepeatingRunner implements TrialRunner {
    /** Would only fail again, and a wrong password may lock a user out. */
    private static final Set<ErrorKind> NOT_REPEATED = EnumSet.of(
            ErrorKind.INVALID_OPTION,
            ErrorKind.AUTHENTICATION_FAILED,
            ErrorKind.AUTHENTICATION_NOT_OFFERED,
            ErrorKind.CREDENTIALS_MISSING,
            ErrorKind.STOPPED);

    private final TrialRunner runner;
    private final Consumer<BtestException> beforeRepetition;

    /**
     * @param runner measures a trial
     * @param beforeRepetition waits for what made it fail to pass
     */
    public RepeatingRunner(TrialRunner runner, Consumer<BtestException> beforeRepetition) {
        this.runner = runner;
        this.beforeRepetition = beforeRepetition;
    }

    @Override
    public Optional<Observation> run(long bitsPerSecond, Duration length) throws BtestException {
        try {
            return runner.run(bitsPerSecond, length);
        } catch (BtestException e) {
            if (NOT_REPEATED.contains(e.kind())) {
                throw e;
            }
            beforeRepetition.accept(e);
            return runner.run(bitsPerSecond, length);
        }
    }
}
