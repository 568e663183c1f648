package io.github.jmeterbtest.jmeter.chart;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Times as text. */
final class ChartTimes {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private ChartTimes() {}

    /** {@return a time on an axis, such as {@code 1:05} or {@code 14:05:31}} */
    static String on(ChartAxis axis, double millis) {
        return axis == ChartAxis.CLOCK
                ? CLOCK.format(Instant.ofEpochMilli(Math.round(millis)).atZone(ZoneId.systemDefault()))
                : length(Math.round(millis));
    }

    /** {@return a length of time to the second, such as {@code 0:09} or {@code 1:00:00}} */
    static String length(long millis) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(millis);
        long minutes = seconds / 60;
        return minutes < 60
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", minutes / 60, minutes % 60, seconds % 60);
    }
}
