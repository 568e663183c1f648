package io.github.jmeterbtest.auth;

/**
 * A login that cannot go on: a malformed message, a proof that is wrong, or a name that does not fit. The message says
 * which, in words fit for a user, and never carries a secret.
 */
public class AuthException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, without any secret */
    public AuthException(String message) {
        super(message);
    }
}
