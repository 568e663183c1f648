package io.github.jmeterbtest.auth;

import java.math.BigInteger;
import java.util.Optional;

/** Arithmetic modulo p = 2^255 − 19. Arguments may be any integers; results lie in [0, p). */
final class Field {

    static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    private static final BigInteger SQRT_EXPONENT = P.add(BigInteger.valueOf(3)).shiftRight(3);
    private static final BigInteger SQRT_MINUS_ONE = BigInteger.TWO.modPow(P.shiftRight(2), P);

    private static final BigInteger NINETEEN = BigInteger.valueOf(19);
    private static final BigInteger LOW_255_BITS = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.ONE);

    private Field() {}

    /** 2^255 ≡ 19, so folding the high bits onto the low ones is much quicker than a division. */
    static BigInteger reduce(BigInteger a) {
        BigInteger rest = a;
        while (rest.bitLength() > 255 || rest.signum() < 0) {
            rest = rest.and(LOW_255_BITS).add(rest.shiftRight(255).multiply(NINETEEN));
        }
        return rest.compareTo(P) >= 0 ? rest.subtract(P) : rest;
    }

    static BigInteger multiply(BigInteger a, BigInteger b) {
        return reduce(a.multiply(b));
    }

    static BigInteger square(BigInteger a) {
        return multiply(a, a);
    }

    static BigInteger divide(BigInteger a, BigInteger b) {
        return multiply(a, b.modInverse(P));
    }

    /**
     * {@return one of the two square roots, or nothing if {@code a} is no square} As p ≡ 5 mod 8, one of two candidates
     * is right.
     */
    static Optional<BigInteger> squareRoot(BigInteger a) {
        BigInteger square = a.mod(P);
        BigInteger root = square.modPow(SQRT_EXPONENT, P);
        if (!square(root).equals(square)) {
            root = multiply(root, SQRT_MINUS_ONE);
        }
        return square(root).equals(square) ? Optional.of(root) : Optional.empty();
    }
}
