package io.github.jmeterbtest.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.harness.EngineProcess;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that stands still for three seconds in the middle of a test, as in a debugger or a virtual machine that is
 * moved. Both ends go on, call the gap a gap, and count nothing that did not come.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signal that stops a process")
class StoppedProcessTest {
    private static final long SPEED = 8_000_000;
    private static final int SECONDS = 8;
    private static final int STOPPED_SECONDS = 3;
    /** A little of the time may belong to the seconds before and behind. */
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(STOPPED_SECONDS) * 2 / 3;

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aServerThatStandsStillLeavesAGap(Protocol protocol) throws Exception {
        try (EngineProcess server = EngineProcess.start(
                UnaryOperator.identity(), List.of("role=server", "udpPortsFrom=" + Ports.ofServer()))) {
            TestReport report = new BandwidthClient(Loopback.client(server.awaitPort())
                            .protocol(protocol)
                            .direction(Direction.BOTH)
                            .localTxSpeed(SPEED)
                            .remoteTxSpeed(SPEED)
                            .duration(Duration.ofSeconds(SECONDS))
                            .interval(Duration.ofSeconds(1))
                            .build())
                    .run(standingStill(server));
            Map<String, Long> other = server.awaitEnd();

            assertThat(report.rxBytes()).isPositive().isLessThanOrEqualTo(other.get("tx"));
            assertThat(report.arrivedBytes()).isPositive().isLessThanOrEqualTo(other.get("rx"));
            assertHasGap(server.intervals());
            assertThat(server.intervals().stream().mapToLong(i -> i.get("rx")).sum())
                    .isEqualTo(other.get("rx"));
            assertTiles(report);
            if (protocol == Protocol.UDP) {
                assertThat(report.longestGapNanos()).isGreaterThan(GAP_NANOS);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void aClientThatStandsStillLeavesAGap(Protocol protocol) throws Exception {
        try (BandwidthServer server = BandwidthServer.start(
                        Loopback.server().interval(Duration.ofSeconds(1)).build());
                EngineProcess client = EngineProcess.start(UnaryOperator.identity(), clientOf(server, protocol))) {
            ServerSession session =
                    server.awaitSession(Duration.ofSeconds(30), any -> true).orElseThrow();
            CompletableFuture<TestReport> served = new CompletableFuture<>();
            Thread following = new Thread(() -> follow(session, standingStill(client), served));
            following.start();
            Map<String, Long> other = client.awaitEnd();
            TestReport report = served.get(20, TimeUnit.SECONDS);

            assertThat(report.rxBytes()).isPositive().isLessThanOrEqualTo(other.get("tx"));
            assertThat(other.get("rx")).isPositive().isLessThanOrEqualTo(report.txBytes());
            assertHasGap(client.intervals());
            assertThat(client.intervals().stream()
                            .mapToLong(interval -> Math.max(0, interval.get("arrived")))
                            .sum())
                    .isPositive()
                    .isLessThanOrEqualTo(report.rxBytes());
            assertTiles(report);
        }
    }

    private static List<String> clientOf(BandwidthServer server, Protocol protocol) {
        return List.of(
                "role=client",
                "server=127.0.0.1",
                "port=" + server.address().getPort(),
                "protocol=" + protocol.name().toLowerCase(Locale.ROOT),
                "direction=both",
                "speed=" + SPEED,
                "seconds=" + SECONDS);
    }

    private static void follow(
            ServerSession session, Consumer<IntervalReport> listener, CompletableFuture<TestReport> result) {
        try {
            result.complete(session.follow(listener));
        } catch (Exception e) {
            result.completeExceptionally(e);
        }
    }

    /** After its second second, until three more have passed at this end. */
    private static Consumer<IntervalReport> standingStill(EngineProcess process) {
        return interval -> {
            if (interval.index() == 1) {
                signal("STOP", process);
            } else if (interval.index() == 1 + STOPPED_SECONDS) {
                signal("CONT", process);
            }
        };
    }

    private static void signal(String signal, EngineProcess process) {
        try {
            int status = new ProcessBuilder(
                            "kill", "-" + signal, "" + process.handle().pid())
                    .start()
                    .waitFor();
            assertThat(status).as("status of kill").isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertHasGap(List<Map<String, Long>> intervals) {
        assertThat(intervals)
                .as("an interval as long as it stood still")
                .anyMatch(interval -> interval.get("nanos") > GAP_NANOS);
    }

    private static void assertTiles(TestReport report) {
        long end = 0;
        for (IntervalReport interval : report.intervals()) {
            assertThat(interval.startNanos()).isEqualTo(end);
            end += interval.lengthNanos();
        }
        assertThat(report.transferNanos()).isEqualTo(end);
        assertThat(report.intervals().stream()
                        .mapToLong(IntervalReport::rxBytes)
                        .sum())
                .isEqualTo(report.rxBytes());
    }
}
