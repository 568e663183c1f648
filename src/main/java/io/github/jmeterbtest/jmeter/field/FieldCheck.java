package io.github.jmeterbtest.jmeter.field;

import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.protocol.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Says what is wrong with the text of a field, as far as a form can know. Expressions are not checked. */
@FunctionalInterface
public interface FieldCheck {
    /** Accepts everything. */
    FieldCheck ANYTHING = text -> Optional.empty();

    /** Numbers from 0 to 100, with decimals or without. */
    FieldCheck PERCENT = decimal(BigDecimal.ZERO, BigDecimal.valueOf(100));

    /** Milliseconds, with decimals or without, or a time with units, up to an hour. */
    FieldCheck LATENCY = text -> TimeText.parse(text, TimeUnit.MILLISECONDS)
                    .filter(time -> within(time, Duration.ZERO, Duration.ofHours(1)))
                    .isPresent()
            ? Optional.empty()
            : Optional.of(Messages.text("check.latency"));

    /** A DSCP as a number or a name. */
    FieldCheck DSCP = text -> DscpText.parse(text).orElse(ClientOptions.MAX_DSCP + 1) <= ClientOptions.MAX_DSCP
            ? Optional.empty()
            : Optional.of(Messages.text("check.dscp", ClientOptions.MAX_DSCP));

    /** Bytes, such as 500M. */
    FieldCheck VOLUME = text -> VolumeText.parse(text).orElse(Long.MAX_VALUE) <= ClientOptions.MAX_BYTES
            ? Optional.empty()
            : Optional.of(Messages.text("check.volume", VolumeText.format(ClientOptions.MAX_BYTES)));

    /** The name of a congestion control, as far as it can be known without the system that runs the test. */
    FieldCheck CONGESTION_CONTROL = text ->
            text.matches("[\\w-]{1,15}") ? Optional.empty() : Optional.of(Messages.text("check.congestionControl"));

    /** The name or address of a host, or nothing. */
    FieldCheck HOST = HostText::problem;

    /**
     * @param text what the field holds, without spaces around it
     * @return what would be right, or nothing if the text is
     */
    Optional<String> problem(String text);

    /**
     * {@return the same check, which tells of an invisible character in a wrong text rather than of what would be
     * right}
     */
    default FieldCheck naming() {
        return text -> problem(text).map(problem -> InvisibleText.hidden(text).orElse(problem));
    }

    /** Whole numbers from min to max. */
    static FieldCheck wholeNumber(long min, long max) {
        Pattern digits = Pattern.compile("\\d{1,40}");
        return text -> digits.matcher(text).matches() && within(text, BigDecimal.valueOf(min), BigDecimal.valueOf(max))
                ? Optional.empty()
                : Optional.of(Messages.text("check.wholeNumber", min, max));
    }

    /** Whole milliseconds from min to max, or a time with units. */
    static FieldCheck millis(Duration min, Duration max) {
        return text -> TimeText.parse(text, TimeUnit.MILLISECONDS)
                        .filter(TimeText::isWholeMillis)
                        .filter(time -> within(time, min, max))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Messages.text("check.millis", min.toMillis(), max.toMillis()));
    }

    /** Seconds from min to max, with decimals or without, or a time with units. */
    static FieldCheck seconds(Duration min, Duration max) {
        return text -> TimeText.parse(text, TimeUnit.SECONDS)
                        .filter(time -> within(time, min, max))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Messages.text("check.seconds", plain(seconds(min)), plain(seconds(max))));
    }

    private static boolean within(Duration time, Duration min, Duration max) {
        return time.compareTo(min) >= 0 && time.compareTo(max) <= 0;
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3);
    }

    /** Numbers from min to max, with decimals or without. */
    static FieldCheck decimal(String min, String max) {
        return decimal(new BigDecimal(min), new BigDecimal(max));
    }

    private static FieldCheck decimal(BigDecimal min, BigDecimal max) {
        Pattern number = Pattern.compile("\\d{1,40}(\\.\\d{1,40})?");
        return text -> number.matcher(text).matches() && within(text, min, max)
                ? Optional.empty()
                : Optional.of(Messages.text("check.decimal", plain(min), plain(max)));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** Rates in bit/s to compare with, such as 100M, from 0 to max. */
    static FieldCheck rate(long max) {
        return text -> parses(() -> Rate.parse("", text, max))
                ? Optional.empty()
                : Optional.of(Messages.text("check.rate", Rate.formatExactly(max)));
    }

    /** Limits in bit/s, such as 100M, from 0 to max, or unlimited. */
    static FieldCheck speed(long max) {
        return text -> parses(() -> Rate.parseLimit("", text, max))
                ? Optional.empty()
                : Optional.of(Messages.text("check.speed", Rate.formatExactly(max)));
    }

    /** Rates in bit/s to test at, such as 100M, above 0 to max. */
    static FieldCheck speedAboveZero(long max) {
        return text -> parses(() -> Rate.parse("", text, max) - 1)
                ? Optional.empty()
                : Optional.of(Messages.text("check.speedAboveZero", Rate.formatExactly(max)));
    }

    private static boolean parses(LongSupplier parser) {
        try {
            return parser.getAsLong() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** One or several of what another check accepts, with commas between them. */
    static FieldCheck listOf(FieldCheck each) {
        return text -> Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(each::problem)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** One of the words. */
    static FieldCheck oneOf(List<String> words) {
        boolean yesNo = words.contains("true");
        return text -> words.contains(yesNo ? YesNo.word(text) : text.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of(Messages.text("check.oneOf", String.join(", ", words)));
    }

    private static boolean within(String text, BigDecimal min, BigDecimal max) {
        BigDecimal value = new BigDecimal(text);
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }
}
