package io.github.jmeterbtest.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads a JTL file that was written as XML with response data. */
final class Results {
    /** Has JMeter write what is read here. */
    static final List<String> PROPERTIES = List.of(
            "jmeter.save.saveservice.output_format=xml",
            "jmeter.save.saveservice.response_data=true",
            "jmeter.save.saveservice.samplerData=true");

    private Results() {}

    /** One sample of the file. */
    record Row(Element element) {
        String label() {
            return element.getAttribute("lb");
        }

        boolean isInterval() {
            return label().endsWith(": interval");
        }

        boolean successful() {
            return Boolean.parseBoolean(element.getAttribute("s"));
        }

        String code() {
            return element.getAttribute("rc");
        }

        String message() {
            return element.getAttribute("rm");
        }

        long elapsed() {
            return number("t");
        }

        long end() {
            return number("ts") + elapsed();
        }

        long bytes() {
            return number("by");
        }

        long sentBytes() {
            return number("sby");
        }

        /** {@return a number from {@code sample_variables}; in XML names JMeter doubles each "_"} */
        long variable(String name) {
            return number(name.replace("_", "__"));
        }

        JsonNode json() throws IOException {
            NodeList data = element.getElementsByTagName("responseData");
            // those of samples inside come first
            return new ObjectMapper().readTree(data.item(data.getLength() - 1).getTextContent());
        }

        private long number(String attribute) {
            return Long.parseLong(element.getAttribute(attribute));
        }
    }

    static List<Row> read(Path file) throws IOException, SAXException, ParserConfigurationException {
        NodeList samples = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement()
                .getElementsByTagName("sample");
        return IntStream.range(0, samples.getLength())
                .mapToObj(i -> new Row((Element) samples.item(i)))
                .toList();
    }

    static long bytes(List<Row> rows) {
        return rows.stream().mapToLong(Row::bytes).sum();
    }

    static long sentBytes(List<Row> rows) {
        return rows.stream().mapToLong(Row::sentBytes).sum();
    }

    /** {@return the properties and these} */
    static String[] with(String... properties) {
        return Stream.concat(PROPERTIES.stream(), Arrays.stream(properties)).toArray(String[]::new);
    }
}
