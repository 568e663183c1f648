package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Curve25519 as EC-SRP5 uses it: keys carry the x of the Montgomery form y² = x³ + Ax² + x, addition uses the
 * Weierstrass form that x + A/3 leads to, y being the same. The group is cyclic with 8·n points.
 *
 * <p>{@link BigInteger} does not run in constant time. That is acceptable here: a server multiplies secret scalars only
 * when they are fresh for the connection, and the password's own product once, beforehand.
 */
final class Curve {

    /** The prime order of {@link #G}. */
    static final BigInteger N =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private static final BigInteger THREE = BigInteger.valueOf(3);
    private static final BigInteger A = BigInteger.valueOf(486662);

    /** Added to a Montgomery x, gives the Weierstrass x. */
    static final BigInteger WEIERSTRASS_SHIFT = Field.divide(A, THREE);
    /** The factor of x in the Weierstrass form. */
    static final BigInteger WEIERSTRASS_A = Field.divide(THREE.subtract(A.multiply(A)), THREE);

    /** The generator: Montgomery x = 9, even y. */
    static final CurvePoint G = lift(BigInteger.valueOf(9), 0).orElseThrow();

    /** All eight points whose order divides 8, infinity first. */
    static final List<CurvePoint> TORSION = torsion();

    private Curve() {}

    /** The point with this Montgomery x in [0, p) and the lowest bit of y as given, if there is one. */
    static Optional<CurvePoint> lift(BigInteger x, int parity) {
        BigInteger square = x.multiply(Field.square(x).add(A.multiply(x)).add(BigInteger.ONE));
        return Field.squareRoot(square)
                .map(root ->
                        root.testBit(0) == (parity == 1) ? root : root.negate().mod(Field.P))
                // y = 0 has no odd twin
                .filter(y -> y.testBit(0) == (parity == 1))
                .map(y -> new CurvePoint(x.add(WEIERSTRASS_SHIFT).mod(Field.P), y));
    }

    /**
     * REDP1: the point derived by hashing the x of {@code gamma}. Half of the hashes lie above p; they are reduced, not
     * skipped, and half of the reduced ones belong to no point; then the next hash is tried. The opposite parity gives
     * the negative point.
     */
    static CurvePoint redp1(CurvePoint gamma, int parity) {
        BigInteger seed = Bytes.toInteger(DigestUtils.sha256(gamma.montgomeryX()));
        while (true) {
            BigInteger hash = Bytes.toInteger(DigestUtils.sha256(Bytes.of(seed)));
            Optional<CurvePoint> point = lift(hash.mod(Field.P), parity);
            if (point.isPresent()) {
                return point.get();
            }
            // Bytes.of keeps 256 bits, so the seed wraps around
            seed = seed.add(BigInteger.ONE);
        }
    }

    private static List<CurvePoint> torsion() {
        BigInteger xOfOrderEight =
                new BigInteger("00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0", 16);
        CurvePoint generator = lift(xOfOrderEight, 0).orElseThrow();
        List<CurvePoint> points = new ArrayList<>();
        CurvePoint point = CurvePoint.INFINITY;
        do {
            points.add(point);
            point = point.plus(generator);
        } while (!point.isInfinity());
        return List.copyOf(points);
    }
}
