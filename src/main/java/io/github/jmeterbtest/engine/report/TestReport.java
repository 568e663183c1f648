package io.github.jmeterbtest.engine.report;

import io.github.jmeterbtest.protocol.Command;
import io.github.jmeterbtest.protocol.Direction;
import io.github.jmeterbtest.protocol.Protocol;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/**
 * A whole test, as seen by one end. Every total is the sum over the intervals, so that rows and totals cannot disagree.
 *
 * @param command the test that the client requested
 * @param receives whether this end receives test data
 * @param transmits whether this end sends test data
 * @param authentication the login that was used
 * @param user the user that logged in; empty without a login
 * @param local this end of the control connection
 * @param peer the other end of the control connection
 * @param localUdpPort 0 for TCP; on a client that of the first stream, the others follow it
 * @param remoteUdpPort 0 for TCP; on a server likewise
 * @param connections TCP connections that carried the test, the control connection included; or streams of datagrams,
 *     on a server that receives, only those from which data arrived
 * @param started wall-clock time at which the transfer started
 * @param connectNanos how long the TCP connect took, ns; 0 on the server
 * @param handshakeNanos from the start of the connect (client) or the accept (server) to the start of the transfer, ns
 * @param firstPayloadNanos from the same start to the first payload byte received, or sent if this end only transmits,
 *     ns; {@link IntervalReport#UNKNOWN} if none arrived
 * @param longestGapNanos the longest time between two test datagrams received, ns; {@link IntervalReport#UNKNOWN} for
 *     TCP
 * @param batched whether this end used the system calls for several datagrams, to the end of the test
 * @param receiveBuffer room that the system granted to a socket for datagrams that have come and have not been read,
 *     bytes; {@link IntervalReport#UNKNOWN} where this end receives none
 * @param arrivedBytes total bytes that the peer reported as received; {@link IntervalReport#UNKNOWN} if it never did
 * @param arrivedBitsPerSecond the average of the same over the seconds that are not omitted and that it reported on;
 *     likewise
 * @param arrivedUnit what the peer's byte count covered before it was converted to IP bytes; null where this end sends
 *     no datagrams
 * @param interval the requested interval
 * @param latency what latency probes found
 * @param congestionControl of TCP on what this end sends; empty for UDP, or where the system does not tell
 * @param intervals the intervals in order
 */
