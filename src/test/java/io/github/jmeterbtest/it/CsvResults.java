package io.github.jmeterbtest.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.jmeter.save.CSVSaveService;

/** Reads a JTL file that was written as CSV, JMeter's default. */
final class CsvResults {
    private CsvResults() {}

    /** One sample of the file. */
    record Row(Map<String, String> columns) {
        String label() {
            return columns.get("label");
        }

        boolean isInterval() {
            return label().endsWith(": interval");
        }

        boolean successful() {
            return Boolean.parseBoolean(columns.get("success"));
        }

        long elapsed() {
            return Long.parseLong(columns.get("elapsed"));
        }

        long end() {
            return Long.parseLong(columns.get("timeStamp")) + elapsed();
        }

        long bytes() {
            return Long.parseLong(columns.get("bytes"));
        }

        long sentBytes() {
            return Long.parseLong(columns.get("sentBytes"));
        }

        long connectMillis() {
            return Long.parseLong(columns.get("Connect"));
        }

        /** {@return a variable that was a column by the property sample_variables} */
        double number(String variable) {
            return Double.parseDouble(columns.get(variable));
        }
    }

    static List<Row> read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String[] header = CSVSaveService.csvReadFile(reader, ',');
            List<Row> rows = new ArrayList<>();
            for (String[] line = CSVSaveService.csvReadFile(reader, ',');
                    line.length > 0;
                    line = CSVSaveService.csvReadFile(reader, ',')) {
                Map<String, String> columns = new HashMap<>();
                for (int i = 0; i < header.length; i++) {
                    columns.put(header[i], line[i]);
                }
                rows.add(new Row(columns));
            }
            return rows;
        }
    }
}
