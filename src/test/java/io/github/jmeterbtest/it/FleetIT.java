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

/** jmx-examples/fleet.jmx in a real JMeter, started by the script of docs/ci.md as it stands there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script of docs/ci.md is one for a POSIX shell")
class FleetIT {
    private static final Path PLAN = JMeterProcess.example("fleet.jmx");
    private static final Path ROUTERS = JMeterProcess.example("routers.csv");
    private static final Path GUIDE = PLAN.getParent().resolveSibling("docs").resolve("ci.md");

    @TempDir
    private Path directory;

    @BeforeEach
    void layOut() throws IOException {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf("```sh\n") + "```sh\n".length();
        Files.writeString(directory.resolve("test-routers.sh"), guide.substring(begin, guide.indexOf("```", begin)));
        Files.copy(PLAN, directory.resolve("fleet.jmx"));
    }

    @Test
    void aSlowRouterFailsAloneAndWithItTheBuild() throws Exception {
        Files.writeString(directory.resolve("routers.csv"), routers());
        assertThat(runScript()).as(output()).isEqualTo(1);

        List<String[]> rows = rows();
        assertThat(rows).extracting(row -> row[0]).containsExactlyInAnyOrder("north", "south", "east", "west");
        assertThat(rows)
                .filteredOn(row -> !row[1].equals("true"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row[0]).isEqualTo("west");
                    assertThat(row[2]).matches("receive rate: wanted at least 2 Mbit/s, measured [0-9.]+ [kM]?bit/s");
                    assertThat(output())
                            .contains(
                                    "FAILED west: " + row[2],
                                    "4 of 4 routers tested, 1 failed",
                                    "an assertion failed: " + row[2]);
                });
        assertThat(Stream.of("results.jtl", "jmeter.log", "output").map(this::read))
                .as("the password")
                .noneMatch(text -> text.contains("not a secret"));
    }

    @Test
    void theBuildPassesWhenAllAreFast() throws Exception {
        Files.writeString(directory.resolve("routers.csv"), routers().replace(",1M,", ",50M,"));
        assertThat(runScript()).as(output()).isZero();
        assertThat(output()).contains("4 of 4 routers tested, 0 failed");
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
        assertThat(runScript()).as(output()).isEqualTo(1);
        assertThat(rows())
                .extracting(row -> row[0] + " " + row[1])
                .containsExactlyInAnyOrder("north true", "typo false", "last true");
        assertThat(output())
                .contains(
                        "3 of 3 routers tested, 1 failed",
                        "FAILED typo: nothing to check, because the test failed with INVALID_OPTION: Direction is \"not in the file\"");
    }

    /** Else the limit or the cap that somebody wrote would not be looked at, and the build would pass. */
    @ParameterizedTest
    @CsvSource({"minReceive, minRecieve, Minimum receive rate", "maxSpeed, maxspeed, Local TX speed"})
    void aMistypedColumnFailsTheBuild(String column, String mistyped, String field) throws Exception {
        Files.writeString(
                directory.resolve("routers.csv"),
                Files.readString(ROUTERS).replace(column, mistyped).replace(",1M,", ",50M,"));
        assertThat(runScript()).as(output()).isEqualTo(1);
        assertThat(rows()).hasSize(4).noneMatch(row -> row[1].equals("true"));
        assertThat(output()).contains("4 of 4 routers tested, 4 failed", field + " (bit/s)", "\"not in the file\"");
    }

    @Test
    void theBuildFailsWithAnEmptyLine() throws Exception {
        Files.writeString(directory.resolve("routers.csv"), Files.readString(ROUTERS) + " \r\n");
        assertThat(runScript()).as(output()).isEqualTo(2);
        assertThat(output()).contains("6: ", "empty lines in routers.csv");
    }

    @Test
    void theBuildFailsWithoutARouterInTheFile() throws Exception {
        Files.writeString(
                directory.resolve("routers.csv"), Files.readAllLines(ROUTERS).get(0) + "\n");
        assertThat(runScript()).as(output()).isEqualTo(2);
        assertThat(output()).isEqualTo("no router in routers.csv\n");
    }

    @Test
    void theBuildFailsWithoutPluginOrRouters() throws Exception {
        assertThat(runScript()).as(output()).isEqualTo(2);
        assertThat(output()).contains("routers.csv");

        Files.copy(ROUTERS, directory.resolve("routers.csv"));
        Files.writeString(
                directory.resolve("fleet.jmx"),
                Files.readString(PLAN).replace(".BandwidthTestSampler", ".NotInLibExt"));
        assertThat(runScript()).as(output()).isEqualTo(2);
    }

    /**
     * Of 50 Mbit/s, a busy machine and a JMeter that has only just started may leave less than the 5 of the example.
     */
    private static String routers() throws IOException {
        return Files.readString(ROUTERS).replace("5M", "2M");
    }

    private int runScript() throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder(
                        "sh",
                        "test-routers.sh",
                        "routers.csv",
                        "-Jbtest.duration=1",
                        "-Jbtest.parallel=4",
                        "-Jjmeterengine.nongui.port=" + Ports.freeUdp(),
                        "-Jbtest.udpPortsFrom=" + Ports.udpPortsFrom())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        script.environment()
                .merge("PATH", JMeterProcess.home().resolve("bin").toString(), (path, bin) -> bin + ":" + path);
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

    /** Label, success and failure message of each final sample. */
    private List<String[]> rows() {
        List<String[]> lines =
                read("results.jtl").lines().map(line -> line.split("\t", -1)).toList();
        List<String> columns = List.of(lines.get(0));
        List<String[]> rows = new ArrayList<>();
        for (String[] line : lines.subList(1, lines.size())) {
            if (!line[columns.indexOf("label")].endsWith(": interval")) {
                rows.add(Stream.of("label", "success", "failureMessage")
                        .map(name -> line[columns.indexOf(name)])
                        .toArray(String[]::new));
            }
        }
        return rows;
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
