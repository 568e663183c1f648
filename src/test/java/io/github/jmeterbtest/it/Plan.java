package io.github.jmeterbtest.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes plans whose thread groups have one thread and one loop, as short as JMeter takes them. The texts must need no
 * escape in XML.
 */
final class Plan {
    private static final String OURS = "io.github.jmeterbtest.jmeter.";

    private Plan() {}

    /** @param elements the thread group's children, in their order */
    static Path write(Path directory, String... elements) throws IOException {
        return writeGroups(directory, group(elements));
    }

    /** @param groups thread groups, which run one after the other */
    static Path writeGroups(Path directory, String... groups) throws IOException {
        return Files.writeString(
                directory.resolve("plan.jmx"),
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3"><hashTree>
                  <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="plan">
                    <boolProp name="TestPlan.serialize_threadgroups">true</boolProp>
                  </TestPlan>
                  <hashTree>
                """ + String.join("\n", groups) + "</hashTree></hashTree></jmeterTestPlan>");
    }

    /** {@return a thread group} */
    static String group(String... elements) {
        return """
                <ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="threads">
                  <intProp name="ThreadGroup.num_threads">1</intProp>
                  <elementProp name="ThreadGroup.main_controller" elementType="LoopController"
                      guiclass="LoopControlPanel" testclass="LoopController">
                    <boolProp name="LoopController.continue_forever">false</boolProp>
                    <stringProp name="LoopController.loops">1</stringProp>
                  </elementProp>
                </ThreadGroup>
                <hashTree>
                """ + String.join("\n", elements) + "</hashTree>";
    }

    /** {@return a group of elements with a scope of its own} */
    static String controller(String... elements) {
        return "<GenericController guiclass=\"LogicControllerGui\" testclass=\"GenericController\" testname=\"controller\"/>"
                + "<hashTree>" + String.join("\n", elements) + "</hashTree>";
    }

    /** {@return a Transaction Controller that hands listeners its samples inside its own} */
    static String transaction(String... elements) {
        return "<TransactionController guiclass=\"TransactionControllerGui\" testclass=\"TransactionController\" testname=\"transaction\">"
                + "<boolProp name=\"TransactionController.parent\">true</boolProp></TransactionController>"
                + "<hashTree>" + String.join("\n", elements) + "</hashTree>";
    }

    /**
     * One of our elements.
     *
     * @param type simple name of its class
     * @param prefix of its properties, or nothing
     * @param values names of properties, without the prefix, and values in turn
     */
    static String element(String type, String name, String prefix, String... values) {
        StringBuilder xml =
                new StringBuilder("<%1$s%2$s guiclass=\"%1$s%2$sGui\" testclass=\"%1$s%2$s\" testname=\"%3$s\">"
                        .formatted(OURS, type, name));
        for (int i = 0; i < values.length; i += 2) {
            String property = prefix.isEmpty() ? values[i] : prefix + "." + values[i];
            xml.append("<stringProp name=\"%s\">%s</stringProp>".formatted(property, values[i + 1]));
        }
        return xml.append("</%s%s><hashTree/>".formatted(OURS, type)).toString();
    }

    /**
     * JMeter's Java Request, named Java, with our class.
     *
     * @param arguments names and values in turn
     */
    static String javaRequest(String... arguments) {
        StringBuilder xml = new StringBuilder("""
                <JavaSampler guiclass="JavaTestSamplerGui" testclass="JavaSampler" testname="Java">
                  <elementProp name="arguments" elementType="Arguments" guiclass="ArgumentsPanel" testclass="Arguments">
                    <collectionProp name="Arguments.arguments">
                """);
        for (int i = 0; i < arguments.length; i += 2) {
            xml.append("""
                    <elementProp name="%1$s" elementType="Argument">
                      <stringProp name="Argument.name">%1$s</stringProp><stringProp name="Argument.value">%2$s</stringProp>
                    </elementProp>
                    """.formatted(arguments[i], arguments[i + 1]));
        }
        return xml + """
                </collectionProp></elementProp>
                <stringProp name="classname">io.github.jmeterbtest.jmeter.BandwidthTestJavaClient</stringProp>
                </JavaSampler><hashTree/>
                """;
    }
}
