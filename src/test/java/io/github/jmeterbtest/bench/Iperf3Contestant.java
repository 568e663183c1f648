package io.github.jmeterbtest.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * iperf3: {@code -Dbench.iperf3=PATH}, or the one that is installed.
 *
 * @param batches whether it sends and receives datagrams in batches ({@code --gsro}, version 3.20 and later)
 */
record Iperf3Contestant(boolean batches) implements Contestant {
    private static final String PROGRAM = System.getProperty("bench.iperf3", "iperf3");
    private static final int HEADERS = 28;

    /** @return what can be had of it: nothing, the plain one, or both */
    static List<Contestant> available() throws IOException {
        String help;
        try {
            help = output("--version") + output("--help");
        } catch (IOException e) {
            System.out.println("no iperf3, its columns are left out: " + e.getMessage());
            return List.of();
        }
        return help.contains("--gsro")
                ? List.of(new Iperf3Contestant(false), new Iperf3Contestant(true))
                : List.of(new Iperf3Contestant(false));
    }

    private static String output(String option) throws IOException {
        Process process =
                new ProcessBuilder(PROGRAM, option).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return batches ? "iperf3 --gsro" : "iperf3";
    }

    @Override
    public boolean takesPart(Workload workload) {
        return workload.udp() || !batches;
    }

    @Override
    public Figures run(Workload workload, Link link, int seconds) throws IOException {
        String port = Integer.toString(freePort());
        Process server = new ProcessBuilder(
                        link.onServer().apply(List.of(PROGRAM, "-s", "-1", "-p", port, "--forceflush")))
                .redirectErrorStream(true)
                .start();
        try (BufferedReader ready = server.inputReader()) {
            String line;
            while ((line = ready.readLine()) != null && !line.contains("listening")) {
                // a rule of dashes stands before it
            }
            return client(workload, link, seconds, port);
        } finally {
            server.destroy();
        }
    }

    private Figures client(Workload workload, Link link, int seconds, String port) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(PROGRAM, "-c", link.serverAddress(), "-p", port, "-t", "" + seconds, "-J"));
        command.addAll(List.of("-P", "" + workload.connections()));
        switch (workload.direction()) {
            case "receive" -> command.add("-R");
            case "both" -> command.add("--bidir");
            default -> {}
        }
        if (workload.udp()) {
            command.addAll(List.of("-u", "-b", "0", "-l", "" + (workload.size() - HEADERS)));
        }
        if (batches) {
            command.add("--gsro");
        }
        Process client = new ProcessBuilder(link.onClient().apply(command)).start();
        JsonNode result = new ObjectMapper().readTree(client.getInputStream());
        if (result.hasNonNull("error")) {
            throw new IOException(name() + ": " + result.path("error").asText());
        }
        return workload.udp() ? udp(workload, result.path("end")) : tcp(result.path("end"));
    }

    private static Figures udp(Workload workload, JsonNode end) {
        JsonNode sum = end.path("sum");
        double sent = sum.path("packets").asDouble();
        double lost = sum.path("lost_packets").asDouble();
        double seconds = sum.path("seconds").asDouble();
        return new Figures(
                (sent - lost) * workload.size() * 8 / seconds, coresBusy(end), 100 * lost / sent, Double.NaN);
    }

    private static Figures tcp(JsonNode end) {
        double received = end.path("sum_received").path("bits_per_second").asDouble();
        double alsoReceived =
                end.path("sum_received_bidir_reverse").path("bits_per_second").asDouble();
        return new Figures(received + alsoReceived, coresBusy(end), Double.NaN, Double.NaN);
    }

    private static double coresBusy(JsonNode end) {
        JsonNode percent = end.path("cpu_utilization_percent");
        return (percent.path("host_total").asDouble()
                        + percent.path("remote_total").asDouble())
                / 100;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
