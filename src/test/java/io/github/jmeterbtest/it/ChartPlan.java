package io.github.jmeterbtest.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plan with a server, three tests at once against it, a summary and a throughput chart. */
final class ChartPlan {
    private static final String OURS = "io.github.jmeterbtest.jmeter.";

    private ChartPlan() {}

    /**
     * @param seconds how long the tests last; each begins a tenth of that after the one before
     * @param results the chart's own file, or nothing
     */
    static Path write(Path directory, double seconds, String results) throws IOException {
        return Files.writeString(
                directory.resolve("chart.jmx"),
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <jmeterTestPlan version="1.2" properties="5.0" jmeter="5.6.3">
                  <hashTree>
                    <TestPlan guiclass="TestPlanGui" testclass="TestPlan" testname="Branch offices"/>
                    <hashTree>
                """
                        + element(
                                "BandwidthServerConfig",
                                "lab",
                                "BandwidthServer.port",
                                "0",
                                "BandwidthServer.udpPortsFrom",
                                "${__P(btest.udpPortsFrom)}")
                        + test("Head office", seconds, 0, "tcp", "receive", "94M", "")
                        + test("Branch north", seconds, 0.1, "udp", "both", "36M", "18M")
                        + test("Branch south", seconds, 0.2, "tcp", "transmit", "", "52M")
                        + element("BandwidthSummariser", "MikroTik Bandwidth Summary")
                        + element("ThroughputChart", "MikroTik Throughput Chart", "filename", results)
                        + "</hashTree></hashTree></jmeterTestPlan>");
    }

    private static String test(
            String name,
            double seconds,
            double wait,
            String protocol,
            String direction,
            String remoteSpeed,
            String localSpeed) {
        return """
                <ThreadGroup guiclass="ThreadGroupGui" testclass="ThreadGroup" testname="%s">
                  <stringProp name="ThreadGroup.on_sample_error">continue</stringProp>
                  <elementProp name="ThreadGroup.main_controller" elementType="LoopController">
                    <boolProp name="LoopController.continue_forever">false</boolProp>
                    <stringProp name="LoopController.loops">1</stringProp>
                  </elementProp>
                  <stringProp name="ThreadGroup.num_threads">1</stringProp>
                  <stringProp name="ThreadGroup.ramp_time">0</stringProp>
                  <boolProp name="ThreadGroup.scheduler">true</boolProp>
                  <stringProp name="ThreadGroup.duration">600</stringProp>
                  <stringProp name="ThreadGroup.delay">%d</stringProp>
                </ThreadGroup>
                <hashTree>
                """.formatted(name + " group", Math.round(seconds * wait))
                + element(
                        "BandwidthTestSampler",
                        name,
                        "BandwidthTest.server",
                        "127.0.0.1",
                        "BandwidthTest.port",
                        "${btest_server_port}",
                        "BandwidthTest.protocol",
                        protocol,
                        "BandwidthTest.direction",
                        direction,
                        "BandwidthTest.duration",
                        "" + seconds,
                        "BandwidthTest.remoteTxSpeed",
                        remoteSpeed,
                        "BandwidthTest.localTxSpeed",
                        localSpeed)
                + "</hashTree>";
    }

    private static String element(String type, String name, String... properties) {
        StringBuilder xml =
                new StringBuilder("<%1$s%2$s guiclass=\"%1$s%2$sGui\" testclass=\"%1$s%2$s\" testname=\"%3$s\">"
                        .formatted(OURS, type, name));
        for (int i = 0; i < properties.length; i += 2) {
            xml.append("<stringProp name=\"")
                    .append(properties[i])
                    .append("\">")
                    .append(properties[i + 1])
                    .append("</stringProp>");
        }
        return xml.append("</")
                .append(OURS)
                .append(type)
                .append("><hashTree/>\n")
                .toString();
    }
}
