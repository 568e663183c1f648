package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.search.GoalResult;
import io.github.jmeterbtest.engine.search.Limit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.jmeter.save.CSVSaveService;

/**
 * Appends what a search has found to a CSV file, a row for each packet size and accepted loss, so that the searches of
 * a whole fleet make one table. What is not known is empty.
 */
public final class SearchCsv {
    static final String HEADER = "time,test,server,direction,size,size_of,accepted_loss_percent,rate_mbps,"
            + "packets_per_second,loss_percent,lower_mbps,upper_mbps,limited_by,finished,trials,seconds";
    private static final char[] SPECIALS = {',', '"', '\r', '\n'};

    private SearchCsv() {}

    /** Several threads may append to the same file. */
    public static synchronized void append(Path file, String test, SearchReport report) throws IOException {
        StringBuilder text = new StringBuilder();
        if (!Files.exists(file) || Files.size(file) == 0) {
            text.append(HEADER).append('\n');
        }
        for (SearchReport.OfSize size : report.sizes()) {
            for (GoalResult goal : size.result().goals()) {
                text.append(String.join(",", row(test, report, size, goal))).append('\n');
            }
        }
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> row(String test, SearchReport report, SearchReport.OfSize size, GoalResult goal) {
        OptionalDouble rate = goal.throughputBitsPerSecond();
        return List.of(
                report.started().toString(),
                quoted(test),
                quoted(report.server()),
                report.direction().word(),
                Integer.toString(size.size().bytes()),
                size.size().layer().word(),
                SearchText.percent(goal.acceptedLoss()),
                megabits(rate),
                rate.isPresent() ? Long.toString(Math.round(SearchText.packets(rate.getAsDouble(), size.size()))) : "",
                goal.loss().isPresent() ? SearchText.percent(goal.loss().getAsDouble()) : "",
                megabits(goal.lowerBitsPerSecond()),
                megabits(goal.upperBitsPerSecond()),
                goal.limit().map(Limit::word).orElse(""),
                Boolean.toString(goal.finished()),
                Integer.toString(size.result().trials().size()),
                String.format(Locale.ROOT, "%.1f", size.seconds()));
    }

    private static String megabits(OptionalDouble bitsPerSecond) {
        return bitsPerSecond.isPresent() ? SearchText.megabits(bitsPerSecond.getAsDouble()) : "";
    }

    private static String quoted(String text) {
        return CSVSaveService.quoteDelimiters(text, SPECIALS);
    }
}
