package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;

/** Taking the messages of EC-SRP5 apart. */
final class Frames {

    private Frames() {}

    /** What follows the length byte, which must be right. */
    static byte[] payload(byte[] frame) {
        assertThat(frame[0] & 0xff).isEqualTo(frame.length - 1);
        return Arrays.copyOfRange(frame, 1, frame.length);
    }

    /** The payload of a frame that may be cut short. */
    static byte[] first(byte[] frames) {
        int length = frames.length == 0 ? 0 : frames[0] & 0xFF;
        return Arrays.copyOfRange(frames, Math.min(1, frames.length), Math.min(1 + length, frames.length));
    }

    /** The same of the frame behind it. */
    static byte[] second(byte[] frames) {
        return first(Arrays.copyOfRange(frames, Math.min(frames.length, 1 + first(frames).length), frames.length));
    }

    static byte[] message1(byte[] user, byte[] key) {
        return Bytes.concat(user, new byte[1], key);
    }

    static byte[] salt(byte[] message2) {
        return Arrays.copyOfRange(message2, CurvePoint.ENCODED_LENGTH, message2.length);
    }

    static CurvePoint serverKey(byte[] message2) throws AuthException {
        return CurvePoint.decode(Arrays.copyOf(message2, CurvePoint.ENCODED_LENGTH), "key");
    }

    /** The point of small order that multiplying with n leaves: it says in which coset a key lies. */
    static CurvePoint coset(CurvePoint key) {
        return key.times(Curve.N);
    }

    static int order(CurvePoint ofSmallOrder) {
        int order = 1;
        while (!ofSmallOrder.times(BigInteger.valueOf(order)).isInfinity()) {
            order++;
        }
        return order;
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = bytes.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return flipped;
    }
}
