package io.github.jmeterbtest.protocol;

/**
 * Bytes from the peer that are no message of the protocol; the text names the offending byte, its value and what would
 * be right.
 */
public class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message which byte is wrong, what it holds and what it should hold */
    public MalformedMessageException(String message) {
        super(message);
    }
}
