package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.Authentication;
import io.github.jmeterbtest.engine.report.ByteUnit;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.IntervalReports;
import io.github.jmeterbtest.engine.report.LatencyUnderLoad;
import io.github.jmeterbtest.engine.report.TestReport;
import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Made-up measurements. */
public final class Reports {
    public static final long SECOND = 1_000_000_000L;

    private Reports() {}

    public static IntervalReport interval(int index, long startNanos, long lengthNanos, long rxBytes, long txBytes) {
        return IntervalReports.of(
                index,
                startNanos,
                lengthNanos,
                rxBytes,
                txBytes,
                7,
                8,
                3,
                2,
                1,
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN,
                false,
                42,
                IntervalReport.UNKNOWN,
                false,
                false);
    }

    /** One second after the other. */
    public static IntervalReport second(int index, long rxBytes, long txBytes) {
        return interval(index, index * SECOND, SECOND, rxBytes, txBytes);
    }

    /** A second that the peer owes its word on. */
    public static IntervalReport owed(int index, long rxBytes, long txBytes) {
        return IntervalReports.of(
                index,
                index * SECOND,
                SECOND,
                rxBytes,
                txBytes,
                7,
                8,
                3,
                2,
                1,
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN,
                true,
                42,
                IntervalReport.UNKNOWN,
                false,
                false);
    }

    public static TestReport of(List<IntervalReport> intervals) {
        return of(intervals, null);
    }

    public static TestReport of(List<IntervalReport> intervals, ByteUnit arrivedUnit) {
        return of(Direction.BOTH, intervals, arrivedUnit);
    }

    /** {@return of a test with latency probes} */
    public static TestReport of(LatencyUnderLoad latency, List<IntervalReport> intervals) {
        return of(Direction.BOTH, intervals, null, latency);
    }

    /** {@return of a test in one direction or both, as the client names it} */
    public static TestReport of(Direction direction, List<IntervalReport> intervals, ByteUnit arrivedUnit) {
        return of(direction, intervals, arrivedUnit, LatencyUnderLoad.NONE);
    }

    private static TestReport of(
            Direction direction, List<IntervalReport> intervals, ByteUnit arrivedUnit, LatencyUnderLoad latency) {
        return new TestReport(
                new Command(Protocol.UDP, direction, true, 4, 1500, 0, 0, 0),
                direction.clientReceives(),
                direction.clientTransmits(),
                Authentication.MD5,
                "admin",
                address(50_000),
                address(2000),
                2257,
                2001,
                3,
                Instant.ofEpochMilli(1_700_000_000_000L),
                1_500_000,
                4_000_000,
                5_250_000,
                12_000_000,
                true,
                4_194_304,
                IntervalReport.UNKNOWN,
                IntervalReport.UNKNOWN,
                arrivedUnit,
                Duration.ofSeconds(1),
                latency,
                "",
                intervals);
    }

    /** {@return a UDP test of five seconds while it runs, with intervals of one second} */
    public static RunningTest running(Instant started) {
        return new RunningTest(Protocol.UDP, Duration.ofSeconds(1), Optional.of(Duration.ofSeconds(5)), () -> started);
    }

    /** The response data of a final sample. */
    public static byte[] json(TestReport report) {
        return ReportJson.of(report);
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }
}
