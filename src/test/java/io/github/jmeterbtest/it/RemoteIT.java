package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.jmeterbtest.it.Results.Row;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** jmx-examples/remote.jmx on two remote engines, one of them the server and the other one the client of the tests. */
class RemoteIT {
    private static final List<JMeterProcess> ENGINES = new ArrayList<>();
    private static String addresses;
    private static int serverPort;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startEngines(@TempDir Path directory) throws Exception {
        int first = Ports.freeTcp();
        int second = Ports.freeTcp();
        serverPort = Ports.freeTcp();
        addresses = "127.0.0.1:" + first + ",127.0.0.1:" + second;
        ENGINES.add(JMeterProcess.engine(
                first,
                Files.createDirectory(directory.resolve("server")),
                "btest.clients=0",
                "btest.port=" + serverPort));
        ENGINES.add(JMeterProcess.engine(
                second,
                Files.createDirectory(directory.resolve("client")),
                "btest.sessions=0",
                "btest.serverPort=" + serverPort));
        for (JMeterProcess engine : ENGINES) {
            engine.awaitLine("Created remote object");
        }
    }

    @AfterAll
    static void stopEngines() {
        ENGINES.forEach(JMeterProcess::close);
    }

    /** @param forEngines properties as {@code name=value}, which the controller gives to the engines */
    private JMeterProcess control(String mode, String... forEngines) throws IOException {
        List<String> options = new ArrayList<>(List.of("-R", addresses));
        Stream.of(forEngines).forEach(property -> options.add("-G" + property));
        return JMeterProcess.start(
                JMeterProcess.JAVA,
                JMeterProcess.example("remote.jmx"),
                directory,
                options,
                Results.with(
                        "mode=" + mode,
                        "server.rmi.ssl.disable=true",
                        "jmeter.save.saveservice.autoflush=true",
                        "sample_variables=btest_total_rx_bytes,btest_total_tx_bytes"));
    }

    /**
     * Defaults, assertion and Java Request do their work on the engine; the chart's file and the HTML report come out
     * here.
     */
    @Test
    void theOtherElementsWorkThereToo() throws Exception {
        Path plan = Plan.write(
                directory,
                Plan.element("BandwidthServerConfig", "server", "BandwidthServer", "port", "0"),
                Plan.element(
                        "BandwidthTestDefaults",
                        "defaults",
                        "BandwidthTest",
                        "server",
                        "127.0.0.1",
                        "port",
                        "${btest_server_port}",
                        "duration",
                        "1",
                        "remoteTxSpeed",
                        "20M"),
                Plan.controller(
                        Plan.element("BandwidthTestSampler", "fast enough", "BandwidthTest"),
                        Plan.element("BandwidthAssertion", "assertion", "BandwidthAssertion", "minRxSpeed", "1k")),
                Plan.controller(
                        Plan.element("BandwidthTestSampler", "too slow", "BandwidthTest"),
                        Plan.element("BandwidthAssertion", "assertion", "BandwidthAssertion", "minRxSpeed", "900G")),
                Plan.javaRequest(
                        "server", "127.0.0.1", "port", "${btest_server_port}", "duration", "1", "remoteTxSpeed", "20M"),
                Plan.element(
                        "ThroughputChart",
                        "chart",
                        "",
                        "filename",
                        directory.resolve("chart.jtl").toString()));
        Path report = directory.resolve("report");
        List<String> options = List.of(
                "-R",
                addresses.substring(0, addresses.indexOf(',')),
                "-q",
                JMeterProcess.example("btest-dashboard.properties").toString(),
                "-e",
                "-o",
                report.toString());
        try (JMeterProcess controller =
                JMeterProcess.start(plan, directory, options, "mode=Standard", "server.rmi.ssl.disable=true")) {
            controller.awaitLine("Tidying up remote");
            assertThat(controller.awaitEnd()).as(controller.output()).isZero();
            List<CsvResults.Row> rows = CsvResults.read(controller.results());
            assertThat(rows)
                    .filteredOn(row -> !row.isInterval())
                    .extracting(CsvResults.Row::label, CsvResults.Row::successful)
                    .containsExactly(tuple("fast enough", true), tuple("too slow", false), tuple("Java", true));
            assertThat(rows)
                    .filteredOn(CsvResults.Row::isInterval)
                    .extracting(CsvResults.Row::label)
                    .contains("fast enough: interval", "too slow: interval", "Java: interval");
            assertThat(Files.readString(controller.results()))
                    .contains("receive rate: wanted at least 900 Gbit/s, measured ");
            assertThat(Files.readAllLines(directory.resolve("chart.jtl")))
                    .containsExactlyInAnyOrderElementsOf(Files.readAllLines(controller.results()));
            assertThat(Files.readString(report.resolve("content/js/customGraph.js")))
                    .containsPattern("\"label\": \"fast enough\"")
                    .containsPattern("\"label\": \"all tests together\"");
        }
    }