public record TestReport(
        Command command,
        boolean receives,
        boolean transmits,
        Authentication authentication,
        String user,
        InetSocketAddress local,
        InetSocketAddress peer,
        int localUdpPort,
        int remoteUdpPort,
        int connections,
        Instant started,
        long connectNanos,
        long handshakeNanos,
        long firstPayloadNanos,
        long longestGapNanos,
        boolean batched,
        int receiveBuffer,
        long arrivedBytes,
        double arrivedBitsPerSecond,
        ByteUnit arrivedUnit,
        Duration interval,
        LatencyUnderLoad latency,
        String congestionControl,
        List<IntervalReport> intervals) {
    /** Copies the list of intervals. */
    public TestReport {
        intervals = List.copyOf(intervals);
    }

    /** @return the transport protocol */
    public Protocol protocol() {
        return command.protocol();
    }

    /** @return the direction of the data, seen from the client */
    public Direction direction() {
        return command.direction();
    }

    /** @return whether the client requested incompressible data instead of zeros */
    public boolean randomData() {
        return command.randomData();
    }

    /** @return how many TCP connections, or streams of datagrams, the client requested, at least 1 */
    public int requestedConnections() {
        return command.connections();
    }

    /** @return how long the transfer ran, ns */
    public long transferNanos() {
        return sum(IntervalReport::lengthNanos);
    }

    /** @return bytes received */
    public long rxBytes() {
        return sum(IntervalReport::rxBytes);
    }

    /** @return bytes handed to the network */
    public long txBytes() {
        return sum(IntervalReport::txBytes);
    }

    /** @return test datagrams that did not arrive, the omitted time included as in every total */
    public long lostPackets() {
        return sum(IntervalReport::lostPackets);
    }

    /** @return bit/s received, over the intervals that are not omitted */
    public double averageRxBitsPerSecond() {
        return average(counted(), IntervalReport::rxBytes);
    }

    /** @return bit/s handed to the network, over the intervals that are not omitted */
    public double averageTxBitsPerSecond() {
        return average(counted(), IntervalReport::txBytes);
    }

    /**
     * @return bit/s that arrived at the peer, over the seconds that are not omitted and that it reported on; empty if
     *     it never did. At most what was sent, which a peer that reports only on the better seconds would exceed
     */
    public OptionalDouble averageArrivedBitsPerSecond() {
        return arrivedBitsPerSecond == IntervalReport.UNKNOWN
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.min(arrivedBitsPerSecond, mostThatCanArrive()));
    }

    /** TCP may have taken in the omitted time what arrives after it. */
    private double mostThatCanArrive() {
        if (command.protocol() == Protocol.UDP || intervals.isEmpty()) {
            return averageTxBitsPerSecond();
        }
        List<IntervalReport> counted = counted();
        int last = counted.get(counted.size() - 1).index();
        List<IntervalReport> sent =
                intervals.stream().filter(interval -> interval.index() <= last).toList();
        return IntervalReport.bitsPerSecond(
                sum(sent, IntervalReport::txBytes), sum(counted, IntervalReport::lengthNanos));
    }

    /**
     * @return bit/s that arrived at the peer where it reported; what was handed to the network where it need not
     *     report; not a number where it has not reported on anything that it should have
     */
    public double averageDeliveredBitsPerSecond() {
        double otherwise =
                counted().stream().anyMatch(IntervalReport::reportOverdue) ? Double.NaN : averageTxBitsPerSecond();
        return averageArrivedBitsPerSecond().orElse(otherwise);
    }

    /** @return what was lost on the way to this end, over the intervals that are not omitted as every average */
    public Loss loss() {
        if (protocol() != Protocol.UDP || !receives) {
            return Loss.UNKNOWN;
        }
        List<IntervalReport> counted = counted();
        long lost = sum(counted, IntervalReport::lostPackets);
        // a duplicate is not a datagram of its own
        long received = sum(counted, IntervalReport::rxPackets) - sum(counted, IntervalReport::duplicatePackets);
        return new Loss(received + lost, lost, IntervalReport.sumOfKnown(counted, IntervalReport::hostDroppedPackets));
    }

    /** @return whether this machine's CPU was the limit in at least half of the intervals that count */
    public boolean cpuLimited() {
        List<IntervalReport> counted = counted();
        long limited = counted.stream().filter(IntervalReport::cpuLimited).count();
        return limited > 0 && limited * 2 >= counted.size();
    }

    /**
     * @return the peer's highest CPU load over the intervals that are not omitted, percent;
     *     {@link IntervalReport#UNKNOWN} if it did not report it
     */
    public int highestRemoteCpu() {
        // unknown is less than any load
        return counted().stream().mapToInt(IntervalReport::remoteCpu).max().orElse(IntervalReport.UNKNOWN);
    }

    /** @return what the system's TCP knew of the way to the peer, over the intervals that are not omitted */
    public TcpPath tcp() {
        return TcpPath.of(counted().stream().map(IntervalReport::tcp).toList());
    }

    /** @return segments sent again, the omitted time included as in every total, otherwise as {@link #tcp()} */
    public long tcpRetransmits() {
        return TcpPath.retransmits(intervals.stream().map(IntervalReport::tcp).toList());
    }

    /** @return inter-arrival jitter over the intervals that are not omitted, see {@link IntervalReport#jitterNanos} */
    public long jitterNanos() {
        return IntervalReport.jitterNanos(counted());
    }

    /** @return the sum of one number over all intervals */
    public long sum(ToLongFunction<IntervalReport> number) {
        return sum(intervals, number);
    }

    private static long sum(List<IntervalReport> over, ToLongFunction<IntervalReport> number) {
        return over.stream().mapToLong(number).sum();
    }

    /**
     * @return the minimum of one rate over the intervals that count for it; 0 if there are none, not a number if it is
     *     unknown in all of them
     */
    public double minimum(ToDoubleFunction<IntervalReport> rate) {
        return rates(rate).min().orElse(ofNone());
    }

    /** @return the maximum of one rate, otherwise as {@link #minimum} */
    public double maximum(ToDoubleFunction<IntervalReport> rate) {
        return rates(rate).max().orElse(ofNone());
    }

    /** @return the standard deviation of one rate, 0 if only one interval knows it, otherwise as {@link #minimum} */
    public double standardDeviation(ToDoubleFunction<IntervalReport> rate) {
        double[] rates = rates(rate).toArray();
        if (rates.length == 0) {
            return ofNone();
        }
        double mean = Arrays.stream(rates).average().orElse(0);
        double squares = Arrays.stream(rates).map(r -> (r - mean) * (r - mean)).sum();
        return rates.length < 2 ? 0 : Math.sqrt(squares / (rates.length - 1));
    }

    private double ofNone() {
        return intervals.isEmpty() ? 0 : Double.NaN;
    }

    /** Without what is not known, see {@link IntervalReport#arrivedBitsPerSecond}. */
    private DoubleStream rates(ToDoubleFunction<IntervalReport> rate) {
        return fullIntervals().stream().mapToDouble(rate).filter(known -> !Double.isNaN(known));
    }

    private static double average(List<IntervalReport> over, ToLongFunction<IntervalReport> bytes) {
        return IntervalReport.bitsPerSecond(sum(over, bytes), sum(over, IntervalReport::lengthNanos));
    }

    /** Without the omitted ones; a test that ended before them has no others. */
    private List<IntervalReport> counted() {
        List<IntervalReport> counted =
                intervals.stream().filter(i -> !i.omitted()).toList();
        return counted.isEmpty() ? intervals : counted;
    }

    /** The last interval can be so short that its rate says nothing; it counts only where there is no other. */
    private List<IntervalReport> fullIntervals() {
        List<IntervalReport> counted = counted();
        int last = counted.size() - 1;
        boolean lastTooShort = last > 0 && counted.get(last).lengthNanos() < interval.toNanos() / 2;
        return lastTooShort ? counted.subList(0, last) : counted;
    }
}
