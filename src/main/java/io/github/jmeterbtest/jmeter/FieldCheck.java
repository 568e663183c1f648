package io.github.jmeterbtest.jmeter;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Rate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what is wrong with the text of a field, as far as a form can know. Expressions are never asked about. */
@FunctionalInterface
interface FieldCheck {
    /** Accepts everything. */
    FieldCheck ANYTHING = text -> Optional.empty();

    /**
     * @param text what the field holds, without spaces around it
     * @return what would be right, or nothing if the text is
     */
    Optional<String> problem(String text);

    /** Whole numbers from min to max. */
    static FieldCheck wholeNumber(long min, long max) {
        Pattern digits = Pattern.compile("\\d{1,40}");
        return text -> digits.matcher(text).matches() && within(text, BigDecimal.valueOf(min), BigDecimal.valueOf(max))
                ? Optional.empty() : Optional.of(Messages.text("check.wholeNumber", min, max));
    }

    /** Numbers from min to max, with decimals or without. */
    static FieldCheck decimal(String min, String max) {
        Pattern number = Pattern.compile("\\d{1,40}(\\.\\d{1,40})?");
        return text -> number.matcher(text).matches()
                && within(text, new BigDecimal(min), new BigDecimal(max))
                ? Optional.empty() : Optional.of(Messages.text("check.decimal", min, max));
    }

    /** Speeds that can be asked for, such as 100M; empty for unlimited. */
    static FieldCheck speed() {
        return text -> {
            try {
                Rate.parse("", text, Command.MAX_SPEED);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(Messages.text("check.speed", Rate.format(Command.MAX_SPEED)));
            }
        };
    }

    /** Rates to compare a measured one with, such as 900M; empty for no check. */
    static FieldCheck rate() {
        return text -> {
            try {
                Rate.parse("", text, Fields.MAX_RATE);
                return Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.of(Messages.text("check.rate", Rate.formatExactly(Fields.MAX_RATE)));
            }
        };
    }

    /** One of the words. */
    static FieldCheck oneOf(List<String> words) {
        return text -> words.contains(text.toLowerCase(Locale.ROOT))
                ? Optional.empty() : Optional.of(Messages.text("check.oneOf", String.join(", ", words)));
    }

    private static boolean within(String text, BigDecimal min, BigDecimal max) {
        BigDecimal value = new BigDecimal(text);
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }
}
