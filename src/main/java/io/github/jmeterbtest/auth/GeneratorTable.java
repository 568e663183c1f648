package io.github.jmeterbtest.auth;

import java.math.BigInteger;

/**
 * Precomputed multiples of {@link Curve#G}. Every login multiplies it, a client twice. With d·16^k·G for every digit d
 * at every place k, that needs additions only and less than half the time.
 */
final class GeneratorTable {

    private static final int DIGITS = 64;
    private static final JacobianPoint[][] TABLE = table();

    private GeneratorTable() {}

    /** {@code scalar}·G; the scalar is not negative and below 2^256. */
    static CurvePoint multiply(BigInteger scalar) {
        JacobianPoint sum = JacobianPoint.INFINITY;
        for (int place = 0; place < DIGITS; place++) {
            sum = sum.plus(TABLE[place][JacobianPoint.digit(scalar, place)]);
        }
        return sum.toAffine();
    }

    private static JacobianPoint[][] table() {
        JacobianPoint[][] table = new JacobianPoint[DIGITS][];
        JacobianPoint unit = JacobianPoint.of(Curve.G);
        for (int place = 0; place < DIGITS; place++) {
            table[place] = unit.multiples();
            unit = table[place][15].plus(unit);
        }
        return table;
    }
}
