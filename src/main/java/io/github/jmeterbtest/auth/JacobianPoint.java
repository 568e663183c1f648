package io.github.jmeterbtest.auth;

import java.math.BigInteger;

/**
 * The group law in Jacobian coordinates, (X, Y, Z) standing for (X/Z², Y/Z³) on y² = x³ + ax + b, so that a whole
 * scalar multiplication needs a single inversion. Z = 0 is the point at infinity.
 */
final class JacobianPoint {

    static final JacobianPoint INFINITY = new JacobianPoint(BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);

    private final BigInteger x;
    private final BigInteger y;
    private final BigInteger z;

    private JacobianPoint(BigInteger x, BigInteger y, BigInteger z) {
        this.x = x;
        this.y = y;
        this.z = z;
    }

    static JacobianPoint of(CurvePoint point) {
        return point.isInfinity() ? INFINITY : new JacobianPoint(point.x(), point.y(), BigInteger.ONE);
    }

    CurvePoint toAffine() {
        if (isInfinity()) {
            return CurvePoint.INFINITY;
        }
        BigInteger inverse = z.modInverse(Field.P);
        BigInteger inverseSquare = Field.square(inverse);
        return new CurvePoint(
                Field.multiply(x, inverseSquare), Field.multiply(y, Field.multiply(inverseSquare, inverse)));
    }

    private boolean isInfinity() {
        return z.signum() == 0;
    }

    JacobianPoint twice() {
        BigInteger yy = Field.square(y);
        BigInteger s = Field.multiply(x, yy).shiftLeft(2);
        BigInteger xx = Field.square(x);
        BigInteger zz = Field.square(z);
        BigInteger m = xx.add(xx.shiftLeft(1)).add(Field.multiply(Curve.WEIERSTRASS_A, Field.square(zz)));
        BigInteger x3 = Field.reduce(m.multiply(m).subtract(s.shiftLeft(1)));
        BigInteger y3 =
                Field.reduce(m.multiply(s.subtract(x3)).subtract(yy.multiply(yy).shiftLeft(3)));
        BigInteger z3 = Field.reduce(y.multiply(z).shiftLeft(1));
        return new JacobianPoint(x3, y3, z3);
    }

    JacobianPoint plus(JacobianPoint other) {
        if (isInfinity()) {
            return other;
        }
        if (other.isInfinity()) {
            return this;
        }
        BigInteger z1z1 = Field.square(z);
        BigInteger z2z2 = Field.square(other.z);
        BigInteger u1 = Field.multiply(x, z2z2);
        BigInteger u2 = Field.multiply(other.x, z1z1);
        BigInteger s1 = Field.multiply(y, Field.multiply(other.z, z2z2));
        BigInteger s2 = Field.multiply(other.y, Field.multiply(z, z1z1));
        BigInteger h = u2.subtract(u1);
        BigInteger r = s2.subtract(s1);
        if (h.signum() == 0) {
            return r.signum() == 0 ? twice() : INFINITY;
        }
        BigInteger hh = Field.square(h);
        BigInteger hhh = Field.multiply(h, hh);
        BigInteger v = Field.multiply(u1, hh);
        BigInteger x3 = Field.reduce(r.multiply(r).subtract(hhh).subtract(v.shiftLeft(1)));
        BigInteger y3 = Field.reduce(r.multiply(v.subtract(x3)).subtract(s1.multiply(hhh)));
        BigInteger z3 = Field.multiply(Field.multiply(z, other.z), h);
        return new JacobianPoint(x3, y3, z3);
    }

    /**
     * This point {@code scalar} times, a hexadecimal digit at a time. The scalar is not negative, and not reduced mod
     * n.
     */
    JacobianPoint times(BigInteger scalar) {
        JacobianPoint[] multiples = multiples();
        JacobianPoint sum = INFINITY;
        int digits = (scalar.bitLength() + 3) / 4;
        for (int place = digits - 1; place >= 0; place--) {
            sum = sum.twice().twice().twice().twice().plus(multiples[digit(scalar, place)]);
        }
        return sum;
    }

    /** Zero to fifteen times this point: one entry for each value of a {@link #digit}. */
    JacobianPoint[] multiples() {
        JacobianPoint[] multiples = new JacobianPoint[16];
        multiples[0] = INFINITY;
        for (int i = 1; i < multiples.length; i++) {
            multiples[i] = multiples[i - 1].plus(this);
        }
        return multiples;
    }

    /** The hexadecimal digit at a place, counted from the lowest. */
    static int digit(BigInteger scalar, int place) {
        return scalar.shiftRight(4 * place).intValue() & 15;
    }
}
