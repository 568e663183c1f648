package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.EngineProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Our engine without JMeter. */
final class EngineContestant implements Contestant {
    @Override
    public String name() {
        return "engine";
    }

    @Override
    public double run(Workload workload, int seconds) throws IOException {
        try (EngineProcess server = EngineProcess.start(UnaryOperator.identity(), List.of("role=server"))) {
            List<String> options = new ArrayList<>(List.of(
                    "role=client",
                    "server=127.0.0.1",
                    "port=" + server.awaitPort(),
                    "protocol=" + workload.protocol(),
                    "direction=" + workload.direction(),
                    "seconds=" + seconds));
            if (workload.udp()) {
                options.add("size=" + workload.size());
            }
            try (EngineProcess client = EngineProcess.start(UnaryOperator.identity(), options)) {
                client.awaitEnd();
                server.awaitEnd();
                return client.settledRate() + server.settledRate();
            }
        }
    }
}
