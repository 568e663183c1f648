package io.github.jmeterbtest.harness;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.BtestException;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.IntervalReport;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.ServerSession;
import io.github.jmeterbtest.engine.TestReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The engine alone in a process of its own, for measurements. Arguments are {@code role=server bind=… sessions=…} or
 * {@code role=client server=… port=… protocol=… direction=… seconds=… size=… speed=… connections=…}; with
 * {@code interface=NAME} each line carries the interface's counters as well. Prints {@code ready port=…}, a line
 * {@code interval key=value …} each second, and a line {@code end key=value …}.
 */
public final class EngineMain {
    private EngineMain() {
    }

    /** @param arguments key=value */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            options.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        String networkInterface = options.getOrDefault("interface", "");
        if (options.get("role").equals("server")) {
            serve(options, networkInterface);
        } else {
            test(options, networkInterface);
        }
    }

    private static void serve(Map<String, String> options, String networkInterface) throws Exception {
        ServerOptions offer = ServerOptions.builder().bindAddress(options.getOrDefault("bind", "127.0.0.1")).port(0)
                .udpPortsFrom(Integer.parseInt(options.getOrDefault("udpPortsFrom", "22001"))).maxSessions(10_000).build();
        try (BandwidthServer server = BandwidthServer.start(offer)) {
            System.out.println("ready port=" + server.address().getPort());
            for (int left = Integer.parseInt(options.getOrDefault("sessions", "1")); left > 0; left--) {
                Optional<ServerSession> session = server.awaitSession(Duration.ofSeconds(60), any -> true);
                if (session.isEmpty()) {
                    return;
                }
                print(follow(session.get(), networkInterface));
            }
        }
    }

    private static TestReport follow(ServerSession session, String networkInterface) throws InterruptedException {
        try {
            return session.follow(second -> print(second, networkInterface));
        } catch (BtestException e) {
            System.out.println("failed: " + e.getMessage());
            return e.report().orElseThrow();
        }
    }

    private static void test(Map<String, String> options, String networkInterface) throws BtestException {
        int size = Integer.parseInt(options.getOrDefault("size", "1500"));
        long speed = Rate.parse("speed", options.getOrDefault("speed", ""), Command.MAX_SPEED);
        ClientOptions test = ClientOptions.builder().server(options.get("server"))
                .port(Integer.parseInt(options.get("port")))
                .protocol(Protocol.valueOf(options.get("protocol").toUpperCase(Locale.ROOT)))
                .direction(Direction.valueOf(options.get("direction").toUpperCase(Locale.ROOT)))
                .duration(Duration.ofSeconds(Integer.parseInt(options.get("seconds"))))
                .localUdpTxSize(size).remoteUdpTxSize(size).localTxSpeed(speed).remoteTxSpeed(speed)
                .connectionCount(Integer.parseInt(options.getOrDefault("connections", "1"))).build();
        print(new BandwidthClient(test).run(second -> print(second, networkInterface)));
    }

    private static void print(IntervalReport second, String networkInterface) {
        StringBuilder line = new StringBuilder("interval");
        add(line, "index", second.index());
        add(line, "nanos", second.lengthNanos());
        add(line, "rx", second.rxBytes());
        add(line, "tx", second.txBytes());
        add(line, "arrived", second.remoteRxBytes());
        add(line, "lost", second.lostPackets());
        if (!networkInterface.isEmpty()) {
            for (String counter : new String[] {"rx_bytes", "rx_packets"}) {
                add(line, "if_" + counter, counter(networkInterface, counter));
            }
        }
        System.out.println(line);
    }

    private static void print(TestReport report) {
        StringBuilder line = new StringBuilder("end");
        add(line, "nanos", report.transferNanos());
        add(line, "rx", report.rxBytes());
        add(line, "tx", report.txBytes());
        add(line, "lost", report.lostPackets());
        System.out.println(line);
    }

    private static void add(StringBuilder line, String key, long value) {
        line.append(' ').append(key).append('=').append(value);
    }

    private static long counter(String networkInterface, String name) {
        try {
            return Long.parseLong(Files.readString(
                    Path.of("/sys/class/net", networkInterface, "statistics", name)).trim());
        } catch (IOException e) {
            throw new IllegalStateException("no counter " + name + " of interface " + networkInterface, e);
        }
    }
}
