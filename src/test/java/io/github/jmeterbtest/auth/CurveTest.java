package io.github.jmeterbtest.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class CurveTest {

    static Stream<Vectors> refusedKeys() {
        return Vectors.section("ecsrp5_refuse_keys");
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void hostileKeysAreMalformedOrOfSmallOrder(Vectors vector) throws Exception {
        byte[] key = vector.bytes("key");
        if (vector.text("why").startsWith("small order")) {
            CurvePoint point = CurvePoint.decode(key, "key");
            assertThat(point.hasSmallOrder()).isTrue();
            assertThat(Frames.order(point))
                    .isEqualTo(Integer.parseInt(vector.text("why").substring(12)));
            assertThat(point.encode()).isEqualTo(key);
        } else {
            assertThatThrownBy(() -> CurvePoint.decode(key, "key")).isInstanceOf(AuthException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 32, 34})
    void keysOfAnotherLengthAreRefused(int length) {
        assertThatThrownBy(() -> CurvePoint.decode(new byte[length], "the key"))
                .isInstanceOf(AuthException.class)
                .hasMessage("the key has " + length + " bytes, not 33");
    }

    /** As an x, p and 0 are the same. Taken for 0, it would be a second encoding of that point. */
    @Test
    void anXThatIsNotBelowPIsRefused() throws Exception {
        assertThat(CurvePoint.decode(new byte[33], "key").hasSmallOrder()).isTrue();
        byte[] x = Field.P.toByteArray();
        assertThatThrownBy(() -> CurvePoint.decode(Arrays.copyOf(x, 33), "the key"))
                .isInstanceOf(AuthException.class)
                .hasMessage("the key has an x that is not below p");
    }

    @Test
    void aPointShowsNothing() {
        assertThat(Curve.G).hasToString("CurvePoint");
    }

    @Test
    void generatorHasOrderN() {
        assertThat(Curve.N.isProbablePrime(50)).isTrue();
        assertThat(Curve.G.hasSmallOrder()).isFalse();
        assertThat(Curve.G.times(Curve.N)).isEqualTo(CurvePoint.INFINITY);
        assertThat(Curve.G.times(BigInteger.ZERO)).isEqualTo(CurvePoint.INFINITY);
    }

    @Test
    void eightPointsHaveSmallOrder() {
        assertThat(Curve.TORSION).hasSize(8).doesNotHaveDuplicates().startsWith(CurvePoint.INFINITY);
        assertThat(Curve.TORSION)
                .allSatisfy(
                        point -> assertThat(point.times(BigInteger.valueOf(8))).isEqualTo(CurvePoint.INFINITY));
        assertThat(Curve.TORSION).extracting(Frames::order).containsExactly(1, 8, 4, 8, 2, 8, 4, 8);
    }

    @Test
    void multiplicationIsRepeatedAddition() {
        // off the prime subgroup, where nothing may be taken mod n
        CurvePoint point = Curve.G.plus(Curve.TORSION.get(1));
        CurvePoint sum = CurvePoint.INFINITY;
        for (int i = 0; i <= 300; i++) {
            assertThat(point.times(BigInteger.valueOf(i))).isEqualTo(sum);
            sum = sum.plus(point);
        }
    }

    @Test
    void generatorTableMultipliesAsTheGeneratorDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            BigInteger scalar = new BigInteger(256, random);
            assertThat(GeneratorTable.multiply(scalar)).isEqualTo(Curve.G.times(scalar));
        }
        assertThat(GeneratorTable.multiply(BigInteger.ZERO)).isEqualTo(CurvePoint.INFINITY);
    }

    @Test
    void reductionAgreesWithDivision() {
        Random random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            BigInteger value = new BigInteger(random.nextInt(530), random);
            assertThat(Field.reduce(value)).isEqualTo(value.mod(Field.P));
            assertThat(Field.reduce(value.negate())).isEqualTo(value.negate().mod(Field.P));
        }
        for (int i = -40; i <= 40; i++) {
            for (BigInteger near :
                    new BigInteger[] {BigInteger.ZERO, Field.P, Field.P.shiftLeft(1), Field.P.negate()}) {
                BigInteger value = near.add(BigInteger.valueOf(i));
                assertThat(Field.reduce(value)).isEqualTo(value.mod(Field.P));
            }
        }
    }

    @Test
    void everyKeyHasOneEncoding() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            CurvePoint point = Curve.G.times(new BigInteger(250, random).add(BigInteger.ONE));
            assertThat(CurvePoint.decode(point.encode(), "key")).isEqualTo(point);
        }
    }
}
