package io.github.jmeterbtest.results;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Reads a results file in CSV. */
final class CsvResults {
    private static final String LABEL = "label";
    private static final String SUCCESS = "success";
    /** What the names of our variables begin with. */
    static final String VARIABLE = "btest_";

    private CsvResults() {}

    static void read(Path file, BufferedReader text, Consumer<ResultRow> rows) throws IOException {
        try (CsvReader<NamedCsvRecord> records = CsvTable.open(file, text, LABEL, SUCCESS)) {
            for (NamedCsvRecord each : records) {
                if (each.getFieldCount() != each.getHeader().size()) {
                    throw new DamagedResultsException(
                            file,
                            "line " + each.getStartingLineNumber() + " has " + each.getFieldCount() + " fields, not "
                                    + each.getHeader().size());
                }
                rows.accept(row(each));
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw new DamagedResultsException(file, e.getMessage());
        }
    }

    private static ResultRow row(NamedCsvRecord values) {
        return new ResultRow(
                text(values, LABEL),
                text(values, "threadName"),
                number(values, "timeStamp"),
                number(values, "elapsed"),
                Boolean.parseBoolean(text(values, SUCCESS)),
                text(values, "responseCode"),
                text(values, "responseMessage"),
                text(values, "failureMessage"),
                number(values, "Latency"),
                number(values, "Connect"),
                number(values, "bytes"),
                number(values, "sentBytes"),
                variables(values));
    }

    private static Map<String, String> variables(NamedCsvRecord values) {
        Map<String, String> variables = new HashMap<>();
        for (String name : values.getHeader()) {
            if (name.startsWith(VARIABLE)) {
                variables.put(name, values.getField(name));
            }
        }
        return variables.isEmpty() ? Map.of() : variables;
    }

    private static String text(NamedCsvRecord values, String column) {
        return values.findField(column).orElse("");
    }

    private static long number(NamedCsvRecord values, String column) {
        return Numbers.wholeOrZero(text(values, column));
    }
}
