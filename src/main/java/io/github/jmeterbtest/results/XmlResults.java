package io.github.jmeterbtest.results;

import java.io.Reader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a results file in XML. Samples inside of others count only if they are intervals. */
final class XmlResults {
    private static final Set<String> SAMPLES = Set.of("sample", "httpSample");
    private static final String ROOT = "testResults";

    private final XMLStreamReader xml;
    private final Consumer<ResultRow> rows;

    private XmlResults(XMLStreamReader xml, Consumer<ResultRow> rows) {
        this.xml = xml;
        this.rows = rows;
    }

    static void read(Path file, Reader text, Consumer<ResultRow> rows)
            throws NoResultsException, DamagedResultsException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // a results file needs neither, and a forged one may do harm by them
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(text);
            xml.nextTag();
            if (!xml.getLocalName().equals(ROOT)) {
                throw new NoResultsException(
                        file + " begins with <" + xml.getLocalName() + ">, not with <" + ROOT + ">");
            }
            new XmlResults(xml, rows).readSamples();
        } catch (XMLStreamException e) {
            throw new DamagedResultsException(file, e.getMessage());
        }
    }

    private void readSamples() throws XMLStreamException {
        while (xml.next() != XMLStreamConstants.END_DOCUMENT) {
            if (xml.isStartElement() && SAMPLES.contains(xml.getLocalName())) {
                rows.accept(readSample());
            }
        }
    }

    private ResultRow readSample() throws XMLStreamException {
        ResultRow attributes = attributes();
        String failure = "";
        int open = 1;
        while (open > 0) {
            xml.next();
            if (xml.isEndElement()) {
                open--;
            } else if (xml.isStartElement() && SAMPLES.contains(xml.getLocalName())) {
                inner(readSample());
            } else if (xml.isStartElement() && xml.getLocalName().equals("failureMessage") && failure.isEmpty()) {
                failure = xml.getElementText();
            } else if (xml.isStartElement()) {
                open++;
            }
        }
        return attributes.withFailureMessage(failure);
    }

    private void inner(ResultRow sample) {
        if (sample.isInterval()) {
            rows.accept(sample);
        }
    }

    private ResultRow attributes() {
        return new ResultRow(
                text("lb"),
                text("tn"),
                Numbers.wholeOrZero(text("ts")),
                Numbers.wholeOrZero(text("t")),
                Boolean.parseBoolean(text("s")),
                text("rc"),
                text("rm"),
                "",
                Numbers.wholeOrZero(text("lt")),
                Numbers.wholeOrZero(text("ct")),
                Numbers.wholeOrZero(text("by")),
                Numbers.wholeOrZero(text("sby")),
                variables());
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).startsWith(CsvResults.VARIABLE)) {
                variables.put(xml.getAttributeLocalName(i), xml.getAttributeValue(i));
            }
        }
        return variables;
    }

    private String text(String attribute) {
        String value = xml.getAttributeValue(null, attribute);
        return value == null ? "" : value;
    }
}
