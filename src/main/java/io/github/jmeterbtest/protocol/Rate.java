package io.github.jmeterbtest.protocol;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Speeds in bit/s, written as RouterOS writes them ({@code 500k}, {@code 100M}, {@code 1G}) and formatted for people.
 */
public final class Rate {
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([kKmMgG]?)(?:bps|bits?|bits?/s)?");
    private static final String UNLIMITED = "unlimited";
    private static final String[] UNITS = {"bit/s", "kbit/s", "Mbit/s", "Gbit/s"};

    private Rate() {}

    /**
     * @param field name of the field, for the message
     * @param text a number with an optional unit k, M or G (1000, 1000² and 1000³), such as {@code 1.5M}; empty or
     *     {@code 0} means unlimited; {@code bps}, {@code bit} or {@code bit/s} may follow
     * @param max the largest speed allowed, bit/s
     * @return bit/s, 0 for unlimited
     * @throws IllegalArgumentException naming the field, the value and what would be right
     */
    public static long parse(String field, String text, long max) {
        String trimmed = text.trim();
        if (trimmed.isEmpty()) {
            return 0;
        }
        Matcher matcher = TEXT.matcher(trimmed);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(field + " \"" + trimmed
                    + "\" is not a speed: enter bit/s, optionally with k, M or G, such as 100M; 0 for unlimited");
        }
        long factor = switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
            case "k" -> 1_000;
            case "m" -> 1_000_000;
            case "g" -> 1_000_000_000;
            default -> 1;
        };
        BigDecimal bits = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        if (bits.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException(field + " \"" + trimmed + "\" is not a whole number of bit/s");
        }
        if (bits.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new IllegalArgumentException(
                    field + " \"" + trimmed + "\" is above " + max + " bit/s, the maximum; use 0 for unlimited");
        }
        return bits.longValueExact();
    }

    /** As {@link #parse}, for a limit, which may also be {@code unlimited}, RouterOS's word. */
    public static long parseLimit(String field, String text, long max) {
        return text.trim().equalsIgnoreCase(UNLIMITED) ? 0 : parse(field, text, max);
    }

    /**
     * @param bitsPerSecond bit/s, at least 0
     * @return such as {@code 900 Mbit/s}, {@code 1.25 Gbit/s}: all digits that the user gave
     */
    public static String formatExactly(long bitsPerSecond) {
        BigDecimal value = BigDecimal.valueOf(bitsPerSecond);
        int unit = 0;
        while (value.compareTo(BigDecimal.valueOf(1000)) >= 0 && unit < UNITS.length - 1) {
            value = value.movePointLeft(3);
            unit++;
        }
        return value.stripTrailingZeros().toPlainString() + " " + UNITS[unit];
    }

    /**
     * @param bitsPerSecond bit/s, at least 0
     * @return such as {@code 941.2 Mbit/s}, {@code 2.5 Gbit/s}, {@code 0 bit/s}
     */
    public static String format(double bitsPerSecond) {
        double value = bitsPerSecond;
        int unit = 0;
        // what would be rounded up to 1000 belongs to the next unit
        while (value >= (unit == 0 ? 999.5 : 999.95) && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String number = String.format(Locale.ROOT, unit == 0 ? "%.0f" : "%.1f", value);
        return number + " " + UNITS[unit];
    }
}
