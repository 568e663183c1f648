package io.github.jmeterbtest.results;

import java.io.IOException;

/** A file that has no results in it. */
public final class NoResultsException extends IOException {
    private static final long serialVersionUID = 1L;

    NoResultsException(String message) {
        super(message);
    }
}
