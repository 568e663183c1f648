package io.github.jmeterbtest.results;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The CSV file with a line for each router to test, as fleet.jmx reads it. Its first line names the columns, and shows
 * the delimiter.
 */
public final class RoutersFile {
    /** The column with the names of the routers, which are those of their tests. */
    public static final String NAME = "name";

    private RoutersFile() {}

    /**
     * @param file with a column {@link #NAME}
     * @return the names of all routers, in the file's order
     * @throws IOException if it cannot be read, or has no such column
     */
    public static List<String> names(Path file) throws IOException {
        return read(file, List.of(NAME)).stream()
                .map(router -> router.get(NAME))
                .toList();
    }

    /**
     * @param file UTF-8
     * @param columns those that the file must have
     * @return for each router, in the file's order, its values by the names of all columns of the file; null where its
     *     line is too short
     * @throws IOException if it cannot be read, or lacks a column; no message has a value of the file
     */
    public static List<Map<String, String>> read(Path file, List<String> columns) throws IOException {
        List<Map<String, String>> routers = new ArrayList<>();
        try (BufferedReader text = CsvTable.text(file);
                CsvReader<NamedCsvRecord> records = CsvTable.open(file, text, columns.toArray(String[]::new))) {
            records.forEach(each -> routers.add(values(each)));
        } catch (CsvParseException | UncheckedIOException e) {
            throw new DamagedResultsException(file, e.getMessage());
        }
        return routers;
    }

    private static Map<String, String> values(NamedCsvRecord line) {
        Map<String, String> values = new LinkedHashMap<>();
        line.getHeader()
                .forEach(column -> values.put(column, line.findField(column).orElse(null)));
        return values;
    }
}
