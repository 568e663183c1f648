package io.github.jmeterbtest.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.jmeterbtest.harness.EngineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The sampler in a headless JMeter, with live intervals, as users run it; the server is the engine alone. */
final class JMeterContestant implements Contestant {
    @Override
    public String name() {
        return "JMeter";
    }

    @Override
    public double run(Workload workload, int seconds) throws IOException {
        Path directory = Files.createTempDirectory("btest-bench");
        try (EngineProcess server = EngineProcess.start(UnaryOperator.identity(), List.of("role=server"))) {
            Path jtl = directory.resolve("results.jtl");
            Process jmeter = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.awt.headless=true",
                            "-jar",
                            Path.of(System.getProperty("jmeter.home"), "bin", "ApacheJMeter.jar")
                                    .toString(),
                            "-n",
                            "-t",
                            Path.of(System.getProperty("btest.examples"), "bandwidth-test.jmx")
                                    .toString(),
                            "-l",
                            jtl.toString(),
                            "-j",
                            directory.resolve("jmeter.log").toString(),
                            "-Jbtest.host=127.0.0.1",
                            "-Jbtest.port=" + server.awaitPort(),
                            "-Jbtest.protocol=" + workload.protocol(),
                            "-Jbtest.direction=" + workload.direction(),
                            "-Jbtest.duration=" + seconds,
                            "-Jbtest.omit=1",
                            "-Jbtest.localUdpTxSize=" + Math.max(28, workload.size()),
                            "-Jbtest.remoteUdpTxSize=" + Math.max(28, workload.size()),
                            "-Jjmeter.save.saveservice.output_format=xml",
                            "-Jjmeter.save.saveservice.response_data=true")
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output.txt").toFile())
                    .start();
            double rate = 0;
            if (!workload.direction().equals("receive")) {
                server.awaitEnd();
                rate += server.settledRate();
            }
            jmeter.waitFor();
            return workload.direction().equals("transmit") ? rate : rate + received(jtl);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** The average that the final sample's JSON holds. */
    private static double received(Path jtl) throws IOException {
        String text = Files.readString(jtl).replace("&quot;", "\"");
        int json = text.lastIndexOf('{', text.indexOf("\"result\""));
        if (json < 0) {
            throw new IOException("no result in " + jtl + ", see the files beside it");
        }
        return new ObjectMapper()
                .readTree(text.substring(json))
                .path("average")
                .path("rxBitsPerSecond")
                .asDouble();
    }
}
