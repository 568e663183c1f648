package io.github.jmeterbtest.engine.report;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * What happened in one interval, as seen by this end. Bytes are TCP payload, or for UDP whole IP packets (headers
 * included).
 *
 * @param index 0 for the first interval
 * @param startNanos start of the interval, ns after the start of the transfer
 * @param lengthNanos actual length of the interval, ns
 * @param rxBytes bytes received
 * @param txBytes bytes handed to the network
 * @param rxPackets test datagrams received (0 for TCP)
 * @param txPackets test datagrams sent (0 for TCP)
 * @param lostPackets datagrams that did not arrive, known from gaps in the sequence numbers
 * @param reorderedPackets datagrams that arrived after one with a higher sequence number
 * @param duplicatePackets datagrams that arrived more than once
 * @param hostDroppedPackets those of {@code lostPackets} that this host dropped because its receive buffer was full;
 *     {@link #UNKNOWN} if the system does not report it
 * @param remoteRxBytes bytes that the peer reported as received in the same seconds, scaled to the interval where it is
 *     longer or shorter; {@link #UNKNOWN} if the report did not come in time, or if the requested interval is not a
 *     whole number of seconds
 * @param reportOverdue whether the peer's report is overdue: bytes without it must not count as delivered
 * @param remoteCpu the peer's CPU load, percent; {@link #UNKNOWN} if it has not reported it
 * @param localCpu CPU load of this machine, percent; {@link #UNKNOWN} if the system does not report it
 * @param cpuLimited whether this machine, or one of the threads that move the data, had no CPU time left
 * @param omitted whether the interval belongs to the omitted time, which is left out of averages, minimum and maximum,
 *     or to the end of a test that waited until all had arrived
 * @param latency what the probes found that ended in the interval
 * @param jitterNanos inter-arrival jitter of the datagrams received (RFC 3550) at the end of the interval, averaged
 *     over the streams, ns; {@link #UNKNOWN} where none came, the peer's rate is not capped, or datagrams are received
 *     in batches
 * @param tcp what the system's TCP knows of the way to the peer
 */
public record IntervalReport(
        int index,
        long startNanos,
        long lengthNanos,
        long rxBytes,
        long txBytes,
        long rxPackets,
        long txPackets,
        long lostPackets,
        long reorderedPackets,
        long duplicatePackets,
        long hostDroppedPackets,
        long remoteRxBytes,
        boolean reportOverdue,
        int remoteCpu,
        int localCpu,
        boolean cpuLimited,
        boolean omitted,
        Latency latency,
        TcpPath tcp,
        long jitterNanos) {
    /** Stands for a number that is not known. */
    public static final int UNKNOWN = -1;

    /** @return the same interval, with what latency probes found in it */
    public IntervalReport with(Latency found) {
        return changed(lostPackets, hostDroppedPackets, remoteRxBytes, reportOverdue, omitted, found);
    }

    /** @return the same interval, with what was not yet known when it ended */
    public IntervalReport settled(long lost, long arrived, boolean overdue) {
        return changed(lost, Math.min(hostDroppedPackets, lost), arrived, overdue, omitted, latency);
    }

    /** @return the same interval, left out of averages, minimum and maximum */
    public IntervalReport asOmitted() {
        return changed(lostPackets, hostDroppedPackets, remoteRxBytes, reportOverdue, true, latency);
    }

    private IntervalReport changed(
            long lost, long hostDropped, long arrived, boolean overdue, boolean leftOut, Latency found) {
        return new IntervalReport(
                index,
                startNanos,
                lengthNanos,
                rxBytes,
                txBytes,
                rxPackets,
                txPackets,
                lost,
                reorderedPackets,
                duplicatePackets,
                hostDropped,
                arrived,
                overdue,
                remoteCpu,
                localCpu,
                cpuLimited,
                leftOut,
                found,
                tcp,
                jitterNanos);
    }

    /** @return bit/s received */
    public double rxBitsPerSecond() {
        return bitsPerSecond(rxBytes, lengthNanos);
    }

    /** @return bit/s handed to the network */
    public double txBitsPerSecond() {
        return bitsPerSecond(txBytes, lengthNanos);
    }

    /** @return bit/s that arrived at the peer; not a number if it did not report it */
    public double arrivedBitsPerSecond() {
        return remoteRxBytes == UNKNOWN ? Double.NaN : bitsPerSecond(remoteRxBytes, lengthNanos);
    }

    /**
     * @return bit/s that arrived at the peer where it reported them; bit/s handed to the network where it need not
     *     report; not a number where its report is overdue
     */
    public double deliveredBitsPerSecond() {
        if (remoteRxBytes != UNKNOWN) {
            return bitsPerSecond(remoteRxBytes, lengthNanos);
        }
        return reportOverdue ? Double.NaN : bitsPerSecond(txBytes, lengthNanos);
    }

    /** @return the sum of what is known, {@link #UNKNOWN} where nothing is */
    public static long sumOfKnown(List<IntervalReport> intervals, ToLongFunction<IntervalReport> number) {
        long[] known =
                intervals.stream().mapToLong(number).filter(n -> n != UNKNOWN).toArray();
        return known.length == 0 ? UNKNOWN : LongStream.of(known).sum();
    }

    /** @return their jitter, averaged over the datagrams of those that know it, ns; {@link #UNKNOWN} if none does */
    public static long jitterNanos(List<IntervalReport> intervals) {
        List<IntervalReport> known =
                intervals.stream().filter(i -> i.jitterNanos != UNKNOWN).toList();
        double packets = known.stream().mapToLong(IntervalReport::rxPackets).sum();
        double sum = known.stream()
                .mapToDouble(i -> (double) i.jitterNanos * i.rxPackets)
                .sum();
        return packets == 0 ? UNKNOWN : Math.round(sum / packets);
    }

    /** @return bit/s; 0 if no time passed */
    public static double bitsPerSecond(long bytes, long nanos) {
        return nanos <= 0 ? 0 : bytes * 8e9 / nanos;
    }
}
