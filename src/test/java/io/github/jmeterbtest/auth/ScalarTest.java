package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The secret of a connection: each number from 1 to n - 1 equally likely, and no other. */
class ScalarTest {
    private static final BigInteger ONE = BigInteger.ONE;

    private static BigInteger drawnFrom(BigInteger... numbers) {
        Deque<BigInteger> left = new ArrayDeque<>(List.of(numbers));
        BigInteger drawn = EcSrp5.newScalar(new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                byte[] number = left.remove().toByteArray();
                Arrays.fill(bytes, (byte) 0);
                System.arraycopy(number, 0, bytes, bytes.length - number.length, number.length);
            }
        });
        assertThat(left).as("not drawn").isEmpty();
        return drawn;
    }

    @Test
    void theEndsOfTheRangeAreTaken() {
        assertThat(drawnFrom(ONE)).isEqualTo(ONE);
        assertThat(drawnFrom(Curve.N.subtract(ONE))).isEqualTo(Curve.N.subtract(ONE));
    }

    @Test
    void whatIsOutsideIsDrawnAgain() {
        assertThat(drawnFrom(BigInteger.ZERO, Curve.N, Curve.N.add(ONE), BigInteger.TWO))
                .isEqualTo(BigInteger.TWO);
    }
}
