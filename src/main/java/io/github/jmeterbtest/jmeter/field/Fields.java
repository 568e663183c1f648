package io.github.jmeterbtest.jmeter.field;

import io.github.jmeterbtest.engine.HostNames;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.protocol.Rate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;
import org.apache.jmeter.testelement.TestElement;

/**
 * Reads the properties of a test element, which all are text since any may hold a variable. An empty one stands for the
 * field's default. What is wrong is said with the field's name as the form shows it; ranges are checked by the engine.
 */
public final class Fields {
    /** The largest rate to compare with, bit/s; more than one machine can move today. */
    public static final long MAX_RATE = 1_000_000_000_000L;

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+");

    private final TestElement element;
    private final List<FormField> fields;

    /**
     * @param element whose properties to read
     * @param fields the definitions of all its properties
     */
    public Fields(TestElement element, List<FormField> fields) {
        this.element = element;
        this.fields = fields;
    }

    /**
     * {@return the trimmed text, or the field's default} JMeter leaves a {@code ${…}} that it cannot resolve in the
     * text; that is an error, since it would otherwise be used as a host name, a user or the like.
     */
    public String text(String property) throws BtestException {
        FormField field = field(property);
        String text = element.getPropertyAsString(property).trim();
        Matcher unresolved = EXPRESSION.matcher(text);
        if (unresolved.find()) {
            throw unresolved(property, unresolved.group());
        }
        return text.isEmpty() ? field.defaultValue() : text;
    }

    /**
     * {@return the text as it is, spaces included} Only a password that is nothing but an expression counts as
     * unresolved.
     */
    public String secret(String property) throws BtestException {
        String text = element.getPropertyAsString(property);
        if (EXPRESSION.matcher(text).matches()) {
            throw unresolved(property, text);
        }
        return text;
    }

    /** {@return a field that holds the name or address of a host, or nothing} */
    public String host(String property) throws BtestException {
        String text = text(property);
        Optional<String> problem = HostText.problem(text);
        if (problem.isPresent()) {
            throw invalid(property, text, asRemedy(problem.get()));
        }
        return text;
    }

