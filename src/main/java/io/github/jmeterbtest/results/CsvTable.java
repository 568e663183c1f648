package io.github.jmeterbtest.results;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * CSV whose first line names the columns and so shows the delimiter, whatever it is. A record may have fewer or more
 * fields.
 */
final class CsvTable {
    private static final int MAX_FIRST_LINE = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    /** A column's name is a word; what stands behind the first one is the delimiter. */
    private static final Pattern FIRST_LINE = Pattern.compile("\"?\\w+\"?([^\\w\"]).*");

    private CsvTable() {}

    /** @return the text of a file, from its first character that says something on */
    static BufferedReader text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoResultsException("there is no file " + file);
        }
        BufferedReader text =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8));
        int next;
        do {
            text.mark(1);
            next = text.read();
        } while (next == BYTE_ORDER_MARK || Character.isWhitespace(next));
        if (next >= 0) {
            text.reset();
        }
        return text;
    }

    /**
     * @param file where the text comes from
     * @param columns those that it must have
     * @throws NoResultsException if it has not
     */
    static CsvReader<NamedCsvRecord> open(Path file, BufferedReader text, String... columns) throws IOException {
        String firstLine = firstLine(text);
        Matcher matcher = FIRST_LINE.matcher(firstLine);
        char delimiter = matcher.matches() ? matcher.group(1).charAt(0) : ',';
        List<String> names = Arrays.asList(firstLine.replace("\"", "").split(Pattern.quote(String.valueOf(delimiter))));
        List<String> missing =
                Stream.of(columns).filter(column -> !names.contains(column)).toList();
        if (!missing.isEmpty()) {
            throw new NoResultsException(
                    "the first line of " + file + " does not name the columns " + String.join(" and ", missing));
        }
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(text);
    }

    /** @return the first line, which is still to be read */
    private static String firstLine(BufferedReader text) throws IOException {
        text.mark(MAX_FIRST_LINE);
        StringBuilder line = new StringBuilder();
        int next = text.read();
        while ((next >= ' ' || next == '\t') && line.length() < MAX_FIRST_LINE - 1) {
            line.append((char) next);
            next = text.read();
        }
        text.reset();
        return line.toString();
    }
}
