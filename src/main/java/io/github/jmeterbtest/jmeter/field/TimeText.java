package io.github.jmeterbtest.jmeter.field;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times as users write them: a number in the field's unit, with units as RouterOS writes them ({@code 10s},
 * {@code 1m30s}, {@code 500ms}, {@code 1d2h}), or as RouterOS prints them ({@code 00:01:30}).
 */
final class TimeText {
    private static final String NUMBER = "\\d{1,12}(?:\\.\\d{1,9})?";
    private static final Pattern PLAIN = Pattern.compile(NUMBER);
    private static final Pattern WITH_UNITS = Pattern.compile("(?:(\\d{1,4})w)?(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?"
            + "(?:(\\d{1,8})m(?!s))?(?:(" + NUMBER + ")s)?(?:(\\d{1,12})ms)?");
    private static final Pattern CLOCK = Pattern.compile("(\\d{1,4}):([0-5]?\\d):([0-5]?\\d(?:\\.\\d{1,9})?)");

    private static final Pattern SPACE_AT_UNIT = Pattern.compile("(?<=\\d) +(?=[a-z])|(?<=[a-z]) +(?=\\d)");

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(Integer.MAX_VALUE);

    private TimeText() {}

    /**
     * @param text without spaces around it
     * @param unit of a number without one: seconds or milliseconds
     * @return the time, at most 68 years; nothing if the text is none
     */
    static Optional<Duration> parse(String text, TimeUnit unit) {
        if (PLAIN.matcher(text).matches()) {
            BigDecimal number = new BigDecimal(text);
            return Optional.of(duration(unit == TimeUnit.MILLISECONDS ? number.movePointLeft(3) : number));
        }
        Matcher clock = CLOCK.matcher(text);
        if (clock.matches()) {
            return Optional.of(duration(
                    part(clock.group(1), HOUR).add(part(clock.group(2), MINUTE)).add(part(clock.group(3), 1))));
        }
        String compact = SPACE_AT_UNIT.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        Matcher units = WITH_UNITS.matcher(compact);
        if (compact.isEmpty() || !units.matches()) {
            return Optional.empty();
        }
        return Optional.of(duration(part(units.group(1), WEEK)
                .add(part(units.group(2), DAY))
                .add(part(units.group(3), HOUR))
                .add(part(units.group(4), MINUTE))
                .add(part(units.group(5), 1))
                .add(part(units.group(6), 1).movePointLeft(3))));
    }

    /** {@return whether nothing is lost by counting it in milliseconds} */
    static boolean isWholeMillis(Duration time) {
        return time.equals(Duration.ofMillis(time.toMillis()));
    }

    private static BigDecimal part(String number, long seconds) {
        return number == null ? BigDecimal.ZERO : new BigDecimal(number).multiply(BigDecimal.valueOf(seconds));
    }

    private static Duration duration(BigDecimal seconds) {
        return Duration.ofNanos(seconds.min(MAX_SECONDS).movePointRight(9).longValue());
    }
}
