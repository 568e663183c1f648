package io.github.jmeterbtest.bench;

import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.harness.FleetMain;
import io.github.jmeterbtest.harness.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * {@code mvn -Pbench -Dbench.main=Scale}: 500 sessions at once at 2 Mbit/s each, one server process and one of clients.
 * {@code -Dbench.sessions}, {@code -Dbench.seconds}.
 */
public final class Scale {
    private static final int SESSIONS = Integer.getInteger("bench.sessions", 500);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 10);
    private static final long SPEED = 2_000_000;

    private Scale() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws Exception {
        for (String protocol : List.of("tcp", "udp")) {
            for (String direction : List.of("receive", "transmit")) {
                measure(protocol, direction);
            }
        }
    }

    private static void measure(String protocol, String direction) throws IOException, InterruptedException {
        try (EngineProcess server =
                EngineProcess.start(UnaryOperator.identity(), List.of("role=server", "sessions=" + SESSIONS))) {
            Process fleet = new ProcessBuilder(JavaCommand.of(
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FleetMain.class.getName(),
                            "" + server.awaitPort(),
                            protocol,
                            direction,
                            "" + SESSIONS,
                            "" + SECONDS,
                            "" + SPEED))
                    .inheritIO()
                    .start();
            long fleetPeak = 0;
            long serverPeak = 0;
            long serverThreads = 0;
            for (int i = 0; i < SESSIONS; i++) {
                server.awaitEnd();
                if (fleet.isAlive()) {
                    fleetPeak = Math.max(fleetPeak, status(fleet.toHandle(), "VmHWM"));
                    serverPeak = Math.max(serverPeak, status(server.handle(), "VmHWM"));
                    serverThreads = Math.max(serverThreads, status(server.handle(), "Threads"));
                }
            }
            fleet.waitFor();
            System.out.printf(
                    Locale.ROOT,
                    "%s %s: server peak %d MiB resident, %d threads left at its first end; clients peak %d MiB%n",
                    protocol,
                    direction,
                    serverPeak / 1024,
                    serverThreads,
                    fleetPeak / 1024);
        }
    }

    private static long status(ProcessHandle process, String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith(field + ":")) {
                return Long.parseLong(line.replaceAll("\\D+", ""));
            }
        }
        return 0;
    }
}
