package io.github.jmeterbtest.results;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A results file (JTL) of JMeter: CSV with any delimiter, or XML. */
public final class ResultsFile {
    private ResultsFile() {}

    /**
     * Reads a file once, row by row.
     *
     * @param file the file
     * @param rows gets each row, in the file's order
     * @throws DamagedResultsException if the file is cut off, or not all of it can be read; the rows before have been
     *     given
     * @throws IOException if it cannot be read, or is no results file
     */
    public static void read(Path file, Consumer<ResultRow> rows) throws IOException {
        try (BufferedReader text = CsvTable.text(file)) {
            text.mark(1);
            int first = text.read();
            if (first < 0) {
                throw new NoResultsException(file + " is empty");
            }
            text.reset();
            if (first == '<') {
                XmlResults.read(file, text, rows);
            } else {
                CsvResults.read(file, text, rows);
            }
        }
    }
}
