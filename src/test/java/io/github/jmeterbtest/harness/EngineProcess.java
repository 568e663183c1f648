package io.github.jmeterbtest.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A running {@link EngineMain}: starts it, reads its lines. */
public final class EngineProcess implements AutoCloseable {
    private static final long WHOLE_SECOND_NANOS = 950_000_000;
    private static final String FAILED = "failed:";
    /** Behind the last line. */
    private static final String END = "\0";

    private final Process process;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final List<Map<String, Long>> intervals = new ArrayList<>();
    private final List<String> noise = new ArrayList<>();

    private EngineProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::readAll, "output of an engine's process");
        reader.setDaemon(true);
        reader.start();
    }

    /** All the time, since a process whose output nobody reads stands still at some point. */
    private void readAll() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException e) {
            output.add(e.toString());
        }
        output.add(END);
    }

    /**
     * @param where turns a command line into one that runs at the right place
     * @param options key=value, as {@link EngineMain} takes them
     */
    public static EngineProcess start(UnaryOperator<List<String>> where, List<String> options) throws IOException {
        return start(where, List.of(), options);
    }

    /**
     * @param where turns a command line into one that runs at the right place
     * @param jvmOptions such as {@code -Dbtest.batching=false}
     * @param options key=value, as {@link EngineMain} takes them
     */
    public static EngineProcess start(UnaryOperator<List<String>> where, List<String> jvmOptions, List<String> options)
            throws IOException {
        List<String> command = JavaCommand.of("-Xmx512m", "-cp", System.getProperty("java.class.path"));
        command.addAll(jvmOptions);
        command.add(EngineMain.class.getName());
        command.addAll(options);
        return new EngineProcess(new ProcessBuilder(where.apply(command))
                .redirectErrorStream(true)
                .start());
    }

    /** @return whether an engine's process moves several datagrams in a call, on this system and with its Java */
    public static boolean canBatch() throws IOException {
        try (EngineProcess server = start(UnaryOperator.identity(), List.of("role=server", "sessions=0"))) {
            return server.await("ready").get("batching") == 1;
        }
    }

    /** @return the port of a server, as soon as it listens */
    public int awaitPort() throws IOException {
        return Math.toIntExact(await("ready").get("port"));
    }

    /** Waits until a session with a server begins. */
    public void awaitBegin() throws IOException {
        await("begin");
    }

    /** @return why the next test of a server failed that does */
    public String awaitFailure() throws IOException {
        return awaitLine(FAILED);
    }

    /** @return the totals of the next test that ends */
    public Map<String, Long> awaitEnd() throws IOException {
        return await("end");
    }

    /** @return the lines of the intervals read so far */
    public List<Map<String, Long>> intervals() {
        return intervals;
    }

    /**
     * @return bit/s received in the whole seconds after the first one read so far: in the first one Java still compiles
     */
    public double settledRate() {
        List<Map<String, Long>> whole = intervals.stream()
                .filter(interval -> interval.get("index") > 0 && interval.get("nanos") > WHOLE_SECOND_NANOS)
                .toList();
        return whole.stream().mapToLong(interval -> interval.get("rx")).sum()
                * 8e9
                / whole.stream().mapToLong(interval -> interval.get("nanos")).sum();
    }

    /** @return the process, for its figures */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    private Map<String, Long> await(String what) throws IOException {
        return values(awaitLine(what).split(" ", -1));
    }

    private String awaitLine(String what) throws IOException {
        for (String line = nextLine(); !line.equals(END); line = nextLine()) {
            String word = line.split(" ", 2)[0];
            if (word.equals("interval")) {
                intervals.add(values(line.split(" ", -1)));
            } else if (word.equals(what)) {
                return line;
            } else {
                noise.add(line);
            }
        }
        output.add(END);
        throw new IOException("the engine's process ended without a line \"" + what + "\": " + noise);
    }

    private String nextLine() throws IOException {
        try {
            return output.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the engine's process");
        }
    }

    private static Map<String, Long> values(String[] words) {
        Map<String, Long> values = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            values.put(pair[0], Long.parseLong(pair[1]));
        }
        return values;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
