package io.github.jmeterbtest.engine.platform;

import java.io.IOException;

/** This system would not do it; neither the peer nor the network between has anything to do with that. */
public final class LocalNetworkException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what could not be done
     * @param cause what the system said
     */
    public LocalNetworkException(String message, IOException cause) {
        super(message, cause);
    }
}
