package io.github.jmeterbtest.jmeter.field;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Volumes of data as users write them: bytes, or with k, M, G or T (1000 each), such as {@code 500M}. */
public final class VolumeText {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,12})?) *([kKmMgGtT]?)B?");
    private static final String UNITS = "kmgt";
    private static final String[] NAMES = {"bytes", "kB", "MB", "GB", "TB"};
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private VolumeText() {}

    /**
     * @param text without spaces around it
     * @return bytes; nothing if the text is no whole number of them
     */
    static OptionalLong parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        String unit = matcher.group(2).toLowerCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : 1 + UNITS.indexOf(unit);
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(THOUSAND.pow(power));
        boolean whole = bytes.stripTrailingZeros().scale() <= 0;
        return whole ? OptionalLong.of(bytes.min(MAX).longValue()) : OptionalLong.empty();
    }

    /** {@return such as {@code 500 MB} or {@code 1.5 GB}: all digits that the user gave} */
    public static String format(long bytes) {
        BigDecimal value = BigDecimal.valueOf(bytes);
        int unit = 0;
        while (value.compareTo(THOUSAND) >= 0 && unit < NAMES.length - 1) {
            value = value.movePointLeft(3);
            unit++;
        }
        return value.stripTrailingZeros().toPlainString() + " " + NAMES[unit];
    }
}
