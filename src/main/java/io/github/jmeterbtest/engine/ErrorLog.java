package io.github.jmeterbtest.engine;

import io.github.jmeterbtest.engine.platform.NanoClock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Errors that strangers may cause again and again: one line a minute is enough. Used by one thread. */
final class ErrorLog {
    private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Logger log;
    private final NanoClock clock;
    private boolean hasLogged;
    private long loggedAt;

    ErrorLog(Logger log, NanoClock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** Throws nothing: a system without descriptors may be unable to load what writes the line. */
    void log(String what, Throwable cause) {
        long now = clock.nanoTime();
        if (hasLogged && now - loggedAt < PAUSE_NANOS) {
            return;
        }
        hasLogged = true;
        loggedAt = now;
        try {
            log.error(what, cause);
        } catch (RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }
}
