package io.github.jmeterbtest.engine.report;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * What happened in one interval, as seen by this end. Bytes are TCP payload, or for UDP whole IP packets (headers
 * included).
 *
 * @param index 0 for the first interval
 * @param startNanos begin of the interval, ns after the begin of the transfer
 * @param lengthNanos how long the interval really was, ns
 * @param rxBytes bytes received
 * @param txBytes bytes handed to the network
 * @param rxPackets test datagrams received (0 for TCP)
 * @param txPackets test datagrams sent (0 for TCP)
 * @param lostPackets datagrams that never came, known from gaps in the sequence numbers
 * @param reorderedPackets datagrams that came after one with a higher sequence number
 * @param duplicatePackets datagrams that came more than once
 * @param hostDroppedPackets those of {@code lostPackets} that this host itself dropped since its receive buffer was
 *     full; {@link #UNKNOWN} if the system does not tell
 * @param remoteRxBytes bytes that the peer said it received in the same seconds, or as many of them as befit the
 *     interval where that is longer or shorter than they are; {@link #UNKNOWN} if it did not say so in time, or if the
 *     interval asked for is no whole number of seconds
 * @param arrivalOwed whether the peer should have said so by now: what it did not report must not pass as delivered
 * @param remoteCpu the peer's CPU load, percent; {@link #UNKNOWN} if it has not said
 * @param localCpu CPU load of this machine, percent; {@link #UNKNOWN} if the system does not tell
 * @param cpuLimited whether this machine, or one of the threads that move the data, had no CPU time left
 * @param omitted whether the interval belongs to the time that is kept out of averages, minimum and maximum
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
        boolean arrivalOwed,
        int remoteCpu,
        int localCpu,
        boolean cpuLimited,
        boolean omitted) {
    /** Stands for a number that is not known. */
    public static final int UNKNOWN = -1;

    /** @return the same interval, but for what could not be known when it ended */
    public IntervalReport settled(long lost, long arrived, boolean owed) {
        long hostDropped = Math.min(hostDroppedPackets, lost);
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
                owed,
                remoteCpu,
                localCpu,
                cpuLimited,
                omitted);
    }

    /** @return bit/s received */
    public double rxBitsPerSecond() {
        return bitsPerSecond(rxBytes, lengthNanos);
    }

    /** @return bit/s handed to the network */
    public double txBitsPerSecond() {
        return bitsPerSecond(txBytes, lengthNanos);
    }

    /** @return bit/s that arrived at the peer; not a number if it did not say so */
    public double arrivedBitsPerSecond() {
        return remoteRxBytes == UNKNOWN ? Double.NaN : bitsPerSecond(remoteRxBytes, lengthNanos);
    }

    /**
     * @return bit/s that arrived at the peer where it said so; what was handed to the network where the peer need not
     *     say; not a number where it owes its word
     */
    public double deliveredBitsPerSecond() {
        if (remoteRxBytes != UNKNOWN) {
            return bitsPerSecond(remoteRxBytes, lengthNanos);
        }
        return arrivalOwed ? Double.NaN : bitsPerSecond(txBytes, lengthNanos);
    }

    /** @return the sum of what is known, {@link #UNKNOWN} where nothing is */
    public static long sumOfKnown(List<IntervalReport> intervals, ToLongFunction<IntervalReport> number) {
        long[] known =
                intervals.stream().mapToLong(number).filter(n -> n != UNKNOWN).toArray();
        return known.length == 0 ? UNKNOWN : LongStream.of(known).sum();
    }

    public static double bitsPerSecond(long bytes, long nanos) {
        return nanos <= 0 ? 0 : bytes * 8e9 / nanos;
    }
}
