package io.github.jmeterbtest.auth;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The login of RouterOS before 6.43: the server sends a random challenge, the client answers with {@code MD5(password +
 * MD5(password + challenge))} and its name. Seen in captures of RouterOS; all known peer implementations agree.
 *
 * <p>Whoever reads the response can guess passwords offline, so a client should be able to insist on EC-SRP5.
 */
public final class Md5Login {

    /** Bytes of a challenge. */
    public static final int CHALLENGE_LENGTH = 16;
    /** Bytes of the user name in a response, zero padded; a name of exactly this length has no zero. */
    public static final int USER_LENGTH = 32;
    /** Bytes of a response: 16 of digest, then the user name. */
    public static final int RESPONSE_LENGTH = 16 + USER_LENGTH;

    private Md5Login() {}

    /**
     * {@return a fresh challenge of {@value #CHALLENGE_LENGTH} bytes} A server must use each only once.
     *
     * @param random where it comes from
     */
    public static byte[] newChallenge(SecureRandom random) {
        byte[] challenge = new byte[CHALLENGE_LENGTH];
        random.nextBytes(challenge);
        return challenge;
    }

    /**
     * The client's answer.
     *
     * @param credentials whom to log in
     * @param challenge the server's {@value #CHALLENGE_LENGTH} bytes
     * @return {@value #RESPONSE_LENGTH} bytes to send
     * @throws AuthException if the user name is over {@value #USER_LENGTH} bytes in UTF-8 or holds a zero character, or
     *     if the challenge has the wrong length
     */
    public static byte[] respond(Credentials credentials, byte[] challenge) throws AuthException {
        if (challenge.length != CHALLENGE_LENGTH) {
            throw new AuthException("the MD5 challenge has " + challenge.length + " bytes, not " + CHALLENGE_LENGTH);
        }
        return response(credentials.sendableUser(USER_LENGTH), credentials, challenge);
    }

    /**
     * {@return the user name that a client's response gives, in the bytes that came, proven by nothing}
     *
     * @param response {@value #RESPONSE_LENGTH} bytes
     */
    public static byte[] user(byte[] response) {
        int end = RESPONSE_LENGTH - USER_LENGTH;
        while (end < response.length && response[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(response, RESPONSE_LENGTH - USER_LENGTH, end);
    }

    /**
     * Checks a client's response. Takes equally long for a wrong name and a wrong password.
     *
     * <p>An accepted name over {@value #USER_LENGTH} bytes is compared by its first {@value #USER_LENGTH}: peer
     * implementations (btest-opensource, btest-rs) cut it so, and the password still has to match.
     *
     * @param accepted the credentials the server accepts
     * @param challenge what the server sent
     * @param response what the client answered; any length but {@value #RESPONSE_LENGTH} is refused
     * @return whether name and password are right
     */
    public static boolean verify(Credentials accepted, byte[] challenge, byte[] response) {
        return MessageDigest.isEqual(response, response(accepted.userBytes(), accepted, challenge));
    }

    private static byte[] response(byte[] user, Credentials credentials, byte[] challenge) {
        byte[] password = credentials.passwordBytes();
        byte[] digest = DigestUtils.md5(Bytes.concat(password, DigestUtils.md5(Bytes.concat(password, challenge))));
        return Bytes.concat(digest, Arrays.copyOf(user, USER_LENGTH));
    }
}
