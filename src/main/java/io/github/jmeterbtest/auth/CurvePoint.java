package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.util.Objects;

/** An immutable point of {@link Curve}, in Weierstrass coordinates in [0, p). */
final class CurvePoint {

    /** Bytes of an encoded point: x of the Montgomery form, big-endian, and the lowest bit of y. */
    static final int ENCODED_LENGTH = 33;

    static final CurvePoint INFINITY = new CurvePoint(null, null);

    private final BigInteger x;
    private final BigInteger y;

    CurvePoint(BigInteger x, BigInteger y) {
        this.x = x;
        this.y = y;
    }

    /**
     * Decodes and checks a point from a peer. Each point has exactly one encoding. The point may have small order.
     *
     * @param whose names the key in messages
     */
    static CurvePoint decode(byte[] encoded, String whose) throws AuthException {
        if (encoded.length != ENCODED_LENGTH) {
            throw new AuthException(whose + " has " + encoded.length + " bytes, not " + ENCODED_LENGTH);
        }
        int parity = encoded[ENCODED_LENGTH - 1];
        if (parity != 0 && parity != 1) {
            throw new AuthException(whose + " has a parity byte other than 0 or 1");
        }
        BigInteger montgomeryX = Bytes.toInteger(encoded).shiftRight(Byte.SIZE);
        if (montgomeryX.compareTo(Field.P) >= 0) {
            throw new AuthException(whose + " has an x that is not below p");
        }
        return Curve.lift(montgomeryX, parity).orElseThrow(() -> new AuthException(whose + " is not on the curve"));
    }

    byte[] encode() {
        return Bytes.concat(montgomeryX(), new byte[] {(byte) (y.testBit(0) ? 1 : 0)});
    }

    /** The Montgomery form's x, 32 bytes, big-endian. */
    byte[] montgomeryX() {
        if (isInfinity()) {
            throw new IllegalStateException("the point at infinity has no x");
        }
        return Bytes.of(x.subtract(Curve.WEIERSTRASS_SHIFT).mod(Field.P));
    }

    boolean isInfinity() {
        return x == null;
    }

    /** Whether eight times this point is infinity: such a point carries no secret of the peer. */
    boolean hasSmallOrder() {
        return Curve.TORSION.contains(this);
    }

    CurvePoint plus(CurvePoint other) {
        return JacobianPoint.of(this).plus(JacobianPoint.of(other)).toAffine();
    }

    /** This point {@code scalar} times; the scalar is not negative, and not reduced mod n. */
    CurvePoint times(BigInteger scalar) {
        return JacobianPoint.of(this).times(scalar).toAffine();
    }

    BigInteger x() {
        return x;
    }

    BigInteger y() {
        return y;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CurvePoint that && Objects.equals(x, that.x) && Objects.equals(y, that.y);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(x);
    }

    /** Reveals nothing, since some points are secret; the inherited one would reveal the hash code. */
    @Override
    public String toString() {
        return "CurvePoint";
    }
}
