package io.github.jmeterbtest.jmeter.chart;

import java.util.Locale;

/** The unit that rates of a size are shown in. */
enum RateUnit {
    MBIT("Mbit/s", 1e6),
    GBIT("Gbit/s", 1e9);

    private final String word;
    private final double bitsPerSecond;

    RateUnit(String word, double bitsPerSecond) {
        this.word = word;
        this.bitsPerSecond = bitsPerSecond;
    }

    /** {@return the unit for rates up to a highest one, bit/s} */
    static RateUnit upTo(double highest) {
        return highest >= GBIT.bitsPerSecond ? GBIT : MBIT;
    }

    String word() {
        return word;
    }

    /** {@return how many of it a Mbit/s is} */
    double ofMegabit() {
        return MBIT.bitsPerSecond / bitsPerSecond;
    }

    /** {@return the number alone, to three digits or more; {@code ?} if it is not known} */
    String format(double rate) {
        if (Double.isNaN(rate)) {
            return "?";
        }
        double number = rate / bitsPerSecond;
        int decimals = number >= 10 || number == 0 ? 1 : number >= 1 ? 2 : number >= 0.1 ? 3 : number >= 0.01 ? 4 : 5;
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
