package io.github.jmeterbtest.engine.platform;

import java.io.IOException;

/** A local failure: the operating system refused the operation. Neither the peer nor the network is to blame. */
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
