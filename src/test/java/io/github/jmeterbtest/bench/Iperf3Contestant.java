package io.github.jmeterbtest.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** iperf3, if the user has installed it. */
final class Iperf3Contestant implements Contestant {
    private static final int HEADERS = 28;

    static boolean installed() {
        try {
            return new ProcessBuilder("iperf3", "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String name() {
        return "iperf3";
    }

    @Override
    public double run(Workload workload, int seconds) throws IOException {
        String port = Integer.toString(freePort());
        Process server = new ProcessBuilder("iperf3", "-s", "-1", "-p", port, "--forceflush")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader ready = server.inputReader()) {
            String line;
            while ((line = ready.readLine()) != null && !line.contains("listening")) {
                // a rule of dashes stands before it
            }
            return client(workload, seconds, port);
        } finally {
            server.destroy();
        }
    }

    private static double client(Workload workload, int seconds, String port) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("iperf3", "-c", "127.0.0.1", "-p", port, "-t", "" + seconds, "-J"));
        switch (workload.direction()) {
            case "receive" -> command.add("-R");
            case "both" -> command.add("--bidir");
            default -> {}
        }
        if (workload.udp()) {
            command.addAll(List.of("-u", "-b", "0", "-l", "" + (workload.size() - HEADERS)));
        }
        Process client = new ProcessBuilder(command).start();
        JsonNode end = new ObjectMapper().readTree(client.getInputStream()).path("end");
        if (workload.udp()) {
            JsonNode sum = end.path("sum");
            double packets =
                    sum.path("packets").asDouble() - sum.path("lost_packets").asDouble();
            return packets * workload.size() * 8 / sum.path("seconds").asDouble();
        }
        return end.path("sum_received").path("bits_per_second").asDouble()
                + end.path("sum_received_bidir_reverse").path("bits_per_second").asDouble();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
