package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.harness.NetworkLab;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code mvn -Pbench -Dbench.main=Pacing}: how well the engine holds the rate that was asked for. "Single" is the
 * engine without batches of datagrams, where it has them. {@code -Dbench.seconds} (5), {@code -Dbench.java=HOME}.
 *
 * <p>The first table is TCP and UDP over loopback: how far the worst second of each test is off, in percent of what was
 * asked; in brackets what a single packet is, where that is more than a tenth of a percent. The second table is UDP
 * over a link that each packet crosses alone, where namespaces work and tcpdump is installed: see {@link Bursts}.
 */
public final class Pacing {
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    private static final long[] MEGABITS = {1, 10, 100, 500, 1000, 3000};
    private static final int[] SIZES = {1500, 200, 64};
    private static final double OUT_OF_REACH_PERCENT = 5;
    private static final double COARSE_PERCENT = 0.1;
    private static final String OUT_OF_REACH = "out of reach";

    private final List<Column> udp = new ArrayList<>();

    /** What is measured at each rate. */
    private record Column(String name, Workload workload, List<String> jvmOptions) {}

    private Pacing() throws IOException {
        boolean canBatch = EngineProcess.canBatch();
        for (int size : SIZES) {
            Workload workload = new Workload("udp", "transmit", size, 1);
            udp.add(new Column("udp " + size, workload, List.of()));
            if (canBatch) {
                udp.add(new Column("udp " + size + " single", workload, EngineContestant.SINGLE));
            }
        }
    }

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException {
        Pacing pacing = new Pacing();
        System.out.println("The worst second, in percent of what was asked");
        pacing.printWorstSeconds();
        System.out.println();
        System.out.println("Packets in a burst, median and 99 %; and the longest queue before a link of that rate, µs");
        if (NetworkLab.works() && PacketCapture.works()) {
            try (NetworkLab lab = new NetworkLab()) {
                pacing.printBursts(lab);
            }
        } else {
            System.out.println("left out: needs namespaces and tcpdump");
        }
    }

    private void printWorstSeconds() throws IOException {
        List<Column> columns = new ArrayList<>(udp);
        columns.add(0, new Column("tcp", new Workload("tcp", "transmit", 0, 1), List.of()));
        printHeading(columns);
        for (long megabits : MEGABITS) {
            List<String> cells = new ArrayList<>();
            for (Column column : columns) {
                List<Map<String, Long>> seconds = run(column, Link.loopback(), megabits);
                cells.add(worstSecond(seconds, column.workload(), megabits * 1e6));
            }
            printRow(megabits + " Mbit/s", cells);
        }
    }

    private void printBursts(NetworkLab lab) throws IOException {
        printHeading(udp);
        for (long megabits : MEGABITS) {
            List<String> cells = new ArrayList<>();
            for (Column column : udp) {
                cells.add(bursts(lab, column, megabits));
            }
            printRow(megabits + " Mbit/s", cells);
        }
    }

    private static String bursts(NetworkLab lab, Column column, long megabits) throws IOException {
        try (PacketCapture capture = PacketCapture.start(lab)) {
            List<Map<String, Long>> seconds = run(column, Link.wire(lab), megabits);
            if (outOfReach(seconds, megabits * 1e6)) {
                return OUT_OF_REACH;
            }
            double gapNanos = column.workload().size() * 8e3 / megabits;
            return capture.stop()
                    .map(times -> Bursts.of(times, gapNanos).toString())
                    .orElse("not captured");
        }
    }

    private static String worstSecond(List<Map<String, Long>> seconds, Workload workload, double asked) {
        if (outOfReach(seconds, asked)) {
            return OUT_OF_REACH;
        }
        double worst = Collections.max(percentOff(seconds, asked), Comparator.comparing(Math::abs));
        double packet = workload.size() * 8 / asked * 100;
        String percent = String.format(Locale.ROOT, "%+.2f %%", worst);
        return packet > COARSE_PERCENT ? percent + String.format(Locale.ROOT, " (%.2f)", packet) : percent;
    }

    /** Not one second reached the rate; a stall of the machine spoils some. */
    private static boolean outOfReach(List<Map<String, Long>> seconds, double asked) {
        return Collections.max(percentOff(seconds, asked)) < -OUT_OF_REACH_PERCENT;
    }

    private static List<Double> percentOff(List<Map<String, Long>> seconds, double asked) {
        return seconds.stream()
                .map(second -> (second.get("tx") * 8e9 / second.get("nanos") / asked - 1) * 100)
                .toList();
    }

    private static List<Map<String, Long>> run(Column column, Link link, long megabits) throws IOException {
        Workload workload = column.workload();
        try (EngineProcess server = EngineContestant.startServer(link, column.jvmOptions());
                EngineProcess client = EngineProcess.start(
                        link.onClient(),
                        column.jvmOptions(),
                        List.of(
                                "role=client",
                                "server=" + link.serverAddress(),
                                "port=" + server.awaitPort(),
                                "protocol=" + workload.protocol(),
                                "direction=" + workload.direction(),
                                "seconds=" + SECONDS,
                                "speed=" + megabits + "M",
                                "size=" + workload.sizeOption()))) {
            client.awaitEnd();
            return client.intervals();
        }
    }

    private static void printHeading(List<Column> columns) {
        printRow("asked", columns.stream().map(Column::name).toList());
    }

    private static void printRow(String rate, List<String> cells) {
        System.out.println(String.format("%-12s", rate)
                + cells.stream().map(cell -> String.format("%20s", cell)).collect(Collectors.joining()));
    }
}
