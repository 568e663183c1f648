package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The server's side of one EC-SRP5 login, one object per connection: {@link #challenge}, then {@link #verify}, each
 * once, after {@code 03 00 00 00} was sent. Calling out of turn, or on after an {@link AuthException}, is an
 * {@link IllegalStateException}. Not thread-safe.
 *
 * <p>What is returned is a whole frame, with its length byte; what is passed in is a frame's payload, without. The
 * caller sets a deadline for the whole login, reads a whole frame before it closes, and just closes after an
 * {@link AuthException}, as peer servers do.
 */
public final class EcSrp5Server {

    private enum Step {
        CHALLENGE,
        VERIFY,
        OVER
    }

    private final EcSrp5Verifiers verifiers;
    private final SecureRandom random;
    private final BigInteger secret;
    private Step step = Step.CHALLENGE;
    private String user;
    private EcSrp5Verifiers.Account account;
    private CurvePoint clientKey;
    private byte[] keysHash;

    /**
     * @param verifiers whom to let in
     * @param random where the secret of this login comes from
     */
    public EcSrp5Server(EcSrp5Verifiers verifiers, SecureRandom random) {
        this(verifiers, random, EcSrp5.newScalar(random));
    }

    /** With a given secret, for test vectors. */
    EcSrp5Server(EcSrp5Verifiers verifiers, SecureRandom random, BigInteger secret) {
        this.verifiers = verifiers;
        this.random = random;
        this.secret = secret;
    }

    /**
     * Answers the opening of a login, in the same way whether the user is known or not.
     *
     * @param message1 the user name, a zero byte and the client's key
     * @return frame 2: this server's key and the user's salt
     * @throws AuthException if the message is not of this form, or the key malformed or of small order
     */
    public byte[] challenge(byte[] message1) throws AuthException {
        enter(Step.CHALLENGE);
        byte[] name = Arrays.copyOf(message1, endOfName(message1));
        user = new String(name, StandardCharsets.UTF_8);
        clientKey = CurvePoint.decode(
                Arrays.copyOfRange(message1, name.length + 1, message1.length), "the client's EC-SRP5 key");
        if (clientKey.hasSmallOrder()) {
            throw new AuthException("the client's EC-SRP5 key has small order");
        }
        account = verifiers.account(name, random);
        CurvePoint key = GeneratorTable.multiply(secret).plus(account.blind());
        keysHash = EcSrp5.keysHash(clientKey, key);
        step = Step.VERIFY;
        return EcSrp5.frame(key.encode(), account.salt());
    }

    /**
     * Judges the client's proof.
     *
     * @param message3 the client's proof, 32 bytes
     * @return frame 4: this server's proof. It exists only for a client that proved the password first.
     * @throws AuthException if the proof is wrong, be it for the password or the user, or has another length
     */
    public byte[] verify(byte[] message3) throws AuthException {
        enter(Step.VERIFY);
        EcSrp5.requireLength(message3, EcSrp5.PROOF_LENGTH, "the client's EC-SRP5 message 3");
        // γ itself: lifting its x with a fixed parity, as one published server does, refuses half of all passwords
        CurvePoint shared =
                clientKey.plus(account.gamma().times(Bytes.toInteger(keysHash))).times(secret);
        if (shared.hasSmallOrder()) {
            throw new AuthException("the client's EC-SRP5 key results in a secret of small order");
        }
        byte[] provenZ = null;
        // no early exit, so that time does not tell which one it was
        for (CurvePoint difference : account.slack()) {
            byte[] z = shared.plus(difference).montgomeryX();
            if (MessageDigest.isEqual(message3, EcSrp5.clientProof(keysHash, z))) {
                provenZ = z;
            }
        }
        if (provenZ == null || !account.known()) {
            throw new AuthException("wrong user name or password");
        }
        return EcSrp5.frame(EcSrp5.serverProof(keysHash, message3, provenZ));
    }

    /**
     * {@return the name the client gave, proven only once {@link #verify} has returned} It is text from a stranger, up
     * to 255 bytes before decoding; bytes that are not UTF-8 show as U+FFFD.
     *
     * @throws IllegalStateException before {@link #challenge}
     */
    public String user() {
        if (user == null) {
            throw new IllegalStateException("EC-SRP5 server: no user name yet");
        }
        return user;
    }

    private static int endOfName(byte[] message1) throws AuthException {
        int end = 0;
        while (end < message1.length && message1[end] != 0) {
            end++;
        }
        if (message1.length != end + 1 + CurvePoint.ENCODED_LENGTH) {
            throw new AuthException("the client's EC-SRP5 message 1 is not a user name, a zero byte and a key");
        }
        return end;
    }

    /** Leaves the login over until the step has come to its end, so that nothing goes on after an exception. */
    private void enter(Step expected) {
        if (step != expected) {
            throw new IllegalStateException("EC-SRP5 server: " + expected + " called at " + step);
        }
        step = Step.OVER;
    }
}
