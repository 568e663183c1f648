package io.github.jmeterbtest.results;

import java.io.IOException;
import java.nio.file.Path;

/** A results file that is cut off, as that of a JMeter that was killed, or that cannot be read from some point on. */
public final class DamagedResultsException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedResultsException(Path file, String how) {
        super(file + " is cut off or damaged: " + how);
    }
}
