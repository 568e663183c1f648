package io.github.jmeterbtest.auth;

import java.nio.charset.StandardCharsets;

/**
 * A user name and a password; either may be empty. On the wire both are UTF-8 without normalisation, as in all known
 * peer implementations.
 *
 * @param user the name; {@code null} counts as empty
 * @param password the password; {@code null} counts as empty
 */
public record Credentials(String user, String password) {

    /** Replaces {@code null} by an empty text. */
    public Credentials {
        user = user == null ? "" : user;
        password = password == null ? "" : password;
    }

    byte[] userBytes() {
        return user.getBytes(StandardCharsets.UTF_8);
    }

    byte[] passwordBytes() {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The user name as a client may send it. Both methods end the name with a zero byte, so it cannot contain one, and
     * cutting a long name would log in as somebody else.
     */
    byte[] sendableUser(int maxLength) throws AuthException {
        byte[] bytes = userBytes();
        if (bytes.length > maxLength) {
            throw new AuthException(
                    "the user name has " + bytes.length + " bytes in UTF-8; this login allows at most " + maxLength);
        }
        if (user.indexOf('\0') >= 0) {
            throw new AuthException("the user name contains a zero character");
        }
        return bytes;
    }

    /** The user name only: the password never shows. */
    @Override
    public String toString() {
        return "Credentials[user=" + user + ", password=***]";
    }
}
