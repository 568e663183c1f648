package io.github.jmeterbtest.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.harness.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sampler in a headless JMeter, with live intervals, as users run it; the server is the engine alone. */
final class JMeterContestant implements Contestant {
    @Override
    public String name() {
        return "JMeter";
    }

    @Override
    public Figures run(Workload workload, Link link, int seconds) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("btest-bench");
        try (EngineProcess server = EngineContestant.startServer(link, List.of())) {
            Process jmeter = start(workload, link, server.awaitPort(), seconds, directory);
            double coresBusy = CpuMeter.coresBusy(server, jmeter.toHandle(), seconds);
            Map<String, Long> serversEnd = server.awaitEnd();
            jmeter.waitFor();
            JsonNode result = result(directory);
            double received = result.path("average").path("rxBitsPerSecond").asDouble();
            if (workload.direction().equals("receive")) {
                JsonNode loss = result.path("loss");
                return new Figures(
                        received,
                        coresBusy,
                        loss.path("percent").asDouble(Double.NaN),
                        loss.path("hostDroppedPackets").asDouble(Double.NaN));
            }
            double both = workload.direction().equals("both") ? received : 0;
            return new Figures(
                    server.settledRate() + both,
                    coresBusy,
                    EngineContestant.lossPercent(workload, serversEnd),
                    EngineContestant.hostDrops(serversEnd));
        }
    }

    private static Process start(Workload workload, Link link, int port, int seconds, Path directory)
            throws IOException {
        List<String> command = JavaCommand.of(
                // as bin/jmeter starts it
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-Djava.awt.headless=true",
                "-jar",
                Path.of(System.getProperty("jmeter.home"), "bin", "ApacheJMeter.jar")
                        .toString(),
                "-n",
                "-t",
                Path.of(System.getProperty("btest.examples"), "bandwidth-test.jmx")
                        .toString(),
                "-l",
                directory.resolve("results.jtl").toString(),
                "-j",
                directory.resolve("jmeter.log").toString(),
                "-Jbtest.host=" + link.serverAddress(),
                "-Jbtest.port=" + port,
                "-Jbtest.protocol=" + workload.protocol(),
                "-Jbtest.direction=" + workload.direction(),
                "-Jbtest.duration=" + seconds,
                "-Jbtest.omit=1",
                "-Jbtest.connections=" + workload.connections(),
                "-Jbtest.localUdpTxSize=" + workload.sizeOption(),
                "-Jbtest.remoteUdpTxSize=" + workload.sizeOption(),
                "-Jjmeter.save.saveservice.output_format=xml",
                "-Jjmeter.save.saveservice.response_data=true");
        return new ProcessBuilder(link.onClient().apply(command))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output.txt").toFile())
                .start();
    }

    /** The final sample's JSON. */
    private static JsonNode result(Path directory) throws IOException {
        String text = Files.readString(directory.resolve("results.jtl")).replace("&quot;", "\"");
        int json = text.lastIndexOf('{', text.indexOf("\"result\""));
        if (json < 0) {
            throw new IOException("no result in " + directory);
        }
        return new ObjectMapper().readTree(text.substring(json));
    }
}
