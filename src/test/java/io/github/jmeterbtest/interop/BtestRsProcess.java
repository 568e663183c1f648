package io.github.jmeterbtest.interop;

import io.github.jmeterbtest.engine.report.Authentication;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The btest-rs executable as a peer, client or server; the path comes from -Dinterop.btest-rs. */
final class BtestRsProcess implements AutoCloseable {
    static final String PATH_PROPERTY = "interop.btest-rs";
    static final String USER = "interop";
    static final String PASSWORD = "secret word";
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern AVERAGES =
            Pattern.compile("TEST_END.*tx_avg=([0-9.]+)Mbps rx_avg=([0-9.]+)Mbps.*lost=(\\d+)");

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    /** What the peer says it measured, Mbit/s. */
    record Averages(double tx, double rx, long lost) {}

    private BtestRsProcess(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty(PATH_PROPERTY));
        command.addAll(arguments);
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader();
    }

    static BtestRsProcess server(int port, Authentication authentication) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-s", "-P", "" + port, "--listen", "127.0.0.1"));
        if (authentication != Authentication.NONE) {
            arguments.addAll(List.of("-a", USER, "-p", PASSWORD));
        }
        if (authentication == Authentication.EC_SRP5) {
            arguments.add("--ecsrp5");
        }
        BtestRsProcess server = new BtestRsProcess(arguments);
        server.awaitLine("istening on");
        return server;
    }

    static BtestRsProcess client(int port, List<String> test, int seconds, String password) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-c", "127.0.0.1", "-P", "" + port, "-d", "" + seconds, "-a", USER, "-p", password));
        arguments.addAll(test);
        return new BtestRsProcess(arguments);
    }

    /** Reads on until a line holds the text. */
    String awaitLine(String text) throws IOException {
        String line;
        while ((line = readLine()) != null) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new IOException("btest-rs ended without saying \"" + text + "\": " + lines);
    }

    /** Reads on until the test's end is told. */
    Averages awaitAverages() throws IOException {
        Matcher matcher = AVERAGES.matcher(awaitLine("TEST_END"));
        if (!matcher.find()) {
            throw new IOException("no averages in " + lines);
        }
        return new Averages(
                Double.parseDouble(matcher.group(1)),
                Double.parseDouble(matcher.group(2)),
                Long.parseLong(matcher.group(3)));
    }

    /** Reads to the end of the output. */
    String awaitEnd() throws IOException, InterruptedException {
        while (readLine() != null) {
            // collects the lines
        }
        process.waitFor();
        return String.join("\n", lines);
    }

    int exitValue() {
        return process.exitValue();
    }

    private String readLine() throws IOException {
        String line = output.readLine();
        if (line != null) {
            line = COLOUR.matcher(line).replaceAll("");
            lines.add(line);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        output.close();
    }
}
