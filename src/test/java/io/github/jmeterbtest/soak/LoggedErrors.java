package io.github.jmeterbtest.soak;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What the engine logs as an error, and exceptions that end a thread: nothing that a peer does may lead to one. */
final class LoggedErrors extends AbstractAppender {
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    private LoggedErrors() {
        super("errors", null, null, true, Property.EMPTY_ARRAY);
    }

    /** {@return what collects them from now on} */
    static LoggedErrors watch() {
        LoggedErrors errors = new LoggedErrors();
        errors.start();
        LoggerContext context = LoggerContext.getContext(false);
        context.getConfiguration().getRootLogger().addAppender(errors, Level.ERROR, null);
        context.updateLoggers();
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> errors.errors.add("thread " + thread.getName() + " ended with " + e));
        return errors;
    }

    @Override
    public void append(LogEvent event) {
        errors.add(event.getMessage().getFormattedMessage()
                + (event.getThrown() == null ? "" : " (" + event.getThrown() + ")"));
    }

    /** {@return all of them} */
    List<String> all() {
        return List.copyOf(errors);
    }
}
