package io.github.jmeterbtest.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes tests in the XML of JUnit, which GitLab, Jenkins and plugins of GitHub show. */
public final class JunitFile {
    private static final String SUITE = "bandwidth";
    /** Name of a test case for what belongs to no test. */
    private static final String RESULTS = "results file";

    private static final char REPLACEMENT = '\uFFFD';

    private final XMLStreamWriter xml;
    /** Viewers take tests of the same name for one. */
    private final Map<String, Integer> sameNames = new HashMap<>();

    private JunitFile(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * @param file written anew
     * @param tests its test cases
     * @param missing names of tests that were not run, which count as failed
     * @param problems what else keeps the whole from passing, each a failed test case
     * @throws IOException if it cannot be written
     */
    public static void write(
            Path file, List<? extends Judgement.Test<?>> tests, List<String> missing, List<String> problems)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            new JunitFile(xml).write(tests, missing, problems);
            xml.close();
        } catch (IOException | XMLStreamException e) {
            throw new IOException("cannot write " + file + " (" + e + ")", e);
        }
    }

    private void write(List<? extends Judgement.Test<?>> tests, List<String> missing, List<String> problems)
            throws XMLStreamException {
        long failed = tests.stream().filter(test -> !test.passed()).count() + missing.size() + problems.size();
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        attribute("name", SUITE);
        attribute("tests", Integer.toString(tests.size() + missing.size() + problems.size()));
        attribute("failures", Long.toString(failed));
        attribute("errors", "0");
        attribute("skipped", "0");
        attribute(
                "time",
                seconds(tests.stream()
                        .mapToLong(test -> test.row().elapsedMillis())
                        .sum()));
        for (Judgement.Test<?> test : tests) {
            writeCase(test);
        }
        for (String name : missing) {
            writeFailed(name, "NOT_TESTED", "not tested");
        }
        for (String problem : problems) {
            writeFailed(RESULTS, "NO_RESULT", problem);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void writeCase(Judgement.Test<?> test) throws XMLStreamException {
        startCase(test.name(), test.row().elapsedMillis());
        if (!test.passed()) {
            writeFailure(test.ended() ? test.row().failureType() : "NO_RESULT", test.failure());
        }
        xml.writeStartElement("system-out");
        xml.writeCharacters(legal(test.row().responseMessage()));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void writeFailed(String name, String type, String message) throws XMLStreamException {
        startCase(name, 0);
        writeFailure(type, message);
        xml.writeEndElement();
    }

    private void startCase(String name, long millis) throws XMLStreamException {
        // in an attribute, a line end would be read as a space
        String shown = name.replaceAll("[\\r\\n\\t]+", " ");
        int number = sameNames.merge(shown, 1, Integer::sum);
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        attribute("classname", SUITE);
        attribute("name", number == 1 ? shown : shown + " (" + number + ")");
        attribute("time", seconds(millis));
    }

    private void writeFailure(String type, String message) throws XMLStreamException {
        xml.writeStartElement("failure");
        attribute("message", message);
        attribute("type", type);
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1e3);
    }

    /** @return the text without what XML cannot hold */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints().map(JunitFile::legal).forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static int legal(int c) {
        boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
        boolean halfCharacter = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return control || halfCharacter || c == 0xFFFE || c == 0xFFFF ? REPLACEMENT : c;
    }
}
