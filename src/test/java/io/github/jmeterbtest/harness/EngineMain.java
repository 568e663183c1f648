package io.github.jmeterbtest.harness;

import io.github.jmeterbtest.engine.BandwidthClient;
import io.github.jmeterbtest.engine.BandwidthServer;
import io.github.jmeterbtest.engine.ClientOptions;
import io.github.jmeterbtest.engine.ServerOptions;
import io.github.jmeterbtest.engine.ServerSession;
import io.github.jmeterbtest.engine.platform.Batching;
import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import io.github.jmeterbtest.protocol.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The engine alone in a process of its own, for measurements. Arguments are {@code role=server bind=… sessions=…} or
 * {@code role=client server=… port=… protocol=… direction=… seconds=… size=… speed=… connections=… omit=… probes=…};
 * with {@code interface=NAME} each interval carries what the interface had counted at its end. A server prints
 * {@code ready port=… batching=…}, the latter 1 where this Java and system can move several datagrams in a call, and
 * {@code second index=…} as soon as it has measured one. Both print after each test a line {@code interval key=value …}
 * for each second and a line {@code end key=value …}; {@code batched=1} means that this end moved batches.
 */
public final class EngineMain {
    private EngineMain() {}

    /** @param arguments key=value */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            options.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        Optional<InterfaceLog> counters =
                Optional.ofNullable(options.get("interface")).map(InterfaceLog::start);
        if (options.get("role").equals("server")) {
            serve(options, counters);
        } else {
            print(test(options), counters);
        }
    }

    private static void serve(Map<String, String> options, Optional<InterfaceLog> counters) throws Exception {
        ServerOptions offer = ServerOptions.builder()
                .bindAddress(options.getOrDefault("bind", "127.0.0.1"))
                .port(0)
                .udpPortsFrom(Integer.parseInt(options.getOrDefault("udpPortsFrom", "22001")))
                .maxSessions(10_000)
                .build();
        // a server keeps the last hundred ended sessions for whoever asks: so all are taken as they begin, and told one
        // by one
        ExecutorService inTurn = Executors.newSingleThreadExecutor();
        // its thread, while there is one to be had
        inTurn.execute(() -> {});
        try (BandwidthServer server = BandwidthServer.start(offer)) {
            System.out.println(
                    "ready port=" + server.address().getPort() + " batching=" + (Batching.enabled() ? 1 : 0));
            for (int left = Integer.parseInt(options.getOrDefault("sessions", "1")); left > 0; left--) {
                Optional<ServerSession> session = server.awaitSession(Duration.ofSeconds(60), any -> true);
                if (session.isEmpty()) {
                    break;
                }
                System.out.println("begin");
                inTurn.execute(() -> print(follow(session.get()), counters));
            }
            inTurn.shutdown();
            inTurn.awaitTermination(1, TimeUnit.HOURS);
        }
    }

    private static TestReport follow(ServerSession session) {
        try {
            return session.follow(second -> {});
        } catch (BtestException e) {
            System.out.println("failed: " + e.getMessage());
            return e.report().orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this", e);
        }
    }

    private static TestReport test(Map<String, String> options) throws BtestException {
        int size = Integer.parseInt(options.getOrDefault("size", "1500"));
        long speed = Rate.parse("speed", options.getOrDefault("speed", ""), Command.MAX_SPEED);
        ClientOptions test = ClientOptions.builder()
                .server(options.get("server"))
                .port(Integer.parseInt(options.get("port")))
                .protocol(Protocol.valueOf(options.get("protocol").toUpperCase(Locale.ROOT)))
                .direction(Direction.valueOf(options.get("direction").toUpperCase(Locale.ROOT)))
                .duration(Duration.ofSeconds(Integer.parseInt(options.get("seconds"))))
                .localUdpTxSize(size)
                .remoteUdpTxSize(size)
                .localTxSpeed(speed)
                .remoteTxSpeed(speed)
                .omit(Duration.ofSeconds(Integer.parseInt(options.getOrDefault("omit", "0"))))
                .latencyProbes(Duration.ofMillis(Integer.parseInt(options.getOrDefault("probes", "0"))))
                .connectionCount(Integer.parseInt(options.getOrDefault("connections", "1")))
                .build();
        return new BandwidthClient(test).run(second -> {});
    }

    private static void print(TestReport report, Optional<InterfaceLog> counters) {
        for (IntervalReport second : report.intervals()) {
            StringBuilder line = new StringBuilder("interval");
            add(line, "index", second.index());
            add(line, "nanos", second.lengthNanos());
            add(line, "rx", second.rxBytes());
            add(line, "tx", second.txBytes());
            add(line, "arrived", second.remoteRxBytes());
            add(line, "lost", second.lostPackets());
            add(line, "dropped", second.hostDroppedPackets());
            Instant cut = report.started().plusNanos(second.startNanos() + second.lengthNanos());
            counters.ifPresent(log -> {
                add(line, "if_rx_bytes", log.at(cut).bytes());
                add(line, "if_rx_packets", log.at(cut).packets());
                add(line, "late", log.longestWaitAbout(cut));
            });
            System.out.println(line);
        }
        StringBuilder line = new StringBuilder("end");
        add(line, "nanos", report.transferNanos());
        add(line, "rx", report.rxBytes());
        add(line, "tx", report.txBytes());
        add(line, "lost", report.lostPackets());
        add(line, "dropped", IntervalReport.sumOfKnown(report.intervals(), IntervalReport::hostDroppedPackets));
        add(line, "batched", report.batched() ? 1 : 0);
        add(line, "idle", report.latency().idle().medianNanos());
        add(line, "loaded", report.latency().loaded().medianNanos());
        add(line, "probes", report.latency().loaded().answered());
        System.out.println(line);
    }

    private static void add(StringBuilder line, String key, long value) {
        line.append(' ').append(key).append('=').append(value);
    }
}
