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
 * Writes runs as CSV: for each run a row for each step of each line in which something was measured, then the same for
 * the sum. What is not known is empty.
 */
final class ChartCsv {
    static final String HEADER = "time,test,measured_seconds,rx_mbps,tx_mbps,lost_packets,rtt_ms,run";
    static final String SUM = "(sum)";

    private static final char[] SPECIALS = {',', '"', '\r', '\n'};
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ISO_INSTANT.withZone(ZoneOffset.UTC);

    private ChartCsv() {}

    static void write(List<SavedRun> runs, Appendable out) throws IOException {
        out.append(HEADER).append('\n');
        for (SavedRun run : runs) {
            ChartSnapshot snapshot = run.snapshot();
            List<ChartLine> lines = new ArrayList<>(snapshot.lines());
            snapshot.sum().ifPresent(sum -> lines.add(new ChartLine(SUM, sum.number(), sum.values())));
            for (ChartLine line : lines) {
                write(snapshot, line, quoted(run.name()), out);
            }
        }
    }

    /**
     * What is written of a run.
     *
     * @param name of the run
     * @param snapshot all that is known of it
     */
    record SavedRun(String name, ChartSnapshot snapshot) {}

    private static void write(ChartSnapshot snapshot, ChartLine line, String run, Appendable out) throws IOException {
        String name = quoted(line.name());
        ChartLine.Values values = line.values();
        for (int i = 0; i < snapshot.steps(); i++) {
            double seconds = values.measuredSeconds()[i];
            if (seconds > 0) {
                String time = CLOCK.format(Instant.ofEpochMilli(snapshot.firstMillis() + i * snapshot.stepMillis()));
                out.append(String.format(
                        Locale.ROOT,
                        "%s,%s,%.3f,%.6f,%s,%.3f,%s,%s\n",
                        time,
                        name,
                        seconds,
                        values.rxMbps()[i],
                        known(values.txMbps()[i]),
                        values.lostPerSecond()[i] * seconds,
                        known(values.rttMillis()[i]),
                        run));
            }
        }
    }

    private static String quoted(String text) {
        return CSVSaveService.quoteDelimiters(text, SPECIALS);
    }

    private static String known(double number) {
        return Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.6f", number);
    }
}
