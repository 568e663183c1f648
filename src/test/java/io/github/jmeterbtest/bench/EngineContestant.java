package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.EngineProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Our engine without JMeter.
 *
 * @param jvmOptions of client and server
 */
record EngineContestant(String name, List<String> jvmOptions) implements Contestant {
    /** An engine that moves one datagram in each system call, and copies what comes over TCP. */
    static final List<String> SINGLE = List.of("-Dbtest.batching=false");

    @Override
    public Figures run(Workload workload, Link link, int seconds) throws IOException, InterruptedException {
        try (EngineProcess server = startServer(link, jvmOptions);
                EngineProcess client = EngineProcess.start(
                        link.onClient(),
                        jvmOptions,
                        List.of(
                                "role=client",
                                "server=" + link.serverAddress(),
                                "port=" + server.awaitPort(),
                                "protocol=" + workload.protocol(),
                                "direction=" + workload.direction(),
                                "seconds=" + seconds,
                                "size=" + workload.sizeOption(),
                                "connections=" + workload.connections()))) {
            double coresBusy = CpuMeter.coresBusy(server, client.handle(), seconds);
            Map<String, Long> clientsEnd = client.awaitEnd();
            Map<String, Long> serversEnd = server.awaitEnd();
            Map<String, Long> receiver = workload.direction().equals("receive") ? clientsEnd : serversEnd;
            return new Figures(
                    client.settledRate() + server.settledRate(),
                    coresBusy,
                    lossPercent(workload, receiver),
                    hostDrops(receiver));
        }
    }

    /** @return a server for one test */
    static EngineProcess startServer(Link link, List<String> jvmOptions) throws IOException {
        return EngineProcess.start(link.onServer(), jvmOptions, List.of("role=server", "bind=" + link.serverAddress()));
    }

    /** @param end what the receiver counted */
    static double lossPercent(Workload workload, Map<String, Long> end) {
        double lost = end.get("lost");
        return workload.udp() ? 100 * lost / (lost + end.get("rx") / workload.size()) : Double.NaN;
    }

    /** @param end what the receiver counted */
    static double hostDrops(Map<String, Long> end) {
        long dropped = end.get("dropped");
        return dropped < 0 ? Double.NaN : dropped;
    }
}
