package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.EngineProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * {@code mvn -Pbench -Dbench.main=Pacing}: how well the engine holds the rate that was asked for, TCP and UDP, over
 * loopback. Prints how far the worst second of each test is off, in percent of what was asked; in brackets what a
 * single packet is, where that is more than a tenth of a percent. {@code -Dbench.seconds} (5).
 */
public final class Pacing {
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    private static final List<Workload> WORKLOADS = List.of(
            new Workload("tcp", "transmit", 0, 1),
            new Workload("udp", "transmit", 1500, 1),
            new Workload("udp", "transmit", 200, 1),
            new Workload("udp", "transmit", 64, 1));
    private static final double OUT_OF_REACH_PERCENT = 5;
    private static final double COARSE_PERCENT = 0.1;

    private Pacing() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException {
        printRow("asked", WORKLOADS.stream().map(Workload::toString).toList());
        for (long megabits : new long[] {1, 10, 100, 500, 1000}) {
            List<String> cells = new ArrayList<>();
            for (Workload workload : WORKLOADS) {
                cells.add(worstSecond(workload, megabits));
            }
            printRow(megabits + " Mbit/s", cells);
        }
    }

    private static String worstSecond(Workload workload, long megabits) throws IOException {
        double asked = megabits * 1e6;
        double worst = 0;
        for (Map<String, Long> second : seconds(workload, megabits)) {
            double off = (second.get("tx") * 8e9 / second.get("nanos") / asked - 1) * 100;
            worst = Math.abs(off) > Math.abs(worst) ? off : worst;
        }
        if (worst < -OUT_OF_REACH_PERCENT) {
            return "out of reach";
        }
        double packet = workload.size() * 8 / asked * 100;
        String percent = String.format(Locale.ROOT, "%+.2f %%", worst);
        return packet > COARSE_PERCENT ? percent + String.format(Locale.ROOT, " (%.2f)", packet) : percent;
    }

    private static List<Map<String, Long>> seconds(Workload workload, long megabits) throws IOException {
        try (EngineProcess server = EngineProcess.start(UnaryOperator.identity(), List.of("role=server"));
                EngineProcess client = EngineProcess.start(
                        UnaryOperator.identity(),
                        List.of(
                                "role=client",
                                "server=127.0.0.1",
                                "port=" + server.awaitPort(),
                                "protocol=" + workload.protocol(),
                                "direction=" + workload.direction(),
                                "seconds=" + SECONDS,
                                "speed=" + megabits + "M",
                                "size=" + (workload.udp() ? workload.size() : 1500)))) {
            client.awaitEnd();
            return client.intervals();
        }
    }

    private static void printRow(String rate, List<String> cells) {
        System.out.println(String.format("%-12s", rate)
                + cells.stream().map(cell -> String.format("%20s", cell)).collect(Collectors.joining()));
    }
}
