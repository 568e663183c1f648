package io.github.jmeterbtest.results;

import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a results file in XML. Samples inside of others come behind them, as JMeter writes them to CSV. */
final class XmlResults {
    private static final Set<String> SAMPLES = Set.of("sample", "httpSample");
    private static final String ROOT = "testResults";
    /**
     * Java 24 and newer would read no file with more than 100,000 quotes and the like in it. They guard against
     * entities that a file defines, and it cannot define any.
     */
    private static final List<String> LIMITS =
            List.of("jdk.xml.maxGeneralEntitySizeLimit", "jdk.xml.totalEntitySizeLimit");

    private static final String NO_LIMIT = "0";

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
        for (String limit : LIMITS) {
            if (factory.isPropertySupported(limit)) {
                factory.setProperty(limit, NO_LIMIT);
            }
        }
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
                readSample().forEach(rows);
            }
        }
    }

    /** @return the sample, and those inside of it */
    private List<ResultRow> readSample() throws XMLStreamException {
        ResultRow sample = attributes();
        List<ResultRow> inside = new ArrayList<>();
        String failure = "";
        int open = 1;
        while (open > 0) {
            xml.next();
            if (xml.isEndElement()) {
                open--;
            } else if (xml.isStartElement() && SAMPLES.contains(xml.getLocalName())) {
                inside.addAll(readSample());
            } else if (xml.isStartElement() && xml.getLocalName().equals("failureMessage") && failure.isEmpty()) {
                failure = xml.getElementText();
            } else if (xml.isStartElement()) {
                open++;
            }
        }
        inside.add(0, sample.withFailureMessage(failure));
        return inside;
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
        return variables.isEmpty() ? Map.of() : variables;
    }

    private String text(String attribute) {
        String value = xml.getAttributeValue(null, attribute);
        return value == null ? "" : value;
    }
}
