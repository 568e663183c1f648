package io.github.jmeterbtest.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code mvn -Pbench}: measures the engine, iperf3 and the plugin inside JMeter in turn over loopback, each with client and
 * server in processes of their own, and prints the medians. Not a test: the figures belong to the machine.
 * {@code -Dbench.rounds} (5) and {@code -Dbench.seconds} (5) change its length, {@code -Dbench.only=udp.*} leaves rows out.
 */
public final class Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    private static final String ONLY = System.getProperty("bench.only", ".*");

    private Benchmark() {
    }

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        List<Workload> workloads = List.of(
                new Workload("tcp", "receive", 0), new Workload("tcp", "transmit", 0), new Workload("tcp", "both", 0),
                new Workload("udp", "receive", 1500), new Workload("udp", "transmit", 1500),
                new Workload("udp", "receive", 200), new Workload("udp", "transmit", 200));
        List<Contestant> contestants = new ArrayList<>(List.of(new EngineContestant()));
        if (Iperf3Contestant.installed()) {
            contestants.add(new Iperf3Contestant());
        } else {
            System.out.println("iperf3 is not installed, so its column is left out");
        }
        contestants.add(new JMeterContestant());
        System.out.printf("%d rounds of %d s, in turn; medians, Gbit/s that arrived; without the first second, in which Java compiles%n%n", ROUNDS, SECONDS);
        printRow("", contestants.stream().map(Contestant::name).toList(), "engine/iperf3", "JMeter/engine");
        for (Workload workload : workloads) {
            if (workload.toString().matches(ONLY)) {
                measure(workload, contestants);
            }
        }
    }

    private static void measure(Workload workload, List<Contestant> contestants) throws IOException {
        List<List<Double>> rates = new ArrayList<>();
        contestants.forEach(c -> rates.add(new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                rates.get(i).add(contestants.get(i).run(workload, SECONDS));
            }
        }
        List<Double> medians = rates.stream().map(Benchmark::median).toList();
        double engine = medians.get(0);
        String overIperf3 = contestants.size() < 3 ? "-" : ratio(engine / medians.get(1));
        String jmeterOver = ratio(medians.get(medians.size() - 1) / engine);
        printRow(workload.toString(), medians.stream().map(m -> String.format(Locale.ROOT, "%.2f", m / 1e9)).toList(),
                overIperf3, jmeterOver);
    }

    private static void printRow(String workload, List<String> cells, String... ratios) {
        StringBuilder row = new StringBuilder(String.format("%-20s", workload));
        cells.forEach(cell -> row.append(String.format("%12s", cell)));
        for (String ratio : ratios) {
            row.append(String.format("%16s", ratio));
        }
        System.out.println(row);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
