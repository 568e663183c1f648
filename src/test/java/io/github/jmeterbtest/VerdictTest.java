package io.github.jmeterbtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.harness.FullDisk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class VerdictTest {
    private static final String COLUMNS = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,"
            + "success,failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect";
    private static final String MEASURED = "rx 5 Mbit/s, tx 0 bit/s, lost 0";
    private static final String SLOW = "receive rate: wanted at least 5 Mbit/s, measured 999.5 kbit/s";

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>(List.of(COLUMNS));
    private String printed = "";
    /** Epoch ms at which the next test begins. */
    private long clock = 1_000;

    static List<String> names() {
        return List.of(
                "north",
                "19\" rack",
                "\"quoted\"",
                "a, b; c|d",
                "tab\there",
                "two\nlines",
                "two\r\nlines",
                "west: interval",
                ": interval",
                "Zürich – 東京 🚀",
                "' or 1=1 --",
                "100 % = $HOME `x` \\n",
                " spaces around ",
                "<name>&amp;",
                "");
    }

    private int verdict(Path results, String... options) {
        List<String> arguments = new ArrayList<>(List.of(results.toString()));
        arguments.addAll(List.of(options));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Verdict.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
        printed = out.toString(StandardCharsets.UTF_8);
        return status;
    }

    private int verdict(String... options) throws IOException {
        return verdict(file(String.join("\n", lines) + "\n"), options);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("results.jtl"), text);
    }

    private void interval(String test) {
        lines.add(clock + ",1000," + quoted(test + ": interval") + ",200,\"" + MEASURED
                + "\",T 1-1,text,true,,1,1,1,1,null,0,0,0");
    }

    private void passed(String test) {
        lines.add(
                nextTest() + ",5000," + quoted(test) + ",200,\"" + MEASURED + "\",T 1-1,text,true,,0,0,1,1,null,1,0,0");
    }

    private void failed(String test, String code, String message) {
        lines.add(nextTest() + ",5000," + quoted(test) + "," + code + "," + quoted(message)
                + ",T 1-1,text,false,,0,0,1,1,null,0,0,0");
    }

    private void failedAssertion(String test, String message) {
        lines.add(nextTest() + ",5000," + quoted(test) + ",200,\"" + MEASURED + "\",T 1-1,text,false," + quoted(message)
                + ",0,0,1,1,null,1,0,0");
    }

    private long nextTest() {
        clock += 6_000;
        return clock - 6_000;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    /** {@code printed} without line ends of this system. */
    private List<String> output() {
        return printed.lines().toList();
    }

    private void row(String label, long start, long elapsed, long latency) {
        lines.add(start + "," + elapsed + "," + label + ",200,\"" + MEASURED + "\",T 1-1,text,true,,1,1,1,1,null,"
                + latency + ",0,0");
    }

    @Test
    void intervalsBehindTheLastRowBelongToIt() throws IOException {
        row("north", 1_000, 2_010, 4);
        row("north: interval", 1_008, 1_000, 0);
        row("north: interval", 2_008, 1_000, 0);
        row("north", 4_000, 2_010, 4);
        row("north: interval", 4_008, 1_000, 0);

        assertThat(verdict("--tests", "2")).isEqualTo(Verdict.PASSED);
    }

    @Test
    void anInterruptedTestIsNotHiddenByALaterOneOfItsName() throws IOException {
        row("north: interval", 1_000, 1_000, 0);
        row("north: interval", 50_000, 1_000, 0);
        row("north", 49_990, 1_010, 4);

        assertThat(verdict()).isEqualTo(Verdict.FAILED);
        assertThat(output()).hasSize(2).first().asString().startsWith("FAILED north: it began and has no result");
    }

    @Test
    void aTestWithTheNameOfAnIntervalIsNoneOfAnotherTest() throws IOException {
        row("x: interval", 1_000, 5_000, 3);
        row("x", 6_010, 5_000, 3);

        assertThat(verdict("--tests", "2")).isEqualTo(Verdict.PASSED);
    }

    @Test
    void eachTestWithTheNameOfAnIntervalCounts() throws IOException {
        row("x: interval", 1_000, 5_000, 3);
        row("x: interval", 6_010, 5_000, 3);

        assertThat(verdict("--tests", "2")).isEqualTo(Verdict.PASSED);
    }

    @Test
    void allPassed() throws IOException {
        interval("north");
        passed("north");
        interval("south");
        passed("south");

        assertThat(verdict("--tests", "2")).isEqualTo(Verdict.PASSED);
        assertThat(output()).containsExactly("2 tests, 0 failed");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aNameOfAnyKindIsOneTest(String name) throws IOException {
        interval(name);
        interval(name);
        passed(name);
        interval(name);
        failedAssertion(name, SLOW);

        assertThat(verdict("--tests", "2")).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines())
                .containsExactly(
                        ("FAILED " + (name.isBlank() ? "(no name)" : name)).replaceAll("\\p{Cntrl}+", " ") + ": "
                                + SLOW,
                        "2 tests, 1 failed");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aTestWithoutIntervalsIsOneTest(String name) throws IOException {
        passed(name);
        failed(name, "CONNECT_FAILED", "cannot connect to \"x\", port 2000");

        assertThat(verdict()).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines())
                .containsExactly(
                        ("FAILED " + (name.isBlank() ? "(no name)" : name)).replaceAll("\\p{Cntrl}+", " ")
                                + ": CONNECT_FAILED: cannot connect to \"x\", port 2000",
                        "2 tests, 1 failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void anyDelimiter(String delimiter) throws IOException {
        String text = COLUMNS.replace(",", delimiter) + "\r\n"
                + String.join(
                        delimiter,
                        List.of(
                                "1",
                                "5",
                                "\"a;b,c|d\te\"",
                                "200",
                                "OK",
                                "T",
                                "text",
                                "false",
                                "\"slow, by; far|\"",
                                "0",
                                "0",
                                "1",
                                "1",
                                "null",
                                "1",
                                "0",
                                "0"))
                + "\r\n";

        assertThat(verdict(file(text))).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines()).containsExactly("FAILED a;b,c|d e: slow, by; far|", "1 test, 1 failed");
    }

    @Test
    void columnsInAnotherOrderAndVariables() throws IOException {
        Path file = file("\uFEFF\"success\",label,\"btest_rx_mbps\"\ntrue,a,1.0\nfalse,b,\n");

        assertThat(verdict(file)).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines())
                .containsExactly("FAILED b: it failed, and the file does not say why", "2 tests, 1 failed");
    }

    @Test
    void aTestWithoutAResultFailed() throws IOException {
        interval("north");
        passed("north");
        interval("south");

        assertThat(verdict()).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines())
                .containsExactly(
                        "FAILED south: it began and has no result: the run ended, or was ended, in the middle of it",
                        "2 tests, 1 failed");
    }

    @ParameterizedTest
    @CsvSource({"1, 1 test was", "3, 3 tests were"})
    void theNumberOfTestsCounts(String number, String wanted) throws IOException {
        passed("north");
        passed("south");

        assertThat(verdict("--tests", number)).isEqualTo(Verdict.FAILED);
        assertThat(output()).containsExactly("FAILED: " + wanted + " wanted, 2 tests were run", "2 tests, 0 failed");
    }

    @Test
    void routersWithoutATestAreNamed() throws IOException {
        passed("19\" rack");
        passed("north");
        passed("north");
        Path routers = folder.resolve("routers.csv");
        Files.writeString(
                routers, "address;name\r\n127.0.0.1;\"19\"\" rack\"\r\n127.0.0.1;north\r\n\r\n127.0.0.1;\"a;\nb\"\r\n");

        assertThat(verdict(
                        "--routers",
                        routers.toString(),
                        "--junit",
                        folder.resolve("j.xml").toString()))
                .isEqualTo(Verdict.FAILED);
        assertThat(printed.lines()).containsExactly("NOT TESTED a; b", "3 tests, 0 failed, 1 not tested");
        assertThat(folder.resolve("j.xml"))
                .content()
                .contains("tests=\"4\" failures=\"1\"")
                .contains("message=\"not tested\"");

        Files.writeString(routers, "router;address\na;b\n");
        assertThat(verdict("--routers", routers.toString())).isEqualTo(Verdict.NO_RESULT);
        assertThat(printed).contains("the first line of " + routers + " does not name the columns name");
    }

    @Test
    void aFileThatIsCutOffFails() throws IOException {
        passed("north");
        lines.add("1,5000,sou");

        assertThat(verdict()).isEqualTo(Verdict.FAILED);
        assertThat(printed)
                .contains("FAILED: " + folder.resolve("results.jtl") + " is cut off or damaged: ")
                .contains("1 test, 0 failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "hello\n", "1700000000000,5,north,200\n", "<html></html>", COLUMNS + "\n"})
    void aFileWithoutResultsIsNoResult(String text) throws IOException {
        assertThat(verdict(file(text))).isEqualTo(Verdict.NO_RESULT);
        assertThat(printed).contains("no verdict: ");
    }

    @Test
    void noFileIsNoResult() {
        assertThat(verdict(folder.resolve("none.jtl"))).isEqualTo(Verdict.NO_RESULT);
        assertThat(printed).contains("no verdict: there is no file ");
        assertThat(verdict(folder)).isEqualTo(Verdict.NO_RESULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--tests",
                "a.jtl b.jtl",
                "a.jtl --tests",
                "a.jtl --tests 0",
                "a.jtl --tests x",
                "a.jtl --what 1"
            })
    void wrongArgumentsAreNoResult(String arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> words = arguments.isEmpty() ? List.of() : List.of(arguments.split(" "));

        assertThat(Verdict.run(words, new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isEqualTo(Verdict.NO_RESULT);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage: java -cp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "a.jtl --help"})
    void helpIsTheUsage(String arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Verdict.run(List.of(arguments.split(" ")), new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: java -cp");
    }

    @Test
    void xml() throws IOException {
        String text = """
                <?xml version="1.0" encoding="UTF-8"?>
                <testResults version="1.2">
                <sample t="1000" lt="0" ct="0" s="true" lb="a: interval" rc="200" rm="rx 5 Mbit/s, tx 0 bit/s, lost 0" tn="T"/>
                <sample t="5000" lt="1" ct="1" s="true" lb="a" rc="200" rm="rx 5 Mbit/s, tx 0 bit/s, lost 0" tn="T">
                  <sample t="1000" lt="0" ct="0" s="true" lb="a: interval" rc="200" rm="rx 5 Mbit/s" tn="T"/>
                  <responseData class="java.lang.String">{ }</responseData>
                </sample>
                <sample t="5000" lt="1" ct="1" s="false" lb="19&quot; &lt;rack&gt;" rc="200" rm="" tn="T">
                  <assertionResult><name>A</name><failure>true</failure><error>false</error>
                  <failureMessage>receive rate: too slow</failureMessage></assertionResult>
                </sample>
                <httpSample t="1" lt="1" s="false" lb="web" rc="500" rm="Oops" tn="T"/>
                </testResults>
                """;

        assertThat(verdict(file(text), "--tests", "3")).isEqualTo(Verdict.FAILED);
        assertThat(printed.lines())
                .containsExactly(
                        "FAILED 19\" <rack>: receive rate: too slow", "FAILED web: 500: Oops", "3 tests, 2 failed");
        assertThat(verdict(file(text.substring(0, text.indexOf("<httpSample")))))
                .isEqualTo(Verdict.FAILED);
        assertThat(printed).contains(" is cut off or damaged: ").contains("2 tests, 1 failed");
    }

    /** Java 24 and newer count what they stand for, over the whole file. */
    @Test
    void xmlWithManyQuotes() throws IOException {
        String text = "<testResults><sample s=\"true\" lb=\"a\" tn=\"T\"><responseData>" + "&quot;".repeat(150_000)
                + "</responseData></sample></testResults>";

        assertThat(verdict(file(text))).isEqualTo(Verdict.PASSED);
    }

    @Test
    void xmlWithATransaction() throws IOException {
        String text = "<testResults>"
                + "<sample ts=\"1000\" t=\"1000\" s=\"true\" lb=\"a: interval\" rm=\"rx 5 Mbit/s\" tn=\"T\"/>"
                + "<sample ts=\"990\" t=\"1020\" s=\"true\" lb=\"all\" tn=\"T\">"
                + "<sample ts=\"995\" t=\"1005\" lt=\"4\" s=\"true\" lb=\"a\" rm=\"rx 5 Mbit/s\" tn=\"T\"/></sample></testResults>";

        assertThat(verdict(file(text), "--tests", "2")).isEqualTo(Verdict.PASSED);
    }

    @Test
    void anEntityOfAForgedFileIsNotRead() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret");
        String text = "<!DOCTYPE t [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><testResults>"
                + "<sample s=\"false\" lb=\"a\" tn=\"T\"><assertionResult><failureMessage>&e;</failureMessage>"
                + "</assertionResult></sample></testResults>";

        assertThat(verdict(file(text))).isNotEqualTo(Verdict.PASSED);
        assertThat(printed).doesNotContain("s3cret");
    }

    @Test
    void aFullDiskIsNoSuccess() throws Exception {
        passed("north");
        assertThat(verdict("--junit", FullDisk.file().toString())).isEqualTo(Verdict.NO_RESULT);
        assertThat(printed).contains("no verdict: cannot write " + FullDisk.file());
        assertThat(verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void junitHasATestCaseForEachTest() throws Exception {
        names().forEach(this::passed);
        passed("north");
        failedAssertion("slow \u0007 \"one\" 🚀", "a < b & c\u0001");
        Path junit = folder.resolve("junit file.xml");

        assertThat(verdict("--junit", junit.toString())).isEqualTo(Verdict.FAILED);

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(junit.toFile());
        Element suite = document.getDocumentElement();
        int count = names().size() + 2;
        assertThat(suite.getAttribute("tests")).isEqualTo(Integer.toString(count));
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        List<Element> cases = new ArrayList<>();
        for (int i = 0; i < suite.getElementsByTagName("testcase").getLength(); i++) {
            cases.add((Element) suite.getElementsByTagName("testcase").item(i));
        }
        assertThat(cases).hasSize(count);
        assertThat(cases)
                .extracting(each -> each.getAttribute("name"))
                .doesNotHaveDuplicates()
                .contains("north (2)");
        Element slow = cases.stream()
                .filter(each -> each.getAttribute("name").equals("slow \uFFFD \"one\" 🚀"))
                .findFirst()
                .orElseThrow();
        assertThat(slow.getAttribute("time")).isEqualTo("5.000");
        assertThat(((Element) slow.getElementsByTagName("failure").item(0)).getAttribute("message"))
                .isEqualTo("a < b & c\uFFFD");
    }

    @Test
    void junitFailsWhereverTheVerdictDoes() throws IOException {
        passed("north");
        String junit = folder.resolve("j.xml").toString();

        assertThat(verdict("--tests", "3", "--junit", junit)).isEqualTo(Verdict.FAILED);
        assertThat(Path.of(junit)).content().contains("failures=\"1\"", "3 tests were wanted, 1 test was run");
        assertThat(verdict(folder.resolve("none"), "--junit", junit)).isEqualTo(Verdict.NO_RESULT);
        assertThat(Path.of(junit)).content().contains("failures=\"1\"", "there is no file");
    }

    @Test
    void aJunitFileThatCannotBeWrittenIsNoResult() throws IOException {
        passed("north");

        assertThat(verdict("--junit", folder.resolve("none/junit.xml").toString()))
                .isEqualTo(Verdict.NO_RESULT);
        assertThat(printed).contains("cannot write ");
    }
}
