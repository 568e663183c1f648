package io.github.jmeterbtest.results;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The CSV file with a line for each router to test, as fleet.jmx reads it. */
public final class RoutersFile {
    private static final String NAME = "name";

    private RoutersFile() {}

    /**
     * @param file with a column {@code name}
     * @return the names of all routers, in the file's order
     * @throws IOException if it cannot be read, or has no such column
     */
    public static List<String> names(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (BufferedReader text = CsvTable.text(file);
                CsvReader<NamedCsvRecord> records = CsvTable.open(file, text, NAME)) {
            records.forEach(each -> names.add(each.getField(NAME)));
        } catch (CsvParseException | UncheckedIOException e) {
            throw new DamagedResultsException(file, e.getMessage());
        }
        return names;
    }
}
