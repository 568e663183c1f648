package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.Latency;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;

/**
 * What a message says of latency: {@code rtt 12.3 ms} for an interval, {@code rtt 12.3 ms under load, 1.05 ms idle} for
 * a test, {@code rtt 1120 ms under load (36 late, 2 lost of 40), 1.05 ms idle} where probes took a second or more or
 * were lost. Medians.
 *
 * @param loadedMillis during the test or the interval, ms, at least 0; not a number where too few probes were answered
 * @param idleMillis before the test, ms, at least 0; not a number where too few probes were answered; empty for an
 *     interval
 * @param late probes of the whole test that took a second or more
 * @param lost probes of the whole test that were not answered
 * @param probes all probes of the whole test, if any was late or lost; else 0
 */
public record Rtt(double loadedMillis, Optional<Double> idleMillis, long late, long lost, long probes) {
    private static final String UNKNOWN = "unknown";
    private static final String MILLIS = "(\\d{1,9}(?:\\.\\d{1,3})?) ms";
    private static final String COUNT = "\\d{1,9}";
    /** Three groups: loaded, whether it is a test, idle. */
    static final String PATTERN = "rtt (?:" + UNKNOWN + "|" + MILLIS + ")( under load(?: \\((?:" + COUNT
            + " late)?(?:, )?(?:" + COUNT + " lost)? of " + COUNT + "\\))?, (?:" + UNKNOWN + "|" + MILLIS + ") idle)?";

    private static final Pattern TEXT = Pattern.compile(PATTERN);
    private static final Pattern LATE = Pattern.compile("(" + COUNT + ") late");
    private static final Pattern LOST = Pattern.compile("(" + COUNT + ") lost");
    private static final Pattern PROBES = Pattern.compile(" of (" + COUNT + ")\\)");

    /** Without late or lost probes. */
    public Rtt(double loadedMillis, Optional<Double> idleMillis) {
        this(loadedMillis, idleMillis, 0, 0, 0);
    }

    /** {@return that of an interval; nothing if no probe ended in it} */
    static Optional<Rtt> of(Latency interval) {
        return interval.isProbed() ? Optional.of(new Rtt(interval.medianMillis(), Optional.empty())) : Optional.empty();
    }

    /** {@return that of a whole test; nothing if there were no probes} */
    public static Optional<Rtt> of(LatencyUnderLoad test) {
        if (!test.isMeasured()) {
            return Optional.empty();
        }
        Latency loaded = test.loaded();
        long probes = loaded.late() + loaded.lost() == 0 ? 0 : loaded.answered() + loaded.lost();
        return Optional.of(new Rtt(
                loaded.medianMillis(), Optional.of(test.idle().medianMillis()), loaded.late(), loaded.lost(), probes));
    }

    /** {@return what such a text says; it must match {@link #PATTERN}} */
    static Rtt parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text);
        }
        Optional<Double> idle = matcher.group(2) == null ? Optional.empty() : Optional.of(number(matcher.group(3)));
        return new Rtt(number(matcher.group(1)), idle, count(LATE, text), count(LOST, text), count(PROBES, text));
    }

    private static long count(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static double number(String digits) {
        return digits == null ? Double.NaN : Double.parseDouble(digits);
    }

    /**
     * {@return a plain word for how much longer packets take under load} The bounds are those of the grades A+, A, B
     * and C of Waveform's bufferbloat test: 5, 30, 60 and 200 ms.
     *
     * @param increaseMillis ms
     */
    static String word(double increaseMillis) {
        if (increaseMillis < 5) {
            return "very good";
        }
        return increaseMillis < 30 ? "good" : increaseMillis < 60 ? "fair" : increaseMillis < 200 ? "poor" : "bad";
    }

    String format() {
        return "rtt " + text(loadedMillis)
                + idleMillis
                        .map(idle ->
                                " under load" + (probes == 0 ? "" : " (" + missed(late, lost) + " of " + probes + ")")
                                        + ", " + text(idle) + " idle")
                        .orElse("");
    }

    /** {@return such as {@code 36 late, 2 lost}, {@code 2 lost}} */
    static String missed(long late, long lost) {
        return (late == 0 ? "" : late + " late")
                + (late == 0 || lost == 0 ? "" : ", ")
                + (lost == 0 ? "" : lost + " lost");
    }

    /** {@return such as {@code 0.12}, {@code 105.7}, {@code 1020}, or a dash if it is unknown} */
    public static String digits(double millis) {
        return Double.isNaN(millis) ? "–" : StringUtils.removeEnd(text(millis), " ms");
    }

    /** {@return such as {@code 0.12 ms}, {@code 105.7 ms}, {@code 1020 ms}, or that it is unknown} */
    public static String text(double millis) {
        if (Double.isNaN(millis)) {
            return UNKNOWN;
        }
        return String.format(Locale.ROOT, millis < 9.995 ? "%.2f ms" : millis < 999.95 ? "%.1f ms" : "%.0f ms", millis);
    }
}
