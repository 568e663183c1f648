package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.jmeter.ChartOfFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real JMeter from {@code jmeter.home}. Waits for what it prints, never for time. */
final class JMeterProcess implements AutoCloseable {
    /** The Java that runs this test. */
    static final Path JAVA = Path.of(System.getProperty("java.home"));

    private static final Path HOME =
            Path.of(System.getProperty("jmeter.home", "target/jmeter")).toAbsolutePath();
    private static final Path EXAMPLES = Path.of(System.getProperty("btest.examples", "jmx-examples"));
    private static final String RESULTS = "results.jtl";
    private static final long PATIENCE_SECONDS = 240;

    private final Process process;
    private final Path directory;
    private final List<String> output = new ArrayList<>();
    private int controlPort;
    private boolean ended;

    /** @param directory for what it writes */
    private JMeterProcess(Path directory, ProcessBuilder builder) throws IOException {
        this.directory = directory;
        process = builder.redirectErrorStream(true).start();
        Thread reader = new Thread(this::readAll, "jmeter-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Runs a plan without GUI.
     *
     * @param properties as {@code name=value}
     */
    static JMeterProcess start(Path plan, Path directory, String... properties) throws IOException {
        return start(plan, directory, List.of(), properties);
    }

    /**
     * Runs a plan without GUI.
     *
     * @param java home of the Java to use
     * @param options further ones, such as {@code -R}
     */
    static JMeterProcess start(Path java, Path plan, Path directory, List<String> options, String... properties)
            throws IOException {
        int controlPort = Ports.freeUdp();
        List<String> command = command(java, directory, properties);
        command.addAll(List.of(
                "-n",
                "-t",
                plan.toString(),
                "-l",
                directory.resolve(RESULTS).toString(),
                "-Jsummariser.name=",
                "-Jjmeterengine.nongui.port=" + controlPort,
                "-Jjmeterengine.nongui.maxport=" + controlPort));
        command.addAll(options);
        JMeterProcess jmeter = new JMeterProcess(directory, new ProcessBuilder(command).directory(directory.toFile()));
        jmeter.controlPort = controlPort;
        return jmeter;
    }

    /** Runs a remote engine that waits for controllers at that port. */
    static JMeterProcess engine(int port, Path directory, String... properties) throws IOException {
        List<String> command = command(JAVA, directory, properties);
        command.addAll(List.of(
                "-s",
                "-Dserver_port=" + port,
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Jserver.rmi.ssl.disable=true"));
        return new JMeterProcess(directory, new ProcessBuilder(command).directory(directory.toFile()));
    }

    /**
     * Opens a plan in the GUI; {@link #tell} says what {@link GuiDriver} shall do with it.
     *
     * @param properties as {@code name=value}
     */
    static JMeterProcess gui(VirtualScreen screen, Path plan, Path directory, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JAVA.resolve("bin/java").toString(),
                // JMeter keeps the files it opened and the like there
                "-Djava.util.prefs.userRoot=" + directory,
                "-cp",
                classPath(),
                GuiDriver.class.getName(),
                // else on Java 25 JMeter asks at each start: to it the missing name of a listener's file is a file that
                // exists
                "-Jresultcollector.action_if_file_exists=APPEND",
                "-j",
                directory.resolve("jmeter.log").toString(),
                "-t",
                plan.toString()));
        Stream.of(properties).forEach(property -> command.add("-J" + property));
        // with such a class path, this is where JMeter looks for its home
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(HOME.resolve("bin").toFile());
        builder.environment().put("DISPLAY", screen.display());
        return new JMeterProcess(directory, builder);
    }

    /** Loads a results file into a throughput chart, and prints its points as {@link ChartOfFile} does. */
    static JMeterProcess chartOf(Path results, Path directory) throws IOException {
        return new JMeterProcess(
                directory,
                new ProcessBuilder(
                                JAVA.resolve("bin/java").toString(),
                                "-Djava.awt.headless=true",
                                "-cp",
                                classPath(),
                                ChartOfFile.class.getName(),
                                HOME.toString(),
                                results.toString(),
                                directory.resolve("chart.csv").toString())
                        .directory(directory.toFile()));
    }

    /** With the tests' own classes. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                HOME.resolve("bin/ApacheJMeter.jar").toString(),
                // text, since a star is no file name on every system
                HOME + "/lib/*",
                HOME + "/lib/ext/*",
                testClasses().toString());
    }

    private static Path testClasses() {
        try {
            return Path.of(GuiDriver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> command(Path java, Path directory, String... properties) {
        List<String> command = new ArrayList<>(List.of(
                java.resolve("bin/java").toString(),
                "-Djava.awt.headless=true",
                "-jar",
                HOME.resolve("bin/ApacheJMeter.jar").toString(),
                "-j",
                directory.resolve("jmeter.log").toString()));
        for (String property : properties) {
            command.add("-J" + property);
        }
        return command;
    }

    /** @param options further words of the command line, such as {@code -q} and a file */
    static JMeterProcess start(Path plan, Path directory, List<String> options, String... properties)
            throws IOException {
        return start(JAVA, plan, directory, options, properties);
    }

    /** Makes JMeter's report of a results file. */
    static JMeterProcess report(Path results, Path directory, Path properties, Path report) throws IOException {
        List<String> command = command(JAVA, directory);
        command.addAll(List.of("-g", results.toString(), "-q", properties.toString(), "-o", report.toString()));
        return new JMeterProcess(directory, new ProcessBuilder(command).directory(directory.toFile()));
    }

    /** {@return the JMeter that is run} */
    static Path home() {
        return HOME;
    }

    /** {@return our jar, as it lies in that JMeter} */
    static Path plugin() throws IOException {
        try (Stream<Path> plugins = Files.list(HOME.resolve("lib/ext"))) {
            return plugins.filter(file -> file.getFileName().toString().startsWith("jmeter-btest"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** {@return a file of jmx-examples} */
    static Path example(String name) {
        return EXAMPLES.resolve(name).toAbsolutePath();
    }

    /** Runs to the end. */
    static JMeterProcess run(Path plan, Path directory, String... properties) throws IOException, InterruptedException {
        return run(plan, directory, List.of(), properties);
    }

    /** Runs to the end. */
    static JMeterProcess run(Path plan, Path directory, List<String> options, String... properties)
            throws IOException, InterruptedException {
        JMeterProcess jmeter = start(plan, directory, options, properties);
        jmeter.awaitEnd();
        return jmeter;
    }

    /** {@return the first line that contains the text, as soon as JMeter has printed it} */
    String awaitLine(String text) throws InterruptedException {
        return awaitLines(text, 1).get(0);
    }

    /** {@return all lines that contain the text, as soon as there are so many} */
    List<String> awaitLines(String text, int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (output) {
            while (true) {
                List<String> found =
                        output.stream().filter(line -> line.contains(text)).toList();
                if (found.size() >= count) {
                    return found;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(!ended && left > 0)
                        .as("line %d with \"%s\" comes; there is only:%n%s", count, text, output())
                        .isTrue();
                output.wait(left);
            }
        }
    }

    /** {@return the exit status} */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("JMeter ends by itself")
                .isTrue();
        synchronized (output) {
            while (!ended) {
                output.wait();
            }
        }
        return process.exitValue();
    }

    /** Tells JMeter what its own scripts tell it, such as {@code StopTestNow}. */
    void control(String command) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        JAVA.resolve("bin/java").toString(),
                        "-cp",
                        HOME.resolve("bin/ApacheJMeter.jar").toString(),
                        "org.apache.jmeter.util.ShutdownClient",
                        command,
                        Integer.toString(controlPort))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Writes a line to its standard input. */
    void tell(String line) throws IOException {
        BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(line);
        input.newLine();
        input.flush();
    }

    /** {@return everything printed until now} */
    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    Path results() {
        return directory.resolve(RESULTS);
    }

    @Override
    public void close() {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
    }

    private void readAll() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                synchronized (output) {
                    output.add(line);
                    output.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (output) {
                ended = true;
                output.notifyAll();
            }
        }
    }
}
