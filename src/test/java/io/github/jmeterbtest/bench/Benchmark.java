package io.github.jmeterbtest.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code mvn -Pbench}: measures the engine, iperf3 and the plugin inside JMeter in turn over loopback, each with client
 * and server in processes of their own. Prints the medians, and the median of the ratios of each round: a machine's
 * speed wanders, but less from one contestant to the next than over the whole run. Behind a ratio stand the lowest and
 * the highest round. Not a test: the figures belong to the machine. {@code -Dbench.rounds} (5) and
 * {@code -Dbench.seconds} (5) change its length, {@code -Dbench.only=udp.*} leaves rows out.
 */
public final class Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    private static final String ONLY = System.getProperty("bench.only", ".*");

    private Benchmark() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        List<Workload> workloads = List.of(
                new Workload("tcp", "receive", 0),
                new Workload("tcp", "transmit", 0),
                new Workload("tcp", "both", 0),
                new Workload("udp", "receive", 1500),
                new Workload("udp", "transmit", 1500),
                new Workload("udp", "receive", 200),
                new Workload("udp", "transmit", 200));
        Contestant engine = new EngineContestant();
        Contestant jmeter = new JMeterContestant();
        List<Contestant> contestants = new ArrayList<>(List.of(engine, jmeter));
        List<Ratio> ratios = new ArrayList<>(List.of(new Ratio(jmeter, engine)));
        if (Iperf3Contestant.installed()) {
            Contestant iperf3 = new Iperf3Contestant();
            contestants.add(0, iperf3);
            ratios.add(0, new Ratio(engine, iperf3));
        } else {
            System.out.println("iperf3 is not installed, so its column is left out");
        }
        System.out.printf(
                "%d rounds of %d s, in turn; medians, Gbit/s that arrived;"
                        + " ours without the first second, in which Java compiles%n%n",
                ROUNDS, SECONDS);
        printRow("", contestants.stream().map(Contestant::name), ratios.stream().map(Ratio::name));
        for (Workload workload : workloads) {
            if (workload.toString().matches(ONLY)) {
                measure(workload, contestants, ratios);
            }
        }
    }

    /** Two contestants that are compared. */
    private record Ratio(Contestant over, Contestant under) {
        String name() {
            return over.name() + "/" + under.name();
        }

        String of(Map<Contestant, List<Double>> rates) {
            List<Double> rounds = IntStream.range(0, ROUNDS)
                    .mapToObj(round ->
                            rates.get(over).get(round) / rates.get(under).get(round))
                    .toList();
            return String.format(
                    Locale.ROOT, "%.2f (%.2f-%.2f)", median(rounds), Collections.min(rounds), Collections.max(rounds));
        }
    }

    private static void measure(Workload workload, List<Contestant> contestants, List<Ratio> ratios)
            throws IOException {
        Map<Contestant, List<Double>> rates = new LinkedHashMap<>();
        contestants.forEach(contestant -> rates.put(contestant, new ArrayList<>()));
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : contestants) {
                rates.get(contestant).add(contestant.run(workload, SECONDS));
            }
        }
        printRow(
                workload.toString(),
                contestants.stream()
                        .map(contestant -> String.format(Locale.ROOT, "%.2f", median(rates.get(contestant)) / 1e9)),
                ratios.stream().map(ratio -> ratio.of(rates)));
    }

    private static void printRow(String workload, Stream<String> rates, Stream<String> ratios) {
        System.out.println(String.format("%-18s", workload)
                + rates.map(cell -> String.format("%10s", cell)).collect(joining())
                + ratios.map(cell -> String.format("%20s", cell)).collect(joining()));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
