package io.github.jmeterbtest.bench;

import static java.util.stream.Collectors.joining;

import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.harness.NetworkLab;
import io.github.jmeterbtest.harness.NetworkLab.Offload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code mvn -Pbench}: measures the engine, iperf3 and the plugin inside JMeter in turn, each with client and server in
 * processes of their own. "Single" is the engine without batches of datagrams, where it has them. Prints the medians,
 * and the median of the ratios of each round: a machine's speed wanders, but less from one contestant to the next than
 * over the whole run. Behind a ratio stand the lowest and the highest round. Not a test: the figures belong to the
 * machine.
 *
 * <p>Rows are measured over loopback, which passes a batch of datagrams as one packet, and over a "wire", where each
 * packet crosses alone: two hosts in network namespaces and a router between them, with all segmentation switched off
 * at both ends of each link ({@code gso}, {@code tso}, {@code tx-udp-segmentation}), as is {@code gro} on the router.
 * It is on at the hosts, as behind a network card. The interfaces' counters show that packets cross alone.
 *
 * <p>{@code -Dbench.rounds} (5) and {@code -Dbench.seconds} (5, at least 2) change its length,
 * {@code -Dbench.only=wire.*} leaves rows out, {@code -Dbench.java=HOME} is the Java of the engine and of JMeter,
 * {@code -Dbench.iperf3=PATH} an iperf3.
 */
public final class Benchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    private static final String ONLY = System.getProperty("bench.only", ".*");

    private static final String RATE = "%15s";
    private static final String RATIO = "%22s";

    private final List<Contestant> contestants = new ArrayList<>();
    private final List<Ratio> ratios = new ArrayList<>();
    /** Printed at the end. */
    private final List<String> costs = new ArrayList<>();

    private Benchmark() throws IOException {
        Contestant engine = new EngineContestant("engine", List.of());
        Contestant jmeter = new JMeterContestant();
        contestants.add(engine);
        if (EngineProcess.canBatch()) {
            contestants.add(new EngineContestant("single", EngineContestant.SINGLE));
        }
        contestants.addAll(Iperf3Contestant.available());
        contestants.stream().skip(1).forEach(other -> ratios.add(new Ratio(engine, other)));
        contestants.add(jmeter);
        ratios.add(new Ratio(jmeter, engine));
    }

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.printf(
                "%d rounds of %d s, in turn; medians, Gbit/s that arrived;"
                        + " ours without the first second, in which Java compiles%n%n",
                ROUNDS, SECONDS);
        new Benchmark().run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.println(row(
                "",
                Stream.concat(
                        contestants.stream().map(each -> String.format(RATE, each.name())),
                        ratios.stream().map(each -> String.format(RATIO, each.name())))));
        measure(Link.loopback());
        if (NetworkLab.works()) {
            try (NetworkLab lab = new NetworkLab()) {
                lab.offload(Offload.RECEIVE);
                measure(Link.wire(lab));
            }
        } else {
            System.out.println("the rows of the wire are left out");
        }
        System.out.println();
        System.out.println("CPU seconds of client and server for a Gbit, loss in percent, packets dropped by the host");
        System.out.println();
        System.out.println(row("", contestants.stream().map(each -> String.format("%27s", each.name()))));
        costs.forEach(System.out::println);
    }

    private void measure(Link link) throws InterruptedException {
        for (Workload workload : Workload.all()) {
            String row = link.name() + workload;
            if (row.matches(ONLY)) {
                print(row, measure(workload, link));
            }
        }
    }

    private Results measure(Workload workload, Link link) throws InterruptedException {
        Results results = new Results();
        for (int round = 0; round < ROUNDS; round++) {
            for (Contestant contestant : contestants) {
                results.add(
                        contestant, contestant.takesPart(workload) ? run(contestant, workload, link) : Figures.NONE);
            }
        }
        return results;
    }

    private static Figures run(Contestant contestant, Workload workload, Link link) throws InterruptedException {
        try {
            return contestant.run(workload, link, SECONDS);
        } catch (IOException e) {
            System.out.println(contestant.name() + ", " + link.name() + workload + ": " + e.getMessage());
            return Figures.NONE;
        }
    }

    /** Two contestants that are compared. */
    private record Ratio(Contestant over, Contestant under) {
        String name() {
            return over.name() + "/" + under.name();
        }
    }

    private void print(String name, Results results) {
        Stream<String> rates = contestants.stream()
                .map(each -> String.format(RATE, results.median(each, Figures::gigabitsPerSecond, "%.2f")));
        Stream<String> compared =
                ratios.stream().map(ratio -> String.format(RATIO, results.ratio(ratio.over, ratio.under)));
        System.out.println(row(name, Stream.concat(rates, compared)));
        costs.add(row(name, contestants.stream().map(each -> costs(results, each))));
    }

    private static String costs(Results results, Contestant contestant) {
        return String.format(
                "%9s %7s %9s",
                results.median(contestant, Figures::cpuSecondsPerGigabit, "%.3f"),
                results.median(contestant, Figures::lossPercent, "%.2f"),
                results.median(contestant, Figures::hostDrops, "%.0f"));
    }

    private static String row(String name, Stream<String> cells) {
        return String.format("%-26s", name) + cells.collect(joining());
    }
}
