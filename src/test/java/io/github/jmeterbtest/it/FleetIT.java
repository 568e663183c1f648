package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** jmx-examples/fleet.jmx in a real JMeter, with the commands of docs/ci.md as they stand there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands of docs/ci.md are for a POSIX shell")
class FleetIT {
    private static final Path PLAN = JMeterProcess.example("fleet.jmx");
    private static final Path ROUTERS = JMeterProcess.example("routers.csv");
    /** Behind it more options can stand. */
    private static final String ANY_OPTION = "-Jsummariser.name=";

    private static final Path GUIDE = PLAN.getParent().resolveSibling("docs").resolve("ci.md");

    @TempDir
    private Path directory;

    @BeforeEach
    void layOut() throws IOException {
        Files.copy(PLAN, directory.resolve("fleet.jmx"));
        Files.copy(JMeterProcess.plugin(), directory.resolve("jmeter-btest-0.1.0.jar"));
    }

    private static String commands() throws IOException {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf("```sh\n") + "```sh\n".length();
        return guide.substring(begin, guide.indexOf("```", begin));
    }

    @Test
    void aSlowRouterFailsAloneAndWithItTheBuild() throws Exception {
        Files.writeString(directory.resolve("routers.csv"), routers());
        assertThat(runCommands()).as(output()).isEqualTo(1);

        List<CsvResults.Row> rows = rows();
        assertThat(rows).extracting(CsvResults.Row::label).containsExactlyInAnyOrder("north", "south", "east", "west");
        assertThat(rows).filteredOn(row -> !row.successful()).singleElement().satisfies(row -> {
            String why = row.columns().get("failureMessage");
            assertThat(row.label()).isEqualTo("west");
            assertThat(why).matches("receive rate: wanted at least 2 Mbit/s, measured [0-9.]+ [kM]?bit/s");
            assertThat(output()).contains("FAILED west: " + why, "4 tests, 1 failed", "an assertion failed: " + why);
            assertThat(read("bandwidth.xml")).contains("message=\"" + why + "\"");
        });
        assertThat(Stream.of("results.jtl", "jmeter.log", "bandwidth.xml", "output")
                        .map(this::read))
                .as("the password")
                .noneMatch(text -> text.contains("not a secret"));
    }

    @Test
    void theBuildPassesWhenAllAreFast() throws Exception {
        Files.writeString(directory.resolve("routers.csv"), routers().replace(",1M,", ",50M,"));
        assertThat(runCommands()).as(output()).isZero();
        assertThat(output()).contains("4 tests, 0 failed");
    }

    /** Else JMeter keeps the values of the line before, and sends its password to the next address. */
    @Test
    void aLineThatIsTooShortIsNotTestedWithTheValuesOfTheOneBefore() throws Exception {
        List<String> lines = Files.readAllLines(ROUTERS);
        Files.write(
                directory.resolve("routers.csv"),
                List.of(
                        lines.get(0),
                        lines.get(1),
                        "typo,127.0.0.1",
                        lines.get(1).replace("north", "last")));
        assertThat(runCommands()).as(output()).isEqualTo(1);
        assertThat(rows())
                .extracting(row -> row.label() + " " + row.successful())
                .containsExactlyInAnyOrder("north true", "typo false", "last true");
        assertThat(output())
                .contains(
                        "3 tests, 1 failed",
                        "FAILED typo: INVALID_OPTION: Direction is \"not in the file\": enter one of");
    }

    /** Else the limit or the cap that somebody wrote would not be looked at, and the build would pass. */
    @ParameterizedTest
    @CsvSource({"minReceive, minRecieve", "maxSpeed, maxspeed"})
    void aMistypedColumnFailsTheBuild(String column, String mistyped) throws Exception {
        Files.writeString(
                directory.resolve("routers.csv"),
                Files.readString(ROUTERS).replace(column, mistyped).replace(",1M,", ",50M,"));
        assertThat(runCommands()).as(output()).isEqualTo(1);
        assertThat(output())
                .contains(
                        "FAILED Routers: INVALID_OPTION: File is \"routers.csv\": the first line of ",
                        "does not name the columns " + column,
                        "NOT TESTED north",
                        "1 test, 1 failed");
    }

    @Test
    void anEmptyLineIsARouterThatFails() throws Exception {
        Files.writeString(directory.resolve("routers.csv"), Files.readString(ROUTERS) + " \r\n");
        assertThat(runCommands()).as(output()).isEqualTo(1);
        assertThat(output()).contains("5 tests, 2 failed");
    }

    @Test
    void theBuildFailsWithoutARouterInTheFile() throws Exception {
        Files.writeString(
                directory.resolve("routers.csv"), Files.readAllLines(ROUTERS).get(0) + "\n");
        assertThat(runCommands()).as(output()).isEqualTo(1);
        assertThat(output())
                .contains(
                        "Routers cannot start: File is \"routers.csv\": it has no router",
                        "FAILED Routers: INVALID_OPTION: File is \"routers.csv\": it has no router",
                        "1 test, 1 failed");
    }

    @Test
    void theBuildFailsWithoutPluginOrRouters() throws Exception {
        assertThat(runCommands()).as(output()).isEqualTo(2);
        assertThat(output()).contains("Routers cannot start: File is \"routers.csv\": there is no file ");

        Files.copy(ROUTERS, directory.resolve("routers.csv"));
        Files.writeString(
                directory.resolve("fleet.jmx"),
                Files.readString(PLAN).replace(".BandwidthTestSampler", ".NotInLibExt"));
        assertThat(runCommands()).as(output()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "\t"})
    void quotesAndOtherDelimiters(String delimiter) throws Exception {
        String text = Files.readString(ROUTERS)
                .replace(",1M,", ",50M,")
                .replace("north", "\"19\"\" rack: interval\"")
                .replace(",", delimiter);
        Files.writeString(directory.resolve("routers.csv"), text);

        assertThat(runCommands()).as(output()).isZero();
        assertThat(output()).contains("4 tests, 0 failed");
        assertThat(rows()).extracting(CsvResults.Row::label).contains("south", "east", "west");
    }

    /**
     * Of 50 Mbit/s, a busy machine and a JMeter that has only just started may leave less than the 5 of the example.
     */
    private static String routers() throws IOException {
        return Files.readString(ROUTERS).replace("5M", "2M");
    }

    private int runCommands(String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(
                "-Jbtest.duration=1",
                "-Jbtest.parallel=4",
                "-Jjmeterengine.nongui.port=" + Ports.freeUdp(),
                "-Jbtest.udpPortsFrom=" + Ports.udpPortsFrom()));
        all.addAll(List.of(options));
        Files.writeString(
                directory.resolve("commands.sh"),
                commands().replace(ANY_OPTION, ANY_OPTION + " '" + String.join("' '", all) + "'"));
        ProcessBuilder script = new ProcessBuilder("sh", "commands.sh")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        String bin = JMeterProcess.home().resolve("bin") + ":" + JMeterProcess.JAVA.resolve("bin");
        script.environment().merge("PATH", bin, (path, ours) -> ours + ":" + path);
        Process process = script.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("the script ends by itself")
                    .isTrue();
            return process.exitValue();
        } finally {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** {@return the final samples} */
    private List<CsvResults.Row> rows() throws IOException {
        return CsvResults.read(directory.resolve("results.jtl")).stream()
                .filter(row -> !row.isInterval())
                .toList();
    }

    private String output() {
        return read("output");
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
