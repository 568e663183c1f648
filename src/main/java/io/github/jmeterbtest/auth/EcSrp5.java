package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The formulas of EC-SRP5 that both roles share. Known from four independent peer implementations, and checked against
 * them and a verifier stored by RouterOS.
 */
final class EcSrp5 {

    static final int SALT_LENGTH = 16;
    static final int PROOF_LENGTH = 32;
    /** The frame's length byte counts the name, a zero byte and the client's key. */
    static final int MAX_USER_LENGTH = 255 - 1 - CurvePoint.ENCODED_LENGTH;

    private static final byte[] COLON = ":".getBytes(StandardCharsets.US_ASCII);

    private EcSrp5() {}

    /** i, derived from the password and a salt. */
    static BigInteger validator(Credentials credentials, byte[] salt) {
        byte[] inner = DigestUtils.sha256(Bytes.concat(credentials.userBytes(), COLON, credentials.passwordBytes()));
        return Bytes.toInteger(DigestUtils.sha256(Bytes.concat(salt, inner)));
    }

    /** j, which binds the proofs to both keys of this connection; no parity bytes. */
    static byte[] keysHash(CurvePoint clientKey, CurvePoint serverKey) {
        return DigestUtils.sha256(Bytes.concat(clientKey.montgomeryX(), serverKey.montgomeryX()));
    }

    /** cc: shows that the client knows z. */
    static byte[] clientProof(byte[] keysHash, byte[] z) {
        return DigestUtils.sha256(Bytes.concat(keysHash, z));
    }

    /** sc: shows that the server knows z. */
    static byte[] serverProof(byte[] keysHash, byte[] clientProof, byte[] z) {
        return DigestUtils.sha256(Bytes.concat(keysHash, clientProof, z));
    }

    /** A secret for one connection: uniform in [1, n − 1]. */
    static BigInteger newScalar(SecureRandom random) {
        BigInteger scalar;
        do {
            scalar = new BigInteger(Curve.N.bitLength(), random);
        } while (scalar.signum() == 0 || scalar.compareTo(Curve.N) >= 0);
        return scalar;
    }

    /** A message on the wire: one byte of length, then the payload of at most 255 bytes. */
    static byte[] frame(byte[]... payload) {
        byte[] bytes = Bytes.concat(payload);
        return Bytes.concat(new byte[] {(byte) bytes.length}, bytes);
    }

    static void requireLength(byte[] payload, int length, String message) throws AuthException {
        if (payload.length != length) {
            throw new AuthException(message + " has " + payload.length + " bytes, not " + length);
        }
    }
}