    /** {@return a field that holds a whole number} */
    public int whole(String property) throws BtestException {
        String text = text(property);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            // more than the engine's options can hold; the tool tip has the range
            throw invalid(
                    property,
                    text,
                    WHOLE_NUMBER.matcher(text).matches()
                            ? "out of range. " + Messages.text(property + ".tip")
                            : "enter a whole number"
                                    + (field(property).defaultValue().isEmpty()
                                            ? ""
                                            : ", such as " + field(property).defaultValue()));
        }
    }

    /**
     * {@return a field that holds a whole number}
     *
     * @param min the smallest that makes sense
     * @param max the largest that makes sense
     */
    public int whole(String property, int min, int max) throws BtestException {
        String text = text(property);
        if (FieldCheck.wholeNumber(min, max).problem(text).isPresent()) {
            throw invalid(property, text, "enter a whole number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    /** {@return a field in seconds, with decimals or without, or with RouterOS's units} */
    public Duration seconds(String property) throws BtestException {
        String text = text(property);
        return TimeText.parse(text, TimeUnit.SECONDS)
                .orElseThrow(() -> invalid(
                        property, text, "enter seconds, such as 10 or 2.5, or a time such as 1m30s or 00:01:30"));
    }

    /** @param max the longest time that makes sense, whole seconds */
    public Duration seconds(String property, Duration max) throws BtestException {
        Duration time = seconds(property);
        if (time.compareTo(max) > 0) {
            throw invalid(property, text(property), "enter 0 to " + max.toSeconds() + " seconds");
        }
        return time;
    }

    /** {@return a field in milliseconds, or with RouterOS's units} */
    public Duration millis(String property) throws BtestException {
        String text = text(property);
        return TimeText.parse(text, TimeUnit.MILLISECONDS)
                .filter(TimeText::isWholeMillis)
                .orElseThrow(() -> invalid(
                        property,
                        text,
                        "enter whole milliseconds, such as "
                                + StringUtils.defaultIfEmpty(field(property).defaultValue(), "200")
                                + ", or a time such as 500ms or 1s"));
    }

    /** {@return a field in milliseconds, or with RouterOS's units; 0 if the field is empty} */
    public Duration optionalMillis(String property) throws BtestException {
        return text(property).isEmpty() ? Duration.ZERO : millis(property);
    }

    /** {@return a field that holds a whole number; 0 if the field is empty} */
    public int optionalWhole(String property) throws BtestException {
        return text(property).isEmpty() ? 0 : whole(property);
    }

    /**
     * {@return the clients that a field names} Asks the name service for a host name, for 5 s at most; an interrupt
     * ends that, and its flag stays set.
     */
    public ClientFilter clients(String property, HostNames names) throws BtestException {
        String text = text(property);
        if (!text.isEmpty() && ClientFilter.problem(text).isPresent()) {
            throw invalid(
                    property,
                    text,
                    "enter an IP address, a network such as 192.0.2.0/24 or 2001:db8::/32,"
                            + " or a host name that has an address");
        }
        return ClientFilter.parse(Messages.text(property), text, names);
    }

    /** {@return a field that holds a DSCP as a number or a name; 0 if the field is empty} */
    public int dscp(String property) throws BtestException {
        String text = text(property);
        return text.isEmpty()
                ? 0
                : DscpText.parse(text)
                        .orElseThrow(
                                () -> invalid(property, text, "enter 0 to 63, or a name such as ef, af41, cs1 or le"));
    }

    /** {@return a field that holds a volume in bytes; 0 if the field is empty} */
    public long volume(String property) throws BtestException {
        String text = text(property);
        return text.isEmpty()
                ? 0
                : VolumeText.parse(text)
                        .orElseThrow(() ->
                                invalid(property, text, "enter bytes, optionally with k, M, G or T, such as 500M"));
    }

    /** Makes options of what was read, and checks them. */
    @FunctionalInterface
    public interface Builder<T> {
        /** @throws BtestException if a value is wrong */
        T build() throws BtestException;
    }

    /** {@return the options} A wrong one is named as in the form, with the engine's name behind. */
    public <T> T checked(Builder<T> options) throws BtestException {
        try {
            return options.build();
        } catch (BtestException e) {
            throw e.option()
                    .flatMap(option -> fields.stream()
                            .filter(field -> field.option().equals(option))
                            .findFirst())
                    .map(field -> e.withOptionCalled(field.displayName()))
                    .orElse(e);
        }
    }

    /** {@return bit/s, 0 for unlimited} */
    public long speed(String property) throws BtestException {
        String text = text(property);
        try {
            // whether it is too much, the engine says
            return Rate.parseLimit(Messages.text(property), text, Long.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            if (InvisibleText.hidden(text).isPresent()) {
                throw invalid(property, text, "");
            }
            throw new BtestException(ErrorKind.INVALID_OPTION, e.getMessage(), e);
        }
    }

    /** {@return bit/s to compare a measured rate with, 0 or more; nothing if the field is empty} */
    public OptionalLong rate(String property) throws BtestException {
        String text = text(property);
        try {
            return text.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(Rate.parse(Messages.text(property), text, MAX_RATE));
        } catch (IllegalArgumentException e) {
            throw invalid(
                    property,
                    text,
                    "enter whole bit/s, optionally with k, M or G, such as 900M, up to " + Rate.formatExactly(MAX_RATE)
                            + "; 0 or empty for no check");
        }
    }

    /**
     * {@return the texts of a field that holds one or several, with commas between them}
     *
     * @param each what each must be
     * @param remedy what would be right, such as "enter …"
     */
    public List<String> list(String property, FieldCheck each, String remedy) throws BtestException {
        String text = text(property);
        if (FieldCheck.listOf(each).problem(text).isPresent()) {
            throw invalid(property, text, remedy);
        }
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /** {@return a number with decimals or without} */
    public BigDecimal decimal(String property, String min, String max) throws BtestException {
        String text = text(property);
        if (FieldCheck.decimal(min, max).problem(text).isPresent()) {
            throw invalid(property, text, "enter a number from " + min + " to " + max);
        }
        return new BigDecimal(text);
    }

    /** {@return seconds between two times} */
    public Duration seconds(String property, Duration min, Duration max) throws BtestException {
        Duration time = seconds(property);
        if (time.compareTo(min) < 0 || time.compareTo(max) > 0) {
            throw invalid(
                    property, text(property), "enter " + plainSeconds(min) + " to " + plainSeconds(max) + " seconds");
        }
        return time;
    }

    private static String plainSeconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** {@return percent, 0 to 100; nothing if the field is empty} */
    public Optional<BigDecimal> percent(String property) throws BtestException {
        String text = text(property);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (FieldCheck.PERCENT.problem(text).isPresent()) {
            throw invalid(
                    property,
                    text,
                    "enter a percentage from 0 to 100, such as 1 or 0.5, or leave it empty for no check");
        }
        return Optional.of(new BigDecimal(text));
    }

    /** {@return milliseconds to compare with, 0 to an hour, also written with units; nothing if the field is empty} */
    public Optional<BigDecimal> decimalMillis(String property) throws BtestException {
        String text = text(property);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (FieldCheck.LATENCY.problem(text).isPresent()) {
            throw invalid(
                    property,
                    text,
                    "enter milliseconds from 0 to 3600000, such as 50 or 2.5, or a time such as 50ms,"
                            + " or leave it empty for no check");
        }
        return TimeText.parse(text, TimeUnit.MILLISECONDS)
                .map(time -> BigDecimal.valueOf(time.toNanos(), 6).stripTrailingZeros());
    }

    /** {@return a field that is true or false, or yes or no, in upper or lower case} */
    public boolean yesNo(String property) throws BtestException {
        String text = text(property);
        return switch (YesNo.word(text)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(property, text, "enter true or false");
        };
    }

    /** {@return the one of {@code values} whose word stands in the field, in upper or lower case} */
    public <E> E choice(String property, E[] values, Function<E, String> word) throws BtestException {
        String text = text(property);
        List<String> choices = field(property).choices();
        return Arrays.stream(values)
                .filter(value ->
                        choices.contains(word.apply(value)) && word.apply(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> invalid(
                        property, text, choices.stream().collect(Collectors.joining(", ", "enter one of ", ""))));
    }

    private FormField field(String property) {
        return fields.stream()
                .filter(field -> field.property().equals(property))
                .findFirst()
                .orElseThrow();
    }

    private static BtestException unresolved(String property, String expression) {
        return invalid(property, expression, "JMeter could not resolve it; define the variable or correct its name");
    }

    /**
     * {@return an error that names the field}
     *
     * @param value what it holds
     * @param remedy what would be right
     */
    public static BtestException invalid(String property, String value, String remedy) {
        String shown = InvisibleText.hidden(value).map(Fields::asRemedy).orElse(remedy);
        return new BtestException(
                ErrorKind.INVALID_OPTION,
                Messages.text(property) + (value.isEmpty() ? " is empty: " : " is \"" + value + "\": ") + shown);
    }

    private static String asRemedy(String sentence) {
        return StringUtils.uncapitalize(StringUtils.removeEnd(sentence, "."));
    }
}
