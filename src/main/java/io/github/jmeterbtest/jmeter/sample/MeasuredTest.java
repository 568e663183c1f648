package io.github.jmeterbtest.jmeter.sample;

import io.github.jmeterbtest.engine.report.BtestException;
import io.github.jmeterbtest.engine.report.ErrorKind;
import io.github.jmeterbtest.engine.report.IntervalReport;
import io.github.jmeterbtest.engine.report.Loss;
import io.github.jmeterbtest.protocol.Protocol;
import java.util.OptionalLong;

/**
 * What can be checked of a test. Received is what this end received; sent is what arrived at the peer where the peer
 * said so. Asking for a number that the test could not measure throws a {@link BtestException} that says why.
 */
public final class MeasuredTest {
    private final ReportedTest report;

    /** @param report the test */
    public MeasuredTest(ReportedTest report) {
        this.report = report;
    }

    /**
     * A share of a whole.
     *
     * @param percent 0 to 100, not a number if it is not known
     * @param detail what to say behind it, with a space before, or empty
     */
    public record Share(double percent, String detail) {}

    /** {@return bit/s over the intervals that count} */
    public double averageRx() throws BtestException {
        return rx(report.average());
    }

    /** {@return bit/s over the intervals that count; not a number if the peer did not report it} */
    public double averageTx() throws BtestException {
        return tx(report.average());
    }

    /** {@return bit/s of the slowest interval that counts} */
    public double minimumRx() throws BtestException {
        return rx(report.minimum());
    }

    /** {@return bit/s of the slowest interval that counts and is known; not a number if none is} */
    public double minimumTx() throws BtestException {
        return tx(report.minimum());
    }

    private double rx(ReportedTest.Rates rates) throws BtestException {
        require(
                report.receives(),
                "a receive rate cannot be checked because this end only sent;"
                        + " check the transmit rate, or change the direction");
        return rates.rxBitsPerSecond();
    }

    private double tx(ReportedTest.Rates rates) throws BtestException {
        require(
                report.transmits(),
                "a transmit rate cannot be checked because this end only received;"
                        + " check the receive rate, or change the direction");
        return rates.txBitsPerSecond();
    }

    /** {@return the datagrams that the link lost on the way to this end, over the intervals that count} */
    public Share loss() throws BtestException {
        require(
                report.protocol() == Protocol.UDP,
                "loss cannot be checked with TCP, which retransmits lost data; test with UDP");
        require(
                report.receives(),
                "loss cannot be checked because this end only sent and the receiver does not report it;"
                        + " check the transmit rate, which is the rate delivered");
        Loss loss = report.loss();
        // a link that has died must not pass as one that loses nothing; what this host drops is no fault of the link
        return new Share(loss.linkPercent(), loss.isKnown() ? detail(loss) : ", because no datagram was received");
    }

    private static String detail(Loss loss) {
        String hostDropped = loss.hostDroppedPackets() <= 0
                ? ""
                : ", not counting " + loss.hostDroppedPackets()
                        + " dropped by this host, whose receive buffer was full";
        return " (" + loss.linkLostPackets() + " of " + loss.packets() + " datagrams" + hostDropped + ")";
    }

    /** {@return the highest CPU load that the peer reported, over the intervals that count} */
    public Share highestRemoteCpu() throws BtestException {
        require(
                report.highestRemoteCpu() != IntervalReport.UNKNOWN,
                "remote CPU cannot be checked because the peer did not report it;"
                        + " over TCP only a peer that receives does, once a second");
        return new Share(report.highestRemoteCpu(), "");
    }

    /** {@return the median latency during the test, ms; not a number if too few probes were answered} */
    public double loadedLatency() throws BtestException {
        requireProbes();
        return report.latency().loaded().medianMillis();
    }

    /** {@return how much longer it is than before the test, ms; not a number if one of the two is not known} */
    public double latencyIncrease() throws BtestException {
        requireProbes();
        OptionalLong increase = report.latency().increaseNanos();
        return increase.isPresent() ? increase.getAsLong() / 1e6 : Double.NaN;
    }

    private void requireProbes() throws BtestException {
        require(
                report.latency().isMeasured(),
                "latency cannot be checked because the test had no latency probes; set Latency probes in the MikroTik"
                        + " Bandwidth Test");
    }

    private static void require(boolean known, String otherwise) throws BtestException {
        if (!known) {
            throw new BtestException(ErrorKind.INVALID_OPTION, otherwise);
        }
    }
}
