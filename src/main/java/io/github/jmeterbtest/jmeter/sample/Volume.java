package io.github.jmeterbtest.jmeter.sample;

import java.util.Locale;

/** Amounts of data as people read them. */
public final class Volume {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final double STEP = 1000;

    private Volume() {}

    /** {@return such as {@code 1.2 GB}, with units of 1000; the same in every locale} */
    public static String format(long bytes) {
        double amount = bytes;
        int unit = 0;
        // what would be shown as 1000.0 belongs to the next unit
        while (amount >= STEP - 0.05 && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
