package io.github.jmeterbtest.protocol;

/**
 * Bytes from the peer that are not a message of the protocol. The text names the offending byte, its value and the
 * expected one.
 */
public class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message which byte is wrong, what it holds and what it should hold */
    public MalformedMessageException(String message) {
        super(message);
    }
}
