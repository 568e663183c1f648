package io.github.jmeterbtest.engine.search;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.engine.report.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the report of a UDP test at a capped rate shows as a trial. In both directions the worse one counts. */
public final class UdpTrial {
    /** A count over a time can be one packet off at each end of it. */
    private static final double ROUNDING_PACKETS = 2;

    private static final double WHOLE = 0.9;

    private static final double MOST = 0.5;
    private static final Set<ErrorKind> OVERLOADED = EnumSet.of(ErrorKind.PEER_LOST, ErrorKind.NO_DATA);

    private final TestReport report;
    private final double wanted;
    private final int packetBytes;

    private UdpTrial(TestReport report, double wanted, int packetBytes) {
        this.report = report;
        this.wanted = wanted;
        this.packetBytes = packetBytes;
    }

    /**
     * @param report of a test that waited for its tail
     * @param bitsPerSecond the cap in each direction, bit/s
     * @param packetBytes size of an IP packet, bytes
     * @throws BtestException of kind {@link ErrorKind#NO_DATA} if the server has not reported what it received
     */
    public static Observation read(TestReport report, long bitsPerSecond, int packetBytes) throws BtestException {
        return new UdpTrial(report, (double) bitsPerSecond, packetBytes).read();
    }

    /**
     * @param failure of a UDP test
     * @param bitsPerSecond the cap in each direction, bit/s
     * @param packetBytes size of an IP packet, bytes
     * @param lostPeerTime of the test
     * @return whether this is how a test ends that floods the link: after a silence, with most of the data lost. It
     *     counts as a trial that lost everything. A server that closes the connection before, or of whose data most has
     *     come, has another reason, such as its maximum sessions or duration
     */
    public static boolean isOverload(
            BtestException failure, long bitsPerSecond, int packetBytes, Duration lostPeerTime) {
        return OVERLOADED.contains(failure.kind())
                && failure.report().stream()
                        .noneMatch(report -> (failure.kind() == ErrorKind.PEER_LOST
                                        && report.transferNanos() < lostPeerTime.toNanos())
                                || new UdpTrial(report, (double) bitsPerSecond, packetBytes).hasMost());
    }

    /** In each direction; what is not known to have come has not. */
    private boolean hasMost() {
        long packets =
                report.intervals().stream().mapToLong(IntervalReport::rxPackets).sum();
        boolean received = (double) packets >= due(report.transferNanos()) * MOST;
        boolean arrived = report.arrivedBytes() >= report.txBytes() * MOST;
        return (!report.receives() || received) && (!report.transmits() || arrived);
    }

    private Observation read() throws BtestException {
        List<Observation> directions = new ArrayList<>();
        if (report.receives()) {
            directions.add(received());
        }
        if (report.transmits()) {
            directions.add(sent());
        }
        Observation slower = directions.stream()
                .min(Comparator.comparingDouble(Observation::offeredBitsPerSecond))
                .orElseThrow();
        return new Observation(
                slower.offeredBitsPerSecond(),
                directions.stream()
                        .mapToDouble(Observation::arrivedBitsPerSecond)
                        .min()
                        .orElseThrow(),
                slower.packets(),
                directions.stream().mapToDouble(Observation::minLoss).max().orElseThrow(),
                directions.stream().mapToDouble(Observation::maxLoss).max().orElseThrow(),
                slower.source());
    }

    /** The sequence numbers tell how much the server has sent since the first datagram came. */
    private Observation received() {
        Loss loss = report.loss();
        if (!loss.isKnown()) {
            return Observation.nothingArrived(due(report.transferNanos()), Limit.SERVER_OR_QUEUE);
        }
        long dropped = loss.hostDroppedPackets();
        if (dropped == IntervalReport.UNKNOWN) {
            // the loss of a machine without CPU time may be its own
            dropped = report.cpuLimited() ? loss.lostPackets() : 0;
        }
        double packets = (double) loss.packets();
        long beforeFirst = Math.max(0, report.firstPayloadNanos() - report.handshakeNanos());
        double seen = offered(packets, report.transferNanos(), report.transferNanos() - beforeFirst);
        return new Observation(
                Math.max(seen, lately()),
                seen * (1 - loss.lostPackets() / packets),
                packets,
                (loss.lostPackets() - dropped) / packets,
                loss.lostPackets() / packets,
                report.cpuLimited() ? Limit.THIS_MACHINE : Limit.SERVER_OR_QUEUE);
    }

    /**
     * What stands in a queue at the end has no gap behind it. Once the queue is full and loses packets from then on,
     * the sequence numbers of a second go on by what was sent in a second.
     *
     * @return the rate of the last whole interval, bit/s, at most the one that was asked for; 0 if packets were not
     *     lost in each one since the first loss
     */
    private double lately() {
        List<IntervalReport> sinceLoss = report.intervals().stream()
                .filter(this::isWhole)
                .dropWhile(interval -> interval.lostPackets() == 0)
                .toList();
        if (sinceLoss.isEmpty() || sinceLoss.stream().anyMatch(interval -> interval.lostPackets() == 0)) {
            return 0;
        }
        IntervalReport last = sinceLoss.get(sinceLoss.size() - 1);
        long packets = last.rxPackets() - last.duplicatePackets() + last.lostPackets();
        return Math.min(rate((double) packets, last.lengthNanos()), wanted);
    }

    private boolean isWhole(IntervalReport interval) {
        return interval.lengthNanos() >= report.interval().toNanos() * WHOLE;
    }

    private Observation sent() throws BtestException {
        double sent = (double) report.txBytes();
        if (report.arrivedBytes() == IntervalReport.UNKNOWN) {
            throw new BtestException(
                    ErrorKind.NO_DATA, "the server did not report what it received; use longer trials");
        }
        if (report.txBytes() == 0) {
            return Observation.nothingArrived(due(report.transferNanos()), Limit.THIS_MACHINE);
        }
        double loss = Math.max(0, 1 - report.arrivedBytes() / sent);
        double packets = sent / packetBytes;
        return new Observation(
                offered(packets, report.transferNanos(), report.transferNanos()),
                packets,
                loss,
                loss,
                Limit.THIS_MACHINE);
    }

    private double due(long nanos) {
        return wanted * nanos / 8e9 / packetBytes;
    }

    /**
     * A source that starts late may make up for it or not, so its time is known only between two bounds.
     *
     * @param longest time in which it may have sent the packets, ns
     * @param shortest likewise
     */
    private double offered(double packets, long longest, long shortest) {
        if (packets < due(shortest) - ROUNDING_PACKETS) {
            return rate(packets, shortest);
        }
        return packets > due(longest) + ROUNDING_PACKETS ? rate(packets, longest) : wanted;
    }

    private double rate(double packets, long nanos) {
        return packets * packetBytes * 8e9 / nanos;
    }
}
