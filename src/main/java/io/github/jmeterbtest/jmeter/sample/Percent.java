package io.github.jmeterbtest.jmeter.sample;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Shares as text, the same in every locale. */
public final class Percent {
    private static final MathContext DIGITS = new MathContext(3, RoundingMode.HALF_UP);
    private static final MathContext NOT_ALL = new MathContext(3, RoundingMode.DOWN);

    private Percent() {}

    /**
     * To three digits, wherever the point stands: a loss of one in ten million is not 0, and one of nearly all is not
     * all.
     *
     * @param percent 0..100
     * @return such as {@code 0.0251 %}
     */
    public static String format(double percent) {
        BigDecimal exact = BigDecimal.valueOf(percent);
        BigDecimal rounded = exact.round(DIGITS);
        boolean seemsAll = percent < 100 && rounded.intValue() == 100;
        return text(seemsAll ? exact.round(NOT_ALL) : rounded);
    }

    /** {@return every digit} */
    static String text(BigDecimal percent) {
        // zero keeps the places that it was written with
        return (percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString()) + " %";
    }
}
