package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/** One login by EC-SRP5 whose secrets are all given, so that its frames are always the same. */
final class KnownLogin {
    static final Credentials ADMIN = new Credentials("admin", "test");
    /** Its random numbers are used only with torsion blinding. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final BigInteger CLIENT_SECRET = new BigInteger("123456789abcdef", 16);
    private static final BigInteger SERVER_SECRET = new BigInteger("fedcba987654321", 16);

    private KnownLogin() {}

    static EcSrp5Verifiers verifiers(boolean torsionBlinding) {
        return new EcSrp5Verifiers(ADMIN, new byte[EcSrp5Verifiers.SECRET_LENGTH], torsionBlinding);
    }

    static EcSrp5Server server(EcSrp5Verifiers verifiers) {
        return new EcSrp5Server(verifiers, RANDOM, SERVER_SECRET);
    }

    static EcSrp5Client client() {
        return new EcSrp5Client(ADMIN, CLIENT_SECRET);
    }

    /** {@return the client's two frames, one behind the other} */
    static byte[] clientFrames() {
        return frames()[0];
    }

    /** {@return the server's two frames, one behind the other} */
    static byte[] serverFrames() {
        return frames()[1];
    }

    private static byte[][] frames() {
        EcSrp5Client client = client();
        EcSrp5Server server = server(verifiers(false));
        try {
            byte[] frame1 = client.start();
            byte[] frame2 = server.challenge(Frames.payload(frame1));
            byte[] frame3 = client.proof(Frames.payload(frame2));
            byte[] frame4 = server.verify(Frames.payload(frame3));
            return new byte[][] {Bytes.concat(frame1, frame3), Bytes.concat(frame2, frame4)};
        } catch (AuthException e) {
            throw new AssertionError("a login with the right password fails", e);
        }
    }

    /** {@return whether two frames have the same messages, be their length bytes right or not} */
    static boolean sameMessages(byte[] frames, byte[] right) {
        return Arrays.equals(Frames.first(frames), Frames.first(right))
                && Arrays.equals(Frames.second(frames), Frames.second(right));
    }
}
