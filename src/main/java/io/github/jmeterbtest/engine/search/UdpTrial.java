package io.github.jmeterbtest.engine.search;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.engine.report.TestReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the report of a UDP test at a capped rate shows as a trial. In both directions the worse one counts. */
public final class UdpTrial {
    /** A count over a time can be one packet off at each end of it. */
    private static final double ROUNDING_PACKETS = 2;

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
        return new UdpTrial(report, bitsPerSecond, packetBytes).read();
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
                slower.packets(),
                directions.stream().mapToDouble(Observation::minLoss).max().orElseThrow(),
                directions.stream().mapToDouble(Observation::maxLoss).max().orElseThrow(),
                slower.source());
    }

    /** The sequence numbers tell how much the server has sent since the first datagram came. */
    private Observation received() {
        Loss loss = report.loss();
        if (!loss.isKnown()) {
            return Observation.nothingArrived(wanted, due(report.transferNanos()), Limit.SERVER);
        }
        double dropped = loss.hostDroppedPackets() == IntervalReport.UNKNOWN
                // the loss of a machine without CPU time may be its own
                ? report.cpuLimited() ? loss.lostPackets() : 0
                : loss.hostDroppedPackets();
        long beforeFirst = Math.max(0, report.firstPayloadNanos() - report.handshakeNanos());
        return new Observation(
                offered(loss.packets(), report.transferNanos() - beforeFirst),
                loss.packets(),
                (loss.lostPackets() - dropped) / loss.packets(),
                (double) loss.lostPackets() / loss.packets(),
                Limit.SERVER);
    }

    private Observation sent() throws BtestException {
        double sent = report.txBytes();
        if (report.arrivedBytes() == IntervalReport.UNKNOWN) {
            throw new BtestException(
                    ErrorKind.NO_DATA, "the server did not report what it received; use longer trials");
        }
        double loss = Math.max(0, 1 - report.arrivedBytes() / sent);
        double packets = sent / packetBytes;
        return new Observation(offered(packets, report.transferNanos()), packets, loss, loss, Limit.THIS_MACHINE);
    }

    private double due(long nanos) {
        return wanted * nanos / 8e9 / packetBytes;
    }

    private double offered(double packets, long nanos) {
        return Math.abs(packets - due(nanos)) <= ROUNDING_PACKETS ? wanted : packets * packetBytes * 8e9 / nanos;
    }
}