    /** JMeter stays for 5 s more, but everything has come by then. */
    private static List<Row> rowsAtEnd(JMeterProcess controller) throws Exception {
        controller.awaitLine("Tidying up remote");
        return Results.read(controller.results());
    }

    private static List<Row> labelled(String test, List<Row> rows) {
        return rows.stream().filter(row -> row.label().startsWith(test)).toList();
    }

    @Test
    void inTheDefaultModeAllRowsComeAndAddUp() throws Exception {
        try (JMeterProcess controller =
                control("StrippedBatch", "btest.duration=2", "btest.localTxSpeed=50M", "btest.remoteTxSpeed=50M")) {
            List<Row> rows = rowsAtEnd(controller);
            assertThat(rows).as(controller.output()).allMatch(Row::successful, "is successful");
            for (String test : List.of("Test", "Session")) {
                List<Row> ofTest = labelled(test, rows);
                assertThat(ofTest).as(test).hasSizeGreaterThanOrEqualTo(3);
                assertThat(ofTest.subList(0, ofTest.size() - 1)).as(test).allMatch(Row::isInterval, "is an interval");
                Row last = ofTest.get(ofTest.size() - 1);
                assertThat(last.message()).startsWith("rx ");
                assertThat(Results.bytes(ofTest))
                        .as(test)
                        .isPositive()
                        .isEqualTo(last.variable("btest_total_rx_bytes"));
                assertThat(Results.sentBytes(ofTest))
                        .as(test)
                        .isPositive()
                        .isEqualTo(last.variable("btest_total_tx_bytes"));
            }
            assertThat(controller.output()).containsPattern("Test +OK").containsPattern("Session +OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Standard", "StrippedAsynch"})
    void inTheLiveModesRowsComeWhileTheTestRunsAndStopEndsIt(String mode) throws Exception {
        try (JMeterProcess controller =
                control(mode, "btest.duration=600", "btest.localTxSpeed=50M", "btest.remoteTxSpeed=50M")) {
            // all tests would take ten minutes, and nothing but Stop ends them
            controller.awaitLines("  Test  ", 3);
            controller.awaitLines("  Session  ", 2);
            assertThat(Files.readString(controller.results()))
                    .contains("lb=\"Test: interval\"", "lb=\"Session: interval\"")
                    .doesNotContain("lb=\"Test\"", "lb=\"Session\"");
            controller.control("StopTestNow");
            List<Row> rows = rowsAtEnd(controller);
            new ServerSocket(serverPort, 1, InetAddress.getLoopbackAddress()).close();
            if (mode.equals("Standard")) {
                assertPartial(labelled("Test", rows), "STOPPED", "PEER_LOST");
                // to a session, a client that goes has ended its test well
                assertPartial(labelled("Session", rows), "STOPPED", "PEER_LOST", "200");
            }
        }
    }

    /** Whichever engine stops first, the other one may see its peer go before it is stopped itself. */
    private static void assertPartial(List<Row> rows, String... codes) throws Exception {
        Row last = rows.get(rows.size() - 1);
        assertThat(last).matches(row -> !row.isInterval(), "is the whole test");
        assertThat(last.code()).isIn((Object[]) codes);
        assertThat(Results.bytes(rows))
                .isPositive()
                .isEqualTo(last.json().at("/total/rxBytes").asLong());
        assertThat(Results.sentBytes(rows))
                .isPositive()
                .isEqualTo(last.json().at("/total/txBytes").asLong());
    }

    @Test
    void aServerThatCannotListenOnAnEngineIsAFailedRowHere() throws Exception {
        try (ServerSocket taken = new ServerSocket(serverPort, 1, InetAddress.getLoopbackAddress());
                JMeterProcess controller =
                        control("StrippedBatch", "btest.sessions=1", "btest.port=" + taken.getLocalPort())) {
            List<Row> rows = rowsAtEnd(controller);
            assertThat(rows)
                    .extracting(Row::label, Row::code, Row::successful)
                    .containsExactly(
                            tuple("MikroTik Bandwidth Server", "BIND_FAILED", false),
                            tuple("MikroTik Bandwidth Server", "BIND_FAILED", false));
            assertThat(rows).allMatch(row -> row.message().contains("port " + serverPort));
            assertThat(controller.output()).contains("BIND_FAILED");
        }
    }
}
