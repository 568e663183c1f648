package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * What an EC-SRP5 server keeps for as long as it accepts the same credentials: the user's verifier, and the secret that
 * gives every user name, known or not, one stable salt: the first 16 bytes of HMAC-SHA256(secret, name). Immutable and
 * thread-safe; all its curve arithmetic happens in the constructor.
 *
 * <h2>Why the salt has to be stable</h2>
 *
 * The server's key is s·G + REDP1(γ), and REDP1 does not clear the cofactor. So anyone who sends message 1 learns, for
 * each password guess, whether it fits one of eight cosets: 3 bits per (password, salt). A fresh salt for each
 * connection would give 3 bits each time, and a few aborted connections would find a weak password. The same holds for
 * a fresh server secret, so a server that restarts often should be given its old one.
 *
 * <h2>Torsion blinding</h2>
 *
 * With {@code torsionBlinding} the server adds a random one, T, of the eight points of small order to its key in each
 * connection. All eight cosets are then equally likely, whatever the password, and not even the 3 bits are told. The
 * client, who knows nothing of T, reaches Z = k·s·G + k·T with its own k, so the server accepts a proof made with any Z
 * + T' of the eight. That gives a guesser nothing: the eight proofs are eight values among 2^256, all found only with
 * the right password. Any client works that does as the known implementations do; no RouterOS has been tried with it,
 * which is why it is not the default.
 */
public final class EcSrp5Verifiers {

    /** Bytes of a server secret. */
    public static final int SECRET_LENGTH = 32;

    private static final int BLINDS = Curve.TORSION.size();
    /** A name that no client can send, as names end at the first zero byte. */
    private static final byte[] DECOY_NAME = "\0decoy".getBytes(StandardCharsets.US_ASCII);

    private final byte[] serverSecret;
    private final boolean torsionBlinding;
    private final byte[] acceptedUser;
    private final byte[] acceptedSalt;
    private final Verifier accepted;
    private final Verifier decoy;

    /**
     * @param accepted the only credentials the server accepts
     * @param serverSecret {@value #SECRET_LENGTH} bytes from {@link #newSecret}, kept for as long as the credentials
     * @param torsionBlinding whether to blind the coset as well, see above
     * @throws IllegalArgumentException if the secret has another length, or if no client could send the user name: it
     *     is over 221 bytes in UTF-8 or holds a zero character
     */
    public EcSrp5Verifiers(Credentials accepted, byte[] serverSecret, boolean torsionBlinding) {
        this(accepted, serverSecret, torsionBlinding, salt(hmac(serverSecret, accepted.userBytes())));
    }

    /** With a given salt for the accepted user, for test vectors. */
    EcSrp5Verifiers(Credentials accepted, byte[] serverSecret, boolean torsionBlinding, byte[] acceptedSalt) {
        this.serverSecret = serverSecret.clone();
        this.torsionBlinding = torsionBlinding;
        this.acceptedUser = receivableUser(accepted);
        this.acceptedSalt = acceptedSalt;
        this.accepted = new Verifier(accepted, acceptedSalt);
        String decoyPassword = HexFormat.of().formatHex(hmac(serverSecret, DECOY_NAME));
        this.decoy = new Verifier(new Credentials("", decoyPassword), acceptedSalt);
    }

    /**
     * {@return a fresh server secret of {@value #SECRET_LENGTH} bytes}
     *
     * @param random where it comes from
     */
    public static byte[] newSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    /**
     * What one connection needs to challenge and verify a user; unknown users get a decoy that no password matches.
     *
     * <p>One decoy γ serves all unknown names, as what a stranger can see of a verifier is only the coset of the
     * server's key: in s·G + REDP1(γ), s·G is uniform within the coset. But one coset for all unknown names would give
     * a known one away, as its own differs seven times out of eight. So each unknown name gets the coset that its HMAC
     * picks: stable and uniform over the eight, just like that of a name with a password. Every name costs one HMAC and
     * no curve arithmetic, so timing reveals nothing either.
     */
    Account account(byte[] user, SecureRandom random) {
        byte[] hmac = hmac(serverSecret, user);
        boolean known = MessageDigest.isEqual(user, acceptedUser);
        Verifier verifier = known ? accepted : decoy;
        int coset = known ? 0 : hmac[hmac.length - 1] & (BLINDS - 1);
        int blind = torsionBlinding ? random.nextInt(BLINDS) : coset;
        List<CurvePoint> slack = torsionBlinding ? Curve.TORSION : List.of(CurvePoint.INFINITY);
        return new Account(known, known ? acceptedSalt : salt(hmac), verifier.gamma, verifier.blinds.get(blind), slack);
    }

    private static byte[] salt(byte[] hmac) {
        return Arrays.copyOf(hmac, EcSrp5.SALT_LENGTH);
    }

    private static byte[] hmac(byte[] serverSecret, byte[] name) {
        if (serverSecret.length != SECRET_LENGTH) {
            throw new IllegalArgumentException(
                    "the server secret has " + serverSecret.length + " bytes, not " + SECRET_LENGTH);
        }
        return new HmacUtils(HmacAlgorithms.HMAC_SHA_256, serverSecret).hmac(name);
    }

    private static byte[] receivableUser(Credentials accepted) {
        try {
            return accepted.sendableUser(EcSrp5.MAX_USER_LENGTH);
        } catch (AuthException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** γ, and its REDP1 plus each of the eight points of small order; the first is REDP1 itself. */
    private static final class Verifier {

        final CurvePoint gamma;
        final List<CurvePoint> blinds;

        Verifier(Credentials credentials, byte[] salt) {
            BigInteger validator = EcSrp5.validator(credentials, salt);
            gamma = GeneratorTable.multiply(validator);
            CurvePoint blind = Curve.redp1(gamma, 0);
            blinds = Curve.TORSION.stream().map(blind::plus).toList();
        }
    }

    /**
     * A user in one connection.
     *
     * @param known whether any password at all can be right
     * @param gamma the verifier, with its true parity
     * @param blind what to add to the server's key
     * @param slack what a client's Z may differ by from the server's
     */
    record Account(boolean known, byte[] salt, CurvePoint gamma, CurvePoint blind, List<CurvePoint> slack) {}
}
