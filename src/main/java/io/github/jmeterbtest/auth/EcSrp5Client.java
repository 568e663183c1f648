package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The client's side of one EC-SRP5 login: {@link #start()}, {@link #proof}, {@link #verify}, each once and in this
 * order, after the server's {@code 03 00 00 00}. Calling out of order, or after an {@link AuthException}, is an
 * {@link IllegalStateException}. Not thread-safe.
 *
 * <p>What is returned is a whole frame, with its length byte; what is passed in is a frame's payload, without.
 *
 * <p>A server that rejects the proof does not say so: end of stream, a reset or {@code 00 00 00 00} where message 4 is
 * due mean the same as an exception from {@link #verify}.
 */
public final class EcSrp5Client {

    private enum Step {
        START,
        PROOF,
        VERIFY,
        OVER
    }

    private final Credentials credentials;
    private final BigInteger secret;
    private Step step = Step.START;
    private CurvePoint key;
    private byte[] expectedServerProof;

    /**
     * @param credentials whom to log in
     * @param random where the secret of this login comes from
     */
    public EcSrp5Client(Credentials credentials, SecureRandom random) {
        this(credentials, EcSrp5.newScalar(random));
    }

    /** With a given secret, for test vectors. */
    EcSrp5Client(Credentials credentials, BigInteger secret) {
        this.credentials = credentials;
        this.secret = secret;
    }

    /**
     * Opens the login.
     *
     * @return frame 1: the user name, a zero byte and this client's key
     * @throws AuthException if the user name is over 221 bytes in UTF-8 or holds a zero character
     */
    public byte[] start() throws AuthException {
        enter(Step.START);
        byte[] user = credentials.sendableUser(EcSrp5.MAX_USER_LENGTH);
        key = GeneratorTable.multiply(secret);
        step = Step.PROOF;
        return EcSrp5.frame(user, new byte[1], key.encode());
    }

    /**
     * Proves the password.
     *
     * @param message2 the server's key and the salt, 49 bytes
     * @return frame 3: the proof
     * @throws AuthException if message 2 has another length, its key is malformed, or would make the proof worthless
     */
    public byte[] proof(byte[] message2) throws AuthException {
        enter(Step.PROOF);
        EcSrp5.requireLength(
                message2, CurvePoint.ENCODED_LENGTH + EcSrp5.SALT_LENGTH, "the server's EC-SRP5 message 2");
        CurvePoint serverKey =
                CurvePoint.decode(Arrays.copyOf(message2, CurvePoint.ENCODED_LENGTH), "the server's EC-SRP5 key");
        byte[] salt = Arrays.copyOfRange(message2, CurvePoint.ENCODED_LENGTH, message2.length);

        BigInteger validator = EcSrp5.validator(credentials, salt);
        // the opposite parity is the negative point, so this removes the server's blind. The key as
        // received must not be checked for the subgroup: the blind moves honest keys out of it.
        CurvePoint unblinded = serverKey.plus(Curve.redp1(GeneratorTable.multiply(validator), 1));
        byte[] keysHash = EcSrp5.keysHash(key, serverKey);
        BigInteger scalar =
                validator.multiply(Bytes.toInteger(keysHash)).add(secret).mod(Curve.N);
        CurvePoint shared = unblinded.times(scalar);
        if (unblinded.hasSmallOrder() || shared.hasSmallOrder()) {
            throw new AuthException("the server's EC-SRP5 key has small order without the password part");
        }
        byte[] z = shared.montgomeryX();
        byte[] proof = EcSrp5.clientProof(keysHash, z);
        expectedServerProof = EcSrp5.serverProof(keysHash, proof, z);
        step = Step.VERIFY;
        return EcSrp5.frame(proof);
    }

    /**
     * Checks that the server knows the password too.
     *
     * @param message4 the server's proof, 32 bytes
     * @throws AuthException if the proof is wrong, or has another length
     */
    public void verify(byte[] message4) throws AuthException {
        enter(Step.VERIFY);
        EcSrp5.requireLength(message4, EcSrp5.PROOF_LENGTH, "the server's EC-SRP5 message 4");
        if (!MessageDigest.isEqual(message4, expectedServerProof)) {
            throw new AuthException("the server's EC-SRP5 proof is wrong: it does not know the password");
        }
    }

    /** Leaves the login over until the step has come to its end, so that nothing goes on after an exception. */
    private void enter(Step expected) {
        if (step != expected) {
            throw new IllegalStateException("EC-SRP5 client: " + expected + " called at " + step);
        }
        step = Step.OVER;
    }
}
