package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.search.GoalResult;
import io.github.jmeterbtest.engine.search.Limit;
import io.github.jmeterbtest.protocol.Rate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a search has found as text, such as {@code 1518: NDR 34.93 Mbit/s 2911 pps, PDR 0.5 % 35.02 Mbit/s 2918 pps}.
 * NDR is the highest rate at which nothing is lost, PDR the one at which no more than a share is.
 */
public final class SearchText {
    private static final Pattern TEXT = Pattern.compile("\\d+: (NDR|PDR) .*");
    private static final Pattern TABLE = Pattern.compile("\\b\\d{2,5}: (NDR|PDR) ");
    private static final Pattern PART = Pattern.compile("(?:\\b(\\d{2,5}): )?(NDR|PDR \\d{1,3}(?:\\.\\d{1,9})? %)"
            + " (?:(\\d{1,9}(?:\\.\\d{1,9})? [kMG]?bit/s)(?: \\d{1,12} pps)?|(below \\S{1,20} [kMG]?bit/s)|unknown)"
            + "(?: (so far)| \\(([^)]{1,60})\\))?");
    private static final MathContext DIGITS = new MathContext(4);

    private SearchText() {}

    /** {@return what was found for all sizes, or that there is nothing} */
    public static String of(SearchReport report) {
        return report.sizes().isEmpty() ? "nothing found" : String.join("; ", lines(report));
    }

    private static List<String> lines(SearchReport report) {
        return report.sizes().stream()
                .map(size -> size.size().bytes() + ": "
                        + size.result().goals().stream()
                                .map(goal -> of(goal, size.size(), report))
                                .collect(Collectors.joining(", ")))
                .toList();
    }

    /** {@return the lines of a message that this class has made; none for another one} */
    static List<String> lines(String message) {
        return message != null && TEXT.matcher(message).matches() ? List.of(message.split("; ")) : List.of();
    }

    /**
     * A rate that a search has found.
     *
     * @param size bytes of the packets, as the user gave them
     * @param name {@code NDR}, or such as {@code PDR 0.5 %}
     * @param bitsPerSecond with the digits that the message has; empty if there is none
     * @param note what else the message says, such as {@code limited by this machine}, {@code so far} or {@code below
     *     100 kbit/s}; empty if nothing
     */
    public record Found(int size, String name, OptionalLong bitsPerSecond, String note) {}

    /** {@return what a message of a search tells, be it that of one that failed; nothing for another message} */
    public static List<Found> parse(String message) {
        Matcher table = TABLE.matcher(message == null ? "" : message);
        List<Found> found = new ArrayList<>();
        if (table.find()) {
            Matcher part = PART.matcher(message).region(table.start(), message.length());
            int size = 0;
            while (part.find()) {
                size = part.group(1) == null ? size : Integer.parseInt(part.group(1));
                found.add(new Found(
                        size,
                        part.group(2),
                        part.group(3) == null
                                ? OptionalLong.empty()
                                : OptionalLong.of(Rate.parse("rate", part.group(3), Long.MAX_VALUE)),
                        Stream.of(part.group(4), part.group(5), part.group(6))
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(", "))));
            }
        }
        return found;
    }

    private static String of(GoalResult goal, PacketSize size, SearchReport report) {
        return name(goal.acceptedLoss()) + ' ' + value(goal, size, report);
    }

    private static String value(GoalResult goal, PacketSize size, SearchReport report) {
        if (goal.best().isEmpty()) {
            return goal.finished()
                    ? "below " + rate((double) report.settings().lowestBitsPerSecond()) + limitedBy(goal)
                    : "unknown";
        }
        double rate = goal.throughputBitsPerSecond().orElseThrow();
        return rate(rate) + ' ' + Math.round(packets(rate, size)) + " pps"
                + (goal.finished() ? limitedBy(goal) : " so far");
    }

    /** {@return what kept the rate from being higher, such as {@code (limited by this machine)}; empty for the link} */
    static String limitedBy(GoalResult goal) {
        return switch (goal.limit().orElse(Limit.LINK)) {
            case LINK, LOWEST_RATE -> "";
            case THIS_MACHINE -> " (limited by this machine)";
            case SERVER_OR_QUEUE -> " (no more came)";
            case HIGHEST_RATE -> " (the highest rate)";
        };
    }

    /** {@return {@code NDR}, or such as {@code PDR 0.5 %}} */
    static String name(double acceptedLoss) {
        return acceptedLoss == 0 ? "NDR" : "PDR " + percent(acceptedLoss) + " %";
    }

    /** {@return a share in percent, such as {@code 0.5}} */
    static String percent(double share) {
        return BigDecimal.valueOf(share * 100)
                .round(DIGITS)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** {@return with four digits, which is more than a search can tell} */
    public static String rate(double bitsPerSecond) {
        return Rate.formatExactly(
                BigDecimal.valueOf(bitsPerSecond).round(DIGITS).longValue());
    }

    /** {@return packets a second at a rate of IP bits} */
    static double packets(double bitsPerSecond, PacketSize size) {
        return bitsPerSecond / 8 / size.ipBytes();
    }

    /** {@return Mbit/s with three decimals and a point, whatever the locale} */
    static String megabits(double bitsPerSecond) {
        return String.format(Locale.ROOT, "%.3f", bitsPerSecond / 1e6);
    }
}
