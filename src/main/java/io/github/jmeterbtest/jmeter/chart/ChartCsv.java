package io.github.jmeterbtest.jmeter.chart;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.jmeter.save.CSVSaveService;

/**
 * Writes a snapshot as CSV: a row for each step of each line in which something was measured, then the same for the
 * sum. What is not known is empty.
 */
final class ChartCsv {
    static final String HEADER = "time,test,measured_seconds,rx_mbps,tx_mbps,lost_packets";
    static final String SUM = "(sum)";

    private static final char[] SPECIALS = {',', '"', '\r', '\n'};

    private ChartCsv() {}

    static void write(ChartSnapshot snapshot, Appendable out) throws IOException {
        out.append(HEADER).append('\n');
        List<ChartLine> lines = new ArrayList<>(snapshot.lines());
        snapshot.sum().ifPresent(sum -> lines.add(new ChartLine(SUM, sum.number(), sum.values())));
        DateTimeFormatter clock = DateTimeFormatter.ISO_INSTANT.withZone(ZoneOffset.UTC);
        for (ChartLine line : lines) {
            String name = CSVSaveService.quoteDelimiters(line.name(), SPECIALS);
            ChartLine.Values values = line.values();
            for (int i = 0; i < snapshot.steps(); i++) {
                double seconds = values.measuredSeconds()[i];
                if (seconds > 0) {
                    String time =
                            clock.format(Instant.ofEpochMilli(snapshot.firstMillis() + i * snapshot.stepMillis()));
                    out.append(String.format(
                            Locale.ROOT,
                            "%s,%s,%.3f,%.6f,%s,%.3f\n",
                            time,
                            name,
                            seconds,
                            values.rxMbps()[i],
                            known(values.txMbps()[i]),
                            values.lostPerSecond()[i] * seconds));
                }
            }
        }
    }

    private static String known(double megabits) {
        return Double.isNaN(megabits) ? "" : String.format(Locale.ROOT, "%.6f", megabits);
    }
}
