package io.github.jmeterbtest.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real JMeter without GUI, from {@code jmeter.home}, running one plan. Waits for what it prints, never for time. */
final class JMeterProcess implements AutoCloseable {
    private static final Path HOME = Path.of(System.getProperty("jmeter.home", "target/jmeter"));
    private static final Path EXAMPLES = Path.of(System.getProperty("btest.examples", "jmx-examples"));
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path results;
    private final int controlPort;
    private final List<String> output = new ArrayList<>();
    private boolean ended;

    private JMeterProcess(Path plan, Path directory, List<String> options, List<String> properties) throws IOException {
        results = directory.resolve("results.jtl");
        controlPort = Ports.freeUdp();
        List<String> command = new ArrayList<>(List.of(java(), "-Djava.awt.headless=true",
                "-jar", HOME.resolve("bin/ApacheJMeter.jar").toString(), "-n", "-t", plan.toString(),
                "-l", results.toString(), "-j", directory.resolve("jmeter.log").toString(), "-Jsummariser.name=",
                "-Jjmeterengine.nongui.port=" + controlPort, "-Jjmeterengine.nongui.maxport=" + controlPort));
        properties.forEach(property -> command.add("-J" + property));
        command.addAll(options);
        process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
        Thread reader = new Thread(this::readAll, "jmeter-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param properties as {@code name=value} */
    static JMeterProcess start(Path plan, Path directory, String... properties) throws IOException {
        return start(plan, directory, List.of(), properties);
    }

    /** @param options further words of the command line, such as {@code -q} and a file */
    static JMeterProcess start(Path plan, Path directory, List<String> options, String... properties) throws IOException {
        return new JMeterProcess(plan, directory, options, List.of(properties));
    }

    /** {@return the JMeter that is run} */
    static Path home() {
        return HOME.toAbsolutePath();
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
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (output) {
            while (true) {
                Optional<String> found = output.stream().filter(line -> line.contains(text)).findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                assertThat(!ended && left > 0).as("a line with \"%s\" comes; there is only:%n%s", text, output()).isTrue();
                output.wait(left);
            }
        }
    }

    /** {@return the exit status} */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("JMeter ends by itself").isTrue();
        synchronized (output) {
            while (!ended) {
                output.wait();
            }
        }
        return process.exitValue();
    }

    /** Tells JMeter what its own scripts tell it, such as {@code StopTestNow}. */
    void control(String command) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(java(), "-cp", HOME.resolve("bin/ApacheJMeter.jar").toString(),
                "org.apache.jmeter.util.ShutdownClient", command, Integer.toString(controlPort))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** {@return everything printed until now} */
    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    Path results() {
        return results;
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

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
