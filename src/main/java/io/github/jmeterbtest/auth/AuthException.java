package io.github.jmeterbtest.auth;

/**
 * A login that failed: a malformed message, a wrong proof, or a user name that does not fit. The message says which, in
 * words for a user, and never contains a secret.
 */
public class AuthException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, without any secret */
    public AuthException(String message) {
        super(message);
    }
}
